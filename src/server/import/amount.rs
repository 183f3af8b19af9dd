//! Amounts in the shop's own currency.

use crate::domain::money::currency::Currency;
use crate::domain::money::{Money, MoneyError};
use crate::domain::text;

/// The code of the currency whose sign and names [`Money`] knows.
const NAIRA: &str = "NGN";

/// Tells whether a currency column says nothing, or names the shop's own.
pub fn is_own(named: &str, own: &str) -> bool {
    let named = text::clean(named).to_uppercase();
    named.is_empty()
        || named == own.to_uppercase()
        || named == sign_of(own).to_uppercase()
        || (own == NAIRA && matches!(named.as_str(), "₦" | "N" | "NAIRA"))
}

/// Reads an amount, or says what is wrong with it.
pub fn parse(raw: &str, own: &str) -> Result<Money, String> {
    let raw = text::clean(raw);
    let other = |found: &str| format!("The amount is in {found}, and the shop's currency is {own}.");
    if own != NAIRA && raw.contains('₦') {
        return Err(other(NAIRA));
    }
    Money::parse(without_code(&raw, own)).map_err(|error| match error {
        MoneyError::Empty => "The amount is empty.".to_owned(),
        MoneyError::NotANumber => "This is not an amount.".to_owned(),
        MoneyError::Negative => "An amount cannot be negative.".to_owned(),
        MoneyError::TooLarge => "The amount is too large.".to_owned(),
        MoneyError::OtherCurrency(found) => other(&found),
    })
}

/// Takes the currency's own code off the front or the end.
fn without_code<'a>(raw: &'a str, own: &str) -> &'a str {
    let is_code = |part: Option<&str>| part.is_some_and(|part| !own.is_empty() && part.eq_ignore_ascii_case(own));
    let end = raw.len().saturating_sub(own.len());
    if is_code(raw.get(..own.len())) {
        raw[own.len()..].trim_start()
    } else if is_code(raw.get(end..)) {
        raw[..end].trim_end()
    } else if own == NAIRA {
        raw
    } else {
        raw.strip_prefix(&sign_of(own)).unwrap_or(raw).trim_start()
    }
}

/// The sign that amounts in the currency are shown with; a code that is none has none.
fn sign_of(own: &str) -> String {
    let sign = Currency::of(own).map(|currency| currency.to_string());
    sign.unwrap_or_default().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_the_shops_currency_are_read() {
        for amount in ["₦12,500", "NGN 12,500.00", "12500 NGN", "N12,500", "ngn12500"] {
            assert_eq!(parse(amount, "NGN"), Ok(Money(1_250_000)), "{amount}");
        }
        for amount in ["GHS 45.50", "GH₵45.50", "GH₵ 45.50"] {
            assert_eq!(parse(amount, "GHS"), Ok(Money(4_550)), "{amount}");
        }
    }

    #[test]
    fn other_amounts_are_refused_with_their_reason() {
        for (amount, reason) in [
            ("", "The amount is empty."),
            (" ", "The amount is empty."),
            ("NGN", "The amount is empty."),
            ("abc", "This is not an amount."),
            ("-500", "An amount cannot be negative."),
            ("99999999999999999999", "The amount is too large."),
            ("USD 20", "The amount is in USD, and the shop's currency is NGN."),
        ] {
            assert_eq!(parse(amount, "NGN"), Err(reason.to_owned()), "{amount}");
        }
        assert!(parse("₦500", "GHS").is_err_and(|reason| reason.contains("NGN")));
    }

    #[test]
    fn the_currency_column_may_be_empty_or_name_the_shops() {
        for own in ["", " ", "ngn", "NGN", "₦", "Naira"] {
            assert!(is_own(own, "NGN"), "{own}");
        }
        assert!(!is_own("USD", "NGN") && !is_own("₦", "GHS") && is_own("GHS", "GHS") && is_own("GH₵", "GHS"));
    }
}
