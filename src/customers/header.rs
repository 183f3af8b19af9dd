//! The head of the customers page.

use leptos::prelude::*;

/// Says what the page is, how much there is, and when that was true.
#[component]
pub fn Header(
    /// How many customers.
    total: i64,
    /// How many orders made them.
    orders: i64,
    /// When the server answered, in the shop's zone.
    as_of: String,
    /// The shop's zone.
    zone: String,
) -> impl IntoView {
    let context = format!("{} customers from {} orders", grouped(total), grouped(orders));
    view! {
        <header class="page-header">
            <h1 class="page-header__title" tabindex="-1">"Customers"</h1>
            <p class="page-header__context">
                {context} " · up to date " <time title=zone>{as_of}</time>
            </p>
        </header>
    }
    .into_any()
}

/// Groups thousands: `1,284`.
pub fn grouped(number: i64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn thousands_are_grouped() {
        assert_eq!(
            [0, 12, 999, 1_284, 1_000_000].map(grouped).join(" "),
            "0 12 999 1,284 1,000,000"
        );
    }
}
