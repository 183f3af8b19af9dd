//! Filters of lists as they stand in an address: those of the pages, but what is not understood is refused.

use utoipa::IntoParams;

use super::problem::{FieldError, Problem};
use super::view::{SourceName, StatusName};
use crate::domain::customer_query::{CustomerQuery, OrdersFilter, Quality, Sort};
use crate::domain::order_query::{OrderQuery, OrderSort};
use crate::domain::page::PageSize;
use crate::domain::period::Period;
use crate::domain::phone::Phone;
use crate::domain::query_string;
use crate::domain::segment::{Activity, LtvBand, Segment};
use crate::domain::source::Source;
use crate::domain::status::Status;
use crate::server::config::Shop;
use crate::server::phone;

/// The last page that can be asked for.
const LAST_PAGE: i64 = 1_000_000_000;

/// What of the orders is asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what `orders` reads")]
pub struct OrderParams {
    /// Those placed then: `all`, `today`, `week`, `month`, `year`, or two days such as `2026-02-01..2026-02-28`.
    period: Option<String>,
    /// Those whose number, customer's name or phone is like this.
    q: Option<String>,
    /// Those of the customer with this phone, in any spelling.
    #[param(min_length = 1)]
    customer: Option<String>,
    /// Those that stand there.
    #[param(inline)]
    status: Option<StatusName>,
    /// Those that came from there.
    #[param(inline)]
    source: Option<SourceName>,
    /// Those that this person sold.
    rep: Option<String>,
    /// `-placed` (newest first, unless another is chosen), `placed`, `-amount` or `amount`. With `placed`, orders that
    /// come in meanwhile do not move the pages.
    sort: Option<String>,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000_000)]
    page: Option<i64>,
    /// How many rows it has: 20, 25 (unless another is chosen) or 50.
    #[param(minimum = 20, maximum = 50)]
    size: Option<i64>,
}

/// What of the customers is asked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it describes what `customers` reads")]
pub struct CustomerParams {
    /// Those who ordered then: `all`, `today`, `week`, `month`, `year`, or two days such as `2026-02-01..2026-02-28`.
    period: Option<String>,
    /// Those whose name or phone is like this.
    q: Option<String>,
    /// `active` or `inactive`.
    activity: Option<String>,
    /// Those with so many orders: `first`, `repeat` or `vip`.
    orders: Option<String>,
    /// Those with so much lifetime value: `under_10k`, `10k_50k`, `50k_100k`, `from_100k`.
    ltv: Option<String>,
    /// Those whose preferred source is one of these.
    #[param(inline)]
    source: Option<Vec<SourceName>>,
    /// Those of this city.
    city: Option<String>,
    /// Those of one of these states.
    state: Option<Vec<String>>,
    /// Those with this tag.
    tag: Option<String>,
    /// Those in this segment: `vip`, `repeat`, `one_time` or `at_risk`.
    segment: Option<String>,
    /// Those whose data want care.
    quality: Option<String>,
    /// `name`, `orders`, `spent`, `last`, `first`; with a minus before it the other way round.
    sort: Option<String>,
    /// Which page, from 1.
    #[param(minimum = 1, maximum = 1_000_000_000)]
    page: Option<i64>,
    /// How many rows it has: 20, 25 (unless another is chosen) or 50.
    #[param(minimum = 20, maximum = 50)]
    size: Option<i64>,
}

/// Reads what is asked of the orders: the query as the pages write it, and its page.
pub fn orders(raw: &str, shop: &Shop) -> Result<(String, i64), Problem> {
    let customer = |value: &str| phone::parse(value, &shop.country).map(|read| read.phone);
    each(raw, &[], |key, value| match key {
        "period" => Some(Period::parse(value).is_some()),
        "q" | "rep" => Some(true),
        "customer" => Some(Phone::from_slug(value).is_some() || customer(value).is_some()),
        "status" => Some(Status::ALL.into_iter().any(|status| status.as_str() == value)),
        "source" => Some(value.parse::<Source>().is_ok()),
        "sort" => Some(OrderSort::parse(value).is_some()),
        "page" => Some(is_page(value)),
        "size" => Some(PageSize::parse(value).is_some()),
        _ => None,
    })?;
    let mut query = OrderQuery::parse(raw).sized(PageSize::default());
    let asked = query_string::pairs(raw).find(|(key, _)| key == "customer");
    if let (None, Some((_, spelled))) = (&query.customer, asked) {
        query.customer = customer(&spelled);
    }
    Ok((query.to_query_string(), query.page))
}

/// Reads what is asked of the customers: the query as the pages write it, and its page.
pub fn customers(raw: &str) -> Result<(String, i64), Problem> {
    each(raw, &["source", "state"], |key, value| match key {
        "period" => Some(Period::parse(value).is_some()),
        "q" | "city" | "state" | "tag" => Some(true),
        "activity" => Some(Activity::parse(value).is_some()),
        "orders" => Some(OrdersFilter::parse(value).is_some()),
        "ltv" => Some(LtvBand::parse(value).is_some()),
        "source" => Some(value.parse::<Source>().is_ok()),
        "segment" => Some(Segment::parse(value).is_some()),
        "quality" => Some(Quality::parse(value).is_some()),
        "sort" => Some(Sort::parse(value).is_some()),
        "page" => Some(is_page(value)),
        "size" => Some(PageSize::parse(value).is_some()),
        _ => None,
    })?;
    let query = CustomerQuery::parse(raw).sized(PageSize::default());
    Ok((query.to_query_string(), query.page))
}

/// Looks at each pair of a query string: `fits` says whether its value can be taken, or that its name is not known.
fn each(raw: &str, lists: &[&str], fits: impl Fn(&str, &str) -> Option<bool>) -> Result<(), Problem> {
    let mut seen: Vec<String> = Vec::new();
    let mut wrong = Vec::new();
    for (key, value) in query_string::pairs(raw) {
        let reason = match fits(&key, &value) {
            None => Some("There is no such filter."),
            Some(false) => Some("This value is not known."),
            Some(true) if seen.contains(&key) && !lists.contains(&key.as_str()) => Some("It is given twice."),
            Some(true) => None,
        };
        wrong.extend(reason.map(|reason| FieldError::new(key.as_str(), &value, reason)));
        seen.push(key);
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Problem::fields(wrong))
    }
}

fn is_page(value: &str) -> bool {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    digits && value.parse().is_ok_and(|page: i64| (1..=LAST_PAGE).contains(&page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(raw: &str) -> Vec<String> {
        let fields = |problem: Problem| problem.errors.into_iter().map(|error| error.field).collect();
        orders(raw, &Shop::default()).err().map(fields).unwrap_or_default()
    }

    #[test]
    fn what_the_pages_know_is_understood() {
        let shop = Shop::default();
        let read = |raw: &str| orders(raw, &shop).unwrap();
        assert_eq!(
            read(""),
            ("size=25".to_owned(), 1),
            "whatever the shop has set for its pages"
        );
        let query = "period=month&q=Ade&customer=2348031234567&status=new&source=website&sort=placed&page=3&size=50";
        assert_eq!(read(query), (query.to_owned(), 3));
        assert_eq!(
            read("customer=0803+123+4567&size=20").0,
            "customer=2348031234567&size=20"
        );
        let query = "activity=active&source=tiktok&source=website&state=Kano&segment=vip&sort=-spent";
        assert!(customers(query).is_ok_and(|(read, _)| read.contains("source=tiktok&source=website")));
    }

    #[test]
    fn what_is_not_understood_is_refused_by_name() {
        let raw = "status=paid&source=fb&sort=x&page=0&size=7&colour=red&customer=&period=ever";
        assert_eq!(
            refused(raw),
            [
                "status", "source", "sort", "page", "size", "colour", "customer", "period"
            ]
        );
        assert_eq!(refused("page=1&page=2"), ["page"]);
        assert_eq!(refused("page=99999999999999999999"), ["page"]);
        assert!(customers("activity=1").is_err() && customers("orders=0").is_err() && customers("x").is_err());
    }
}
