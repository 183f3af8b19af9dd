//! Random tokens, and what of them may be stored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// Returns 256 random bits as 43 URL-safe characters.
///
/// # Panics
/// Panics where the operating system gives no randomness; nothing safe could follow.
pub fn secret() -> String {
    URL_SAFE_NO_PAD.encode(random::<32>())
}

/// Returns a short random code that people can read out and type.
///
/// # Panics
/// Panics where the operating system gives no randomness.
pub fn code() -> String {
    // Crockford's base 32: no I, L, O or U, and 32 letters, so that every byte is used evenly.
    const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let letters: String = random::<12>()
        .iter()
        .map(|byte| LETTERS[usize::from(byte % 32)] as char)
        .collect();
    format!("{}-{}-{}", &letters[..4], &letters[4..8], &letters[8..])
}

/// Tells whether a typed code is the one given, whatever its case, dashes and look-alike letters.
pub fn code_matches(typed: &str, code: &str) -> bool {
    // Compared as digests: how long it takes says nothing about where the first difference is.
    code_hash(typed) == code_hash(code)
}

/// Returns the SHA-256 of a code, the same for every way to type it.
pub fn code_hash(typed: &str) -> String {
    let plain: String = typed
        .to_ascii_uppercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    hash(&plain)
}

/// Returns a random reference that joins what a user saw to a line of the log.
///
/// # Panics
/// Panics where the operating system gives no randomness.
pub fn reference() -> String {
    hex(&random::<4>())
}

/// Returns the SHA-256 of a token in hexadecimal: what the database keeps of it.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Writes bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
            // Writing to a String cannot fail.
            let _ = write!(out, "{byte:02x}");
            out
        })
}

/// Returns random bytes.
///
/// # Panics
/// Panics where the operating system gives no randomness.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}
