//! Amounts in JSON: texts, or numbers that never pass through floating point.

use serde::{Deserialize, Deserializer, de::Error as _};
use serde_json::value::RawValue;
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};

/// The largest power of ten that a number of JSON may carry; an amount has fewer digits.
const MOST: i64 = 40;

/// An amount as it stands in a body: the text, or the number in plain digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Amount(pub String);

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let text = raw.get();
        match text.as_bytes().first() {
            Some(b'"') => serde_json::from_str(text).map(Self).map_err(D::Error::custom),
            Some(b'-' | b'0'..=b'9') => Ok(Self(plain(text))),
            _ => Err(D::Error::custom("an amount is a text or a number")),
        }
    }
}

/// Describes an amount.
pub fn schema() -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::String, Type::Number]))
        .description(Some(
            "What the order comes to, in naira: a text such as \"12500.50\", or a number. Never negative, no more than \
             two decimals, at most 100000000000. A number is taken digit by digit and never rounded.",
        ))
        .min_length(Some(1))
        .minimum(Some(0))
        .examples([serde_json::json!("12500.50")])
}

/// Writes a number of JSON without an exponent and without zeros that say nothing: `1.25e4` is `12500`.
///
/// JSON knows no separator of thousands, so that `12.500` is twelve and a half here, whatever a person would mean by it.
fn plain(number: &str) -> String {
    let (mantissa, power) = number.split_once(['e', 'E']).unwrap_or((number, "0"));
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.bytes().all(|digit| digit == b'0') {
        return "0".to_owned();
    }
    // A power that does not fit is out of every range, in its direction.
    let outside = if power.starts_with('-') { -MOST } else { MOST };
    let power = power.parse::<i64>().unwrap_or(outside).clamp(-MOST, MOST);
    let point = i64::try_from(whole.len()).unwrap_or(MOST) + power;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point <= digits.len() => (digits[..point].to_owned(), digits[point..].to_owned()),
        Ok(point) => (format!("{digits:0<point$}"), String::new()),
        Err(_) => {
            let zeros = usize::try_from(-point).unwrap_or_default();
            (String::new(), format!("{}{digits}", "0".repeat(zeros)))
        }
    };
    let (whole, fraction) = (whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    let whole = if whole.is_empty() { "0" } else { whole };
    match fraction {
        "" => format!("{sign}{whole}"),
        // Three decimals would read as thousands, which JSON does not mean: a fourth tells that they are none.
        _ if fraction.len() == 3 => format!("{sign}{whole}.{fraction}0"),
        _ => format!("{sign}{whole}.{fraction}"),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::money::{Money, MoneyError};

    fn read(json: &str) -> Result<Money, MoneyError> {
        Money::parse(&serde_json::from_str::<Amount>(json).unwrap().0)
    }

    #[test]
    fn numbers_are_taken_digit_by_digit() {
        for (json, kobo) in [
            ("12500", 1_250_000),
            ("12500.5", 1_250_050),
            ("12.500", 1_250),
            ("0.07", 7),
            ("0", 0),
            ("-0.0", 0),
            ("1.25e4", 1_250_000),
            ("125E2", 1_250_000),
            ("1250000e-2", 1_250_000),
            ("7e-2", 7),
            ("0e999999999999999999999", 0),
            ("90071992547.41", 9_007_199_254_741),
            ("8.2", 820),
            ("\"12500.50\"", 1_250_050),
            ("\"₦12,500\"", 1_250_000),
        ] {
            assert_eq!(read(json), Ok(Money(kobo)), "{json}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused_and_never_rounded() {
        for (json, error) in [
            ("-1", MoneyError::Negative),
            ("12.505", MoneyError::NotANumber),
            ("0.001", MoneyError::NotANumber),
            ("1e-999999999999999999999", MoneyError::NotANumber),
            ("100000000000.01", MoneyError::TooLarge),
            ("1e400", MoneyError::TooLarge),
            ("1e99999999999999999999", MoneyError::TooLarge),
            ("\"12.500\"", MoneyError::NotANumber),
        ] {
            assert_eq!(read(json), Err(error), "{json}");
        }
        let long = format!("1{}", "0".repeat(5_000));
        assert_eq!(read(&long), Err(MoneyError::TooLarge));
        for json in ["true", "null", "[1]", "{}", "\"\\ud800\""] {
            assert!(serde_json::from_str::<Amount>(json).is_err(), "{json}");
        }
    }

    proptest! {
        #[test]
        fn every_kobo_survives(kobo in 0..=Money::MAX.0) {
            let text = Money(kobo).to_plain();
            prop_assert_eq!(read(&text), Ok(Money(kobo)));
            prop_assert_eq!(read(&format!("\"{text}\"")), Ok(Money(kobo)));
            prop_assert_eq!(read(&format!("{kobo}e-2")), Ok(Money(kobo)));
        }
    }
}
