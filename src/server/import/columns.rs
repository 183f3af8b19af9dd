//! Which column of a file holds which part of an order.

use super::Options;
use super::error::OpenError;
use super::synonyms::{Field, SYNONYMS};
use crate::domain::text;

/// The columns that a report of refused rows puts in front of the file's own.
pub const REPORT: [&str; 5] = ["line", "order number", "field", "value", "reason"];

/// Where the parts of an order stand in a row.
#[derive(Clone, Debug)]
pub struct Columns([Vec<usize>; SYNONYMS.len()]);

impl Columns {
    /// Finds the columns by their names, and says which an order cannot do without are missing.
    pub fn find(headers: &[String], options: &Options) -> Result<Self, OpenError> {
        let columns = Self::look(headers, options);
        let fields = SYNONYMS.into_iter().map(|(field, _)| field);
        let missing = fields
            .filter(|field| field.is_required() && !columns.has(*field))
            .map(Field::as_str);
        let missing: Vec<&str> = missing.collect();
        if missing.is_empty() {
            Ok(columns)
        } else {
            Err(OpenError::MissingColumns {
                missing,
                headers: headers.to_vec(),
            })
        }
    }

    /// Looks for the columns: what people have said that a column holds counts before what its name says.
    pub fn look(headers: &[String], options: &Options) -> Self {
        let mut keys: Vec<String> = (1..)
            .zip(headers)
            .map(|(place, header)| key(place, header, &options.currency))
            .collect();
        let mut columns = Self(std::array::from_fn(|_| Vec::new()));
        for (place, key) in keys.iter_mut().enumerate() {
            if let Some(known) = options.known.get(key) {
                if let Some(field) = known {
                    columns.0[*field as usize].push(place);
                }
                key.clear();
            }
        }
        for (field, synonyms) in SYNONYMS {
            let places = synonyms.split(", ").flat_map(|synonym| places(&keys, synonym));
            columns.0[field as usize].extend(places);
        }
        columns.place_names(&keys);
        columns
    }

    /// Returns the column that is asked first for this.
    pub fn first(&self, field: Field) -> Option<usize> {
        self.0[field as usize].first().copied()
    }

    /// Settles what `Name` and `Id` are: Shopify calls the order number a name, everybody else the customer.
    fn place_names(&mut self, keys: &[String]) {
        let names_customers = self.has(Field::Name) || self.has(Field::FirstName);
        let names = places(keys, "name");
        if !self.has(Field::Number) && names_customers {
            self.0[Field::Number as usize].extend(names);
        } else {
            self.0[Field::Name as usize].extend(names);
        }
        self.0[Field::Number as usize].extend(places(keys, "id"));
    }

    /// Tells whether there is a column for this.
    pub fn has(&self, field: Field) -> bool {
        !self.0[field as usize].is_empty()
    }

    /// Returns what a row says about this, empty where it says nothing.
    ///
    /// Of several columns for who and where, the first that is not empty counts; of several for what makes the
    /// order's number, date, money or status, the most telling, since another one means something else.
    pub fn cell<'a>(&self, cells: &'a [String], field: Field) -> &'a str {
        let places = &self.0[field as usize];
        let who = matches!(
            field,
            Field::Name | Field::FirstName | Field::LastName | Field::Phone | Field::WhatsApp
        );
        let several = who || matches!(field, Field::City | Field::State | Field::Address);
        let counted = if several {
            places.as_slice()
        } else {
            places.get(..1).unwrap_or_default()
        };
        let mut said = counted.iter().filter_map(|place| cells.get(*place));
        said.find(|cell| !cell.trim().is_empty()).map_or("", String::as_str)
    }
}

/// Tells whether a header is that of a report of refused rows.
pub fn is_report(headers: &[String]) -> bool {
    headers.len() > REPORT.len() && headers.iter().zip(REPORT).all(|(header, own)| header == own)
}

fn places(keys: &[String], synonym: &str) -> impl Iterator<Item = usize> {
    let wanted: String = synonym.split(' ').collect();
    keys.iter()
        .enumerate()
        .filter(move |(_, key)| **key == wanted)
        .map(|(place, _)| place)
}

/// Returns what of a column's header is compared: its letters and digits, folded, without the shop's currency; of one
/// that has none, which column it is.
pub fn key(place: usize, header: &str, currency: &str) -> String {
    let folded = text::fold(&header.replace('#', " # "));
    if folded == "#" {
        return folded;
    }
    let own = text::fold(currency);
    let is_own = |word: &&str| **word == *own || (own == "ngn" && matches!(*word, "naira" | "n"));
    let words = folded.split(|letter: char| !letter.is_alphanumeric() && letter != '#');
    let key: String = words
        .filter(|word| !is_own(word))
        .map(|word| if word == "#" { "no" } else { word })
        .collect();
    if key.is_empty() { format!("column {place}") } else { key }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::server::config::Shop;

    const REQUIRED: [Field; 4] = [Field::Number, Field::Date, Field::Phone, Field::Amount];

    fn options(currency: &str) -> Options {
        Options {
            currency: currency.to_owned(),
            ..Options::of(&Shop::default(), chrono::DateTime::UNIX_EPOCH)
        }
    }

    fn find(headers: &str) -> Result<Columns, OpenError> {
        let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
        Columns::find(&headers, &options("NGN"))
    }

    /// Reads a row whose cells are their own places.
    fn place(headers: &str, field: Field) -> String {
        let cells: Vec<String> = (0..headers.split(',').count()).map(|place| place.to_string()).collect();
        find(headers).unwrap().cell(&cells, field).to_owned()
    }

    #[test]
    fn every_field_has_its_own_place() {
        for (place, (field, _)) in SYNONYMS.into_iter().enumerate() {
            assert_eq!(field as usize, place);
        }
    }

    #[test]
    fn case_and_punctuation_do_not_count() {
        for headers in [
            "Order No,Date,Phone,Amount",
            "ORDER NO.,order_date,phone-number,Amount (₦)",
            "OrderNumber,Created at,Customer Phone,Order Total",
            "#,Placed,Mobile,Total (NGN)",
            "Order #, Date ,Tel.,Total Amount",
            "order id,date,GSM,Order Amount (Naira)",
            "number,Order Date,Phone Number,amount",
            "ID,Date,Phone,Amount",
        ] {
            for (expected, field) in REQUIRED.into_iter().enumerate() {
                assert_eq!(place(headers, field), expected.to_string(), "{field:?} in {headers}");
            }
        }
    }

    #[test]
    fn missing_columns_are_all_named() {
        let missing = |headers| match find(headers) {
            Err(OpenError::MissingColumns { missing, .. }) => missing,
            other => panic!("{other:?}"),
        };
        assert_eq!(missing("Date,Items"), ["order number", "phone", "amount"]);
        assert_eq!(missing("Order No,Date,Phone,Amount (USD)"), ["amount"]);
        assert_eq!(missing("Name,Date,Phone,Amount"), ["order number"]);
        assert_eq!(missing(""), ["order number", "date", "phone", "amount"]);
    }

    #[test]
    fn shopify_calls_the_number_a_name() {
        let headers = "Name,Email,Created at,Subtotal,Total,Billing Name,Billing Phone,Id,Phone";
        assert_eq!(place(headers, Field::Number), "0");
        assert_eq!(place(headers, Field::Name), "5");
        assert_eq!(place(headers, Field::Amount), "4");
        assert_eq!(place(headers, Field::Phone), "8");
        assert_eq!(place("ID,Name,Date,Phone,Amount", Field::Number), "0");
        assert_eq!(place("ID,Name,Date,Phone,Amount", Field::Name), "1");
    }

    #[test]
    fn an_empty_phone_is_looked_for_in_the_next_column() {
        let columns = find("Order No,Date,Total,Phone,Shipping Phone,Billing Phone").unwrap();
        let cells = ["1", "d", "", " ", "shipping", "billing"].map(str::to_owned);
        assert_eq!(columns.cell(&cells, Field::Phone), "billing");
        assert_eq!(columns.cell(&cells, Field::Amount), "");
        assert_eq!(columns.cell(&cells[..2], Field::Phone), "");
    }

    #[test]
    fn a_total_that_is_empty_is_not_taken_from_the_price() {
        let columns = find("Order No,Date,Phone,Total,Price").unwrap();
        let cells = ["1", "d", "p", "", "500"].map(str::to_owned);
        assert_eq!(columns.cell(&cells, Field::Amount), "");
    }

    proptest! {
        #[test]
        fn no_header_panics(headers in proptest::collection::vec(".{0,12}", 0..8), currency in ".{0,4}") {
            let _ = Columns::find(&headers, &options(&currency));
        }
    }
}
