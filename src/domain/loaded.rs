//! A whole result in the browser: sorted, filtered, searched and paged there, by the code that does it on the server.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::customer::Customer;
use super::customer_query::CustomerQuery;
use super::facets::Facets;
use super::finder::{self, CustomerFacts, Finder, Span, Today};
use super::listing::{CustomerList, CustomerRow};
use super::page::Page;
use super::period::Window;
use super::phone::Phone;
use super::text;

/// The most customers that a browser is given.
pub const MOST: i64 = 2_000;

/// All customers of a query, with all that a browser needs to answer narrower ones.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Loaded {
    /// The query, as it stands in the address.
    pub query: String,
    /// The moment that all of it is true of.
    pub today: Today,
    /// The span of the query's period.
    pub window: Option<Window>,
    /// The customers, in no particular order, [`packed`]: a browser reads some at a time.
    #[serde(with = "serde_bytes")]
    pub customers: Vec<u8>,
    /// A page of the same answer without its rows: the shop's totals, the time and the zone.
    pub frame: CustomerList,
}

/// A customer with what searches and orders of the list need besides what is shown.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LoadedCustomer {
    /// What is shown.
    pub row: CustomerRow,
    /// The folded name that sorts.
    pub name_key: String,
    /// Every spelling of the name.
    pub names: Vec<String>,
    /// Every number.
    pub numbers: Vec<Phone>,
    /// What the customer did in the period.
    pub span: Option<Span>,
}

/// Returns customers as [`Loaded`] holds them, one after the other; fails where one cannot be written.
pub fn packed(customers: impl IntoIterator<Item = LoadedCustomer>) -> postcard::Result<Vec<u8>> {
    customers
        .into_iter()
        .try_fold(Vec::new(), |packed, customer| postcard::to_extend(&customer, packed))
}

/// A finder over what was loaded.
pub struct LoadedList {
    query: CustomerQuery,
    today: Today,
    window: Option<Window>,
    finder: Finder,
    customers: HashMap<i64, LoadedCustomer>,
    frame: CustomerList,
}

/// A finder that is being filled with what was loaded, some customers at a time.
pub struct Filling {
    packed: Vec<u8>,
    /// Where those begin who are not in yet.
    next: usize,
    list: LoadedList,
}

impl Filling {
    /// Begins with nobody.
    pub fn new(loaded: Loaded) -> Self {
        Self {
            packed: loaded.customers,
            next: 0,
            list: LoadedList {
                query: CustomerQuery::parse(&loaded.query),
                today: loaded.today,
                window: loaded.window,
                finder: Finder::load(),
                customers: HashMap::new(),
                frame: loaded.frame,
            },
        }
    }

    /// Takes in so many more customers, and tells whether any are left; fails where they cannot be read.
    pub fn fill(&mut self, most: usize) -> postcard::Result<bool> {
        let mut left = self.packed.get(self.next..).unwrap_or_default();
        for _ in 0..most {
            if left.is_empty() {
                break;
            }
            let (customer, rest) = postcard::take_from_bytes(left)?;
            self.list.put(customer);
            left = rest;
        }
        self.next = self.packed.len() - left.len();
        Ok(!left.is_empty())
    }

    /// Returns the list of those who are in.
    pub fn end(self) -> LoadedList {
        self.list.filled()
    }
}

impl LoadedList {
    fn put(&mut self, customer: LoadedCustomer) {
        let (id, finder) = (customer.row.customer.id, &mut self.finder);
        finder.put(&facts(&customer));
        for name in &customer.names {
            finder.spell(id, &text::fold(name), &[]);
        }
        let numbers: Vec<&str> = customer.numbers.iter().map(Phone::as_str).collect();
        finder.spell(id, "", &numbers);
        self.customers.insert(id, customer);
    }

    fn filled(mut self) -> Self {
        self.finder.loaded();
        if let Some(window) = self.window {
            self.finder.begin_period(window);
            for (id, customer) in &self.customers {
                if let Some(span) = customer.span {
                    self.finder.put_span(window, *id, span);
                }
            }
        }
        self
    }

    /// Returns the page that a query asks for, where all its customers are among those that were loaded.
    pub fn list(&mut self, query: &CustomerQuery) -> Option<CustomerList> {
        if !query.narrows(&self.query) {
            return None;
        }
        let query = &query.clone().sized(self.frame.page.size);
        let found = self.finder.find(query, self.window, &self.today);
        let rows = found.rows.iter().filter_map(|row| self.customers.get(&row.id));
        Some(CustomerList {
            page: Page {
                rows: rows.map(|customer| row(customer, &query.search)).collect(),
                total: found.total,
                page: found.page,
                size: found.size,
            },
            ..self.frame.clone()
        })
    }

    /// Counts the choices of the menus. Where a filter was set already when the customers were loaded, what its other
    /// choices would leave is not known here.
    pub fn facets(&mut self, query: &CustomerQuery) -> Option<Facets> {
        let all = CustomerQuery {
            period: self.query.period,
            ..CustomerQuery::default()
        };
        (self.query == all && query.narrows(&self.query)).then(|| self.finder.facets(query, self.window, &self.today))
    }
}

fn facts(loaded: &LoadedCustomer) -> CustomerFacts {
    let customer = &loaded.row.customer;
    CustomerFacts {
        id: customer.id,
        phone: customer.phone.clone(),
        name_key: loaded.name_key.clone(),
        orders: customer.orders(),
        ltv: customer.spent(),
        first: customer.first_order.timestamp(),
        last: customer.last_order.timestamp(),
        source: customer.source,
        city: customer.city.clone(),
        state: customer.state.clone(),
        tags: customer.tags.clone(),
    }
}

/// The row of a customer in a search, with why it is there where it does not show that itself.
fn row(loaded: &LoadedCustomer, search: &str) -> CustomerRow {
    let (spelled, other_number) = why(search, &loaded.row, &loaded.names, &loaded.numbers);
    CustomerRow {
        spelled,
        other_number,
        ..loaded.row.clone()
    }
}

/// Returns an older spelling and another number by which a search found a customer, where the row shows neither.
pub fn why(search: &str, row: &CustomerRow, names: &[String], numbers: &[Phone]) -> (Option<String>, Option<String>) {
    if search.trim().is_empty() {
        return (None, None);
    }
    let name_shows = finder::shows(search, &row.customer.name);
    let spelled = (!name_shows).then(|| names.iter().find(|name| finder::shows(search, name)));
    let number_shows = shows_number(search, &row.customer);
    let other = (!number_shows).then(|| {
        numbers
            .iter()
            .find(|phone| finder::shows_number(search, &phone.display()))
    });
    (spelled.flatten().cloned(), other.flatten().map(Phone::display))
}

/// Tells whether a customer's row shows by itself why a search has found it.
pub fn shows_why(search: &str, customer: &Customer) -> bool {
    finder::shows(search, &customer.name) && shows_number(search, customer)
}

fn shows_number(search: &str, customer: &Customer) -> bool {
    let mut numbers = std::iter::once(&customer.phone).chain(&customer.whatsapp);
    numbers.any(|phone| finder::shows_number(search, &phone.display()))
}
