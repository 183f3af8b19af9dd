//! Who may read the audit log, and how a refused request stands in it.

use axum::http::Method;

use super::Actor;
use crate::domain::audit::{AuditPage, AuditQuery};
use crate::paths;
use crate::server::audit_log;
use crate::server::error::ServerError;

impl Actor {
    /// Returns the page of the audit log that a query asks for.
    pub async fn audit_page(&self, query: &str) -> Result<AuditPage, ServerError> {
        audit_log::page(&self.state, &AuditQuery::parse(query)).await
    }
}

/// Names what was asked for without whom it was about: pages of customers have their phone in their address.
pub(super) fn asked(method: &Method, path: &str) -> String {
    let below = |page: &str| path.starts_with(&format!("{page}/"));
    match [paths::CUSTOMERS, "/import"].into_iter().find(|page| below(page)) {
        Some(page) => format!("{method} {page}/…"),
        None => format!("{method} {}", path.chars().take(100).collect::<String>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_request_names_nobody() {
        let asked = |path| asked(&Method::GET, path);
        assert_eq!(
            asked("/dashboard/admin/customers/2348031234567"),
            "GET /dashboard/admin/customers/…"
        );
        assert_eq!(asked("/api/update_customer_info"), "GET /api/update_customer_info");
        assert_eq!(asked("/dashboard/admin/customers"), "GET /dashboard/admin/customers");
    }
}
