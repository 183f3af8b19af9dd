//! Transactions that outlive their caller, and failures that another try cures.

use std::future::Future;

/// Runs a write to its end even when the request that asked for it goes away half way.
///
/// A future dropped inside a transaction throws its connection away and leaves the caller in doubt.
///
/// # Panics
/// Panics with the panic of the write itself.
pub async fn detached<T: Send + 'static>(write: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(write).await {
        Ok(value) => value,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

/// Tells whether another run of the transaction would do: after a deadlock or a serialisation failure, where it has waited
/// for somebody else's locks longer than a request's statement may take, or where somebody else has just added the order
/// that was to be added.
pub fn is_transient(error: &sqlx::Error) -> bool {
    let Some(database) = error.as_database_error() else {
        return false;
    };
    matches!(database.code().as_deref(), Some("40001" | "40P01" | "57014"))
        || database.constraint() == Some("orders_number_key")
}
