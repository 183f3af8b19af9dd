//! Codes of the second step of signing in, by RFC 6238: six digits every thirty seconds.

use chrono::{DateTime, Utc};
use data_encoding::BASE32_NOPAD;
use fast_qr::qr::{QRBuilder, QRCodeError};
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha1::Sha1;

use crate::domain::people::Enrolment;

/// For how long a code holds, in seconds.
const STEP: i64 = 30;
/// How many steps a clock may be ahead or behind.
const SKEW: i64 = 1;
/// How many squares around a QR code stay free.
const QUIET: usize = 4;

/// Returns the step whose code this is, where it is one of now or of a clock that is a step away, and none that was used.
///
/// All are compared, and as numbers: how long it takes says nothing.
pub fn matching_step(secret: &str, typed: &str, used: i64, now: DateTime<Utc>) -> Option<i64> {
    let typed: String = typed.chars().filter(|letter| !letter.is_whitespace()).collect();
    if typed.len() != 6 || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let typed: u32 = typed.parse().ok()?;
    let key = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    let current = now.timestamp().div_euclid(STEP);
    let mut found = None;
    for step in current - SKEW..=current + SKEW {
        if step > used && code(&key, step)? == typed {
            found = Some(step);
        }
    }
    found
}

/// Returns the code that an app shows at a moment.
pub fn code_at(secret: &str, now: DateTime<Utc>) -> Option<String> {
    let key = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    code(&key, now.timestamp().div_euclid(STEP)).map(|code| format!("{code:06}"))
}

fn code(key: &[u8], step: i64) -> Option<u32> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest.last()? & 0x0f);
    let four: [u8; 4] = digest.get(at..at + 4)?.try_into().ok()?;
    Some((u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// Writes a key as apps take it.
pub fn secret(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes)
}

/// Returns what an app is given to make the codes of an account.
pub fn enrolment(secret: &str, shop: &str, email: &str) -> Result<Enrolment, QRCodeError> {
    let (shop, email) = (percent(shop), percent(email));
    let uri = format!("otpauth://totp/{shop}:{email}?secret={secret}&issuer={shop}");
    let code = QRBuilder::new(uri.as_bytes()).build()?;
    let mut squares = String::new();
    for row in 0..code.size {
        for column in (0..code.size).filter(|column| code[row][*column].value()) {
            use std::fmt::Write as _;
            // Writing to a String cannot fail.
            let _ = write!(squares, "M{} {}h1v1h-1z", column + QUIET, row + QUIET);
        }
    }
    let groups: Vec<String> = secret
        .as_bytes()
        .chunks(4)
        .map(|group| String::from_utf8_lossy(group).into_owned())
        .collect();
    Ok(Enrolment {
        key: groups.join(" "),
        uri,
        squares,
        size: code.size + 2 * QUIET,
    })
}

fn percent(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(byte as char);
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of RFC 6238, appendix B: `12345678901234567890`.
    const KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(code_at(KEY, at(seconds)).as_deref(), Some(code));
        }
    }

    #[test]
    fn a_clock_may_be_one_step_away_and_no_code_comes_twice() {
        let now = at(1_111_111_111);
        let step = 1_111_111_111 / 30;
        assert_eq!(matching_step(KEY, "050 471", 0, now), Some(step));
        for away in [-30, 30] {
            assert_eq!(
                matching_step(KEY, "050471", 0, now + chrono::Duration::seconds(away)),
                Some(step)
            );
        }
        for away in [-60, 60] {
            assert_eq!(
                matching_step(KEY, "050471", 0, now + chrono::Duration::seconds(away)),
                None
            );
        }
        assert_eq!(matching_step(KEY, "050471", step, now), None, "used");
        for typed in ["", "50471", "0050471", "+50471", "０５０４７１", "abcdef"] {
            assert_eq!(matching_step(KEY, typed, 0, now), None, "{typed}");
        }
    }

    #[test]
    fn an_app_is_given_the_key_in_three_ways() {
        let given = enrolment(KEY, "Ada’s shop", "ada+x@shop.ng").unwrap();
        assert_eq!(given.key.replace(' ', ""), KEY);
        assert_eq!(
            given.uri,
            format!("otpauth://totp/Ada%E2%80%99s%20shop:ada%2Bx%40shop.ng?secret={KEY}&issuer=Ada%E2%80%99s%20shop")
        );
        assert!(given.squares.starts_with("M4 4h1v1h-1z"), "a corner is dark");
        assert!(given.size >= 29 + 8);
    }
}
