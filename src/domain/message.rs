//! Messages to customers, made from a template.

use super::customer::Customer;

/// What the `WhatsApp` button says unless the shop has written its own.
pub const DEFAULT_TEMPLATE: &str = "Hello {first_name}, this is {shop}. ";

/// Fills a template in: `{first_name}`, `{name}`, `{total_spent}` and `{shop}`; of what is not known nothing remains.
pub fn fill(template: &str, customer: &Customer, shop: &str) -> String {
    let first_name = customer.name.split_whitespace().next().unwrap_or_default();
    let filled = template
        .replace("{first_name}", first_name)
        .replace("{name}", &customer.name)
        .replace("{total_spent}", &customer.spent().to_string())
        .replace("{shop}", shop);
    // "Hello , this is" where a customer has no name.
    filled.replace(" ,", ",")
}
