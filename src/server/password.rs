//! Passwords: argon2id, never more than two at a time.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use super::error::ServerError;
use crate::error::AppError;

/// The fewest characters of a password; NIST SP 800-63B asks for 8 and no rules about kinds of characters.
pub const MIN_LENGTH: usize = 10;
/// The most characters of a password: hashing must not be handed megabytes.
pub const MAX_LENGTH: usize = 200;

/// Hashes and verifies passwords on the blocking pool, two at a time, so that a flood cannot take all memory.
#[derive(Clone, Debug)]
pub struct Passwords {
    argon2: Argon2<'static>,
    permits: Arc<Semaphore>,
    /// Verified in place of a hash for an unknown user, so that the answer takes as long.
    dummy: Arc<str>,
}

impl Passwords {
    /// Builds the hasher with `memory_kib` KiB and `passes` passes (OWASP's minimum is 19,456 and 2).
    pub fn new(memory_kib: u32, passes: u32) -> Result<Self, ServerError> {
        let params = Params::new(memory_kib, passes, 1, None).map_err(failed)?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy = argon2
            .hash_password(b"no user has this password")
            .map_err(failed)?
            .to_string();
        Ok(Self {
            argon2,
            permits: Arc::new(Semaphore::new(2)),
            dummy: dummy.into(),
        })
    }

    /// Returns the PHC string of a password.
    pub async fn hash(&self, password: String) -> Result<String, ServerError> {
        self.blocking(move |argon2| {
            argon2
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(failed)
        })
        .await
    }

    /// Tells whether a password fits a PHC string; with none it takes the same time and says no.
    pub async fn verify(&self, password: String, hash: Option<String>) -> Result<bool, ServerError> {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.dummy.to_string());
        self.blocking(move |argon2| {
            let parsed = PasswordHash::new(&hash).map_err(failed)?;
            Ok(argon2.verify_password(password.as_bytes(), &parsed).is_ok() && known)
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> Result<T, ServerError> + Send + 'static,
    ) -> Result<T, ServerError> {
        let permit = self
            .permits
            .clone()
            .acquire_owned()
            .await
            .map_err(|_| AppError::Unavailable)?;
        let argon2 = self.argon2.clone();
        let task = tokio::task::spawn_blocking(move || {
            // The permit belongs to the work: a caller who goes away does not make room for another.
            let _permit = permit;
            work(&argon2)
        });
        task.await
            .map_err(|_| ServerError::Password("the hashing task ended early".to_owned()))?
    }
}

/// Checks what a new password must be.
pub fn check(password: &str) -> Result<(), AppError> {
    let length = password.chars().count();
    if length < MIN_LENGTH {
        return Err(AppError::invalid(
            "password",
            format!("The password has {length} characters; it needs at least {MIN_LENGTH}."),
        ));
    }
    if length > MAX_LENGTH {
        return Err(AppError::invalid(
            "password",
            format!("The password has {length} characters; it may have {MAX_LENGTH} at most."),
        ));
    }
    Ok(())
}

fn failed(error: impl std::fmt::Display) -> ServerError {
    ServerError::Password(error.to_string())
}
