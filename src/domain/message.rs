//! Messages to customers, made from templates.

use serde::{Deserialize, Serialize};

use super::customer::Customer;

/// What the `WhatsApp` button says unless the shop has written its own.
pub const DEFAULT_TEMPLATE: &str = "Hello {first_name}, this is {shop}. ";
/// The most characters of a template's name.
pub const MAX_NAME: usize = 60;
/// The most characters of a template; what a link can carry is not much more.
pub const MAX_BODY: usize = 1_000;

/// The places of a template that are filled in, with what stands in them.
pub const PLACES: [(&str, &str); 6] = [
    ("{first_name}", "the first word of the name"),
    ("{name}", "the name"),
    ("{last_order_date}", "the day of the last order"),
    ("{last_product}", "the first item of the last order"),
    ("{total_spent}", "the lifetime value"),
    ("{shop}", "the shop’s name"),
];

/// A message that the shop has written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// The database's number.
    pub id: i64,
    /// What staff call it.
    pub name: String,
    /// The text with its places.
    pub body: String,
    /// Whether the `WhatsApp` button of the list takes it.
    pub is_default: bool,
}

/// A template as a form sends it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TemplateForm {
    /// The number of the template that is changed; empty for a new one.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its text.
    pub body: String,
}

/// A form that was not saved: what was typed, and what is to be looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TemplateNotSaved {
    /// What was typed.
    pub typed: TemplateForm,
    /// The field that is to be looked at.
    pub field: String,
    /// What is wrong with it.
    pub remark: String,
}

/// The shop's templates, with somebody to try them on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Templates {
    /// The templates, in the order of their names.
    pub templates: Vec<Template>,
    /// What would be filled in for the customer who ordered last.
    pub sample: Known,
    /// Whether the reader may change them.
    pub may_edit: bool,
}

/// A message that is ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The template's number; 0 for what is written where the shop has none.
    pub id: i64,
    /// The template's name.
    pub name: String,
    /// The text.
    pub text: String,
    /// Opens a chat with it; none without a valid number.
    pub link: Option<String>,
}

/// What is known of a customer that a message may say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The name; empty where no order gave one.
    pub name: String,
    /// The day of the last order.
    pub last_order_date: String,
    /// The first item of the last order; empty where it has none.
    pub last_product: String,
    /// The lifetime value.
    pub total_spent: String,
    /// The shop's name.
    pub shop: String,
}

impl Known {
    /// Gathers what is known; `items` are those of the last order.
    pub fn of(customer: &Customer, last_order_date: String, items: &str, shop: &str) -> Self {
        Self {
            name: customer.name.clone(),
            last_order_date,
            last_product: first_item(items).to_owned(),
            total_spent: customer.spent().to_string(),
            shop: shop.to_owned(),
        }
    }

    fn get(&self, place: &str) -> &str {
        match place {
            "{first_name}" => self.name.split_whitespace().next().unwrap_or_default(),
            "{name}" => &self.name,
            "{last_order_date}" => &self.last_order_date,
            "{last_product}" => &self.last_product,
            "{total_spent}" => &self.total_spent,
            _ => &self.shop,
        }
    }
}

/// Tells whether a template says what was ordered last.
pub fn names_product(template: &str) -> bool {
    template.contains("{last_product}")
}

/// The first of the items that an order names, without how many of it: `Ankara (blue)` of `Ankara (blue) x2; Scarf`.
fn first_item(items: &str) -> &str {
    let first = items.split([';', '\n']).next().unwrap_or_default().trim();
    match first.rsplit_once(" x") {
        Some((item, count)) if !count.is_empty() && count.bytes().all(|byte| byte.is_ascii_digit()) => item,
        _ => first,
    }
}

/// Fills the [`PLACES`] of a template in; of what is not known nothing remains.
///
/// What is filled in is text, whatever it holds: a customer who is called `{shop}` stays that.
pub fn fill(template: &str, known: &Known) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let place = PLACES
            .into_iter()
            .map(|(place, _)| place)
            .find(|place| rest.starts_with(place));
        let (place, value) = place.map_or(("{", "{"), |place| (place, known.get(place)));
        rest = &rest[place.len()..];
        if value.is_empty() {
            // "Hello, this is" where a customer has no name.
            out.truncate(out.trim_end_matches(' ').len());
        }
        out.push_str(value);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(template: &str, name: &str) -> String {
        let known = Known {
            name: name.to_owned(),
            last_order_date: "3 Jan 2026".to_owned(),
            last_product: "Ankara".to_owned(),
            total_spent: "₦12,500".to_owned(),
            shop: "Adé & Sons".to_owned(),
        };
        fill(template, &known)
    }

    #[test]
    fn a_template_is_filled_in() {
        assert_eq!(filled(DEFAULT_TEMPLATE, "Ọlá Bello"), "Hello Ọlá, this is Adé & Sons. ");
        assert_eq!(filled("{name}: {total_spent} {", "Ọlá Bello"), "Ọlá Bello: ₦12,500 {");
        assert_eq!(filled(DEFAULT_TEMPLATE, ""), "Hello, this is Adé & Sons. ");
        assert_eq!(
            filled("Your {last_product} of {last_order_date} 🎉", ""),
            "Your Ankara of 3 Jan 2026 🎉"
        );
    }

    #[test]
    fn every_place_is_filled_in() {
        for (place, _) in PLACES {
            assert!(
                !filled(place, "Ọlá Bello").is_empty() && filled(place, "Ọlá Bello") != place,
                "{place}"
            );
        }
        assert!(names_product("x {last_product}") && !names_product("{name}"));
    }

    #[test]
    fn a_name_is_text_whatever_it_holds() {
        assert_eq!(filled("{name} {unknown}", "{shop} ,x"), "{shop} ,x {unknown}");
    }

    #[test]
    fn the_product_is_the_first_item() {
        for (items, product) in [
            ("", ""),
            ("Ankara (blue) x2; Scarf", "Ankara (blue)"),
            ("Xbox x", "Xbox x"),
            ("Shea butter\nSoap x3", "Shea butter"),
            ("Size x10", "Size"),
        ] {
            assert_eq!(first_item(items), product, "{items}");
        }
    }
}
