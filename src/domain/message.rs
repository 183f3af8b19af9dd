//! Messages to customers, made from a template.

use super::customer::Customer;

/// What the `WhatsApp` button says unless the shop has written its own.
pub const DEFAULT_TEMPLATE: &str = "Hello {first_name}, this is {shop}. ";

/// Fills a template in: `{first_name}`, `{name}`, `{total_spent}` and `{shop}`; of what is not known nothing remains.
///
/// What is filled in is text, whatever it holds: a customer who is called `{shop}` stays that.
pub fn fill(template: &str, customer: &Customer, shop: &str) -> String {
    let first_name = customer.name.split_whitespace().next().unwrap_or_default();
    let spent = customer.spent().to_string();
    let known = [
        ("{first_name}", first_name),
        ("{name}", customer.name.as_str()),
        ("{total_spent}", spent.as_str()),
        ("{shop}", shop),
    ];
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (field, value) = known
            .into_iter()
            .find(|(field, _)| rest.starts_with(field))
            .unwrap_or(("{", "{"));
        rest = &rest[field.len()..];
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
    use crate::domain::money::Money;
    use crate::domain::phone::Phone;
    use crate::domain::source::Source;

    fn filled(template: &str, name: &str) -> String {
        let customer = Customer {
            id: 1,
            phone: Phone::e164("+2348031234567").unwrap(),
            name: name.to_owned(),
            whatsapp: None,
            earned_orders: 1,
            open_orders: 0,
            lost_orders: 0,
            earned: Money(1_250_000),
            open: Money(0),
            lost: Money(0),
            first_order: chrono::DateTime::UNIX_EPOCH,
            last_order: chrono::DateTime::UNIX_EPOCH,
            source: Source::Facebook,
            city: String::new(),
            state: String::new(),
            tags: Vec::new(),
        };
        fill(template, &customer, "Adé & Sons")
    }

    #[test]
    fn a_template_is_filled_in() {
        assert_eq!(filled(DEFAULT_TEMPLATE, "Ọlá Bello"), "Hello Ọlá, this is Adé & Sons. ");
        assert_eq!(filled("{name}: {total_spent} {", "Ọlá Bello"), "Ọlá Bello: ₦12,500 {");
        assert_eq!(filled(DEFAULT_TEMPLATE, ""), "Hello, this is Adé & Sons. ");
    }

    #[test]
    fn a_name_is_text_whatever_it_holds() {
        assert_eq!(filled("{name} {unknown}", "{shop} ,x"), "{shop} ,x {unknown}");
    }
}
