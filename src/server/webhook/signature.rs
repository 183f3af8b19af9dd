//! Whether a delivery comes from who knows the secret.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Tells whether a signature is that of a body: base64 of its HMAC-SHA256. How long it takes says nothing.
pub fn is_of(signature: &str, body: &[u8], secret: &str) -> bool {
    let (Ok(signature), Ok(mut mac)) = (
        STANDARD.decode(signature),
        Hmac::<Sha256>::new_from_slice(secret.as_bytes()),
    ) else {
        return false;
    };
    mac.update(body);
    mac.verify_slice(&signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_those_of_rfc_4231() {
        let signature = "W9zUb8IZhXkIzm3g7TxMTnVYMSMECsKPlyUl88g6mCg=";
        assert!(!is_of(signature, b"what do ya want for nothing?", "Jefe"));
        // 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
        let signature = "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=";
        assert!(is_of(signature, b"what do ya want for nothing?", "Jefe"));
        assert!(!is_of(signature, b"what do ya want for nothing.", "Jefe"));
        assert!(!is_of(signature, b"what do ya want for nothing?", "jefe"));
        for broken in ["", "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOE", "W9zB", "?"] {
            assert!(!is_of(broken, b"what do ya want for nothing?", "Jefe"), "{broken}");
        }
    }
}
