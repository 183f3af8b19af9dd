//! The pages of the settings.

use crate::domain::role::Role;

/// The shop's settings.
pub const SETTINGS: &str = "/dashboard/admin/settings";
/// The page of message templates.
pub const MESSAGES: &str = "/dashboard/admin/settings/messages";
/// The page of a user's own account.
pub const ACCOUNT: &str = "/dashboard/admin/settings/account";
/// The page of those who may sign in.
pub const PEOPLE: &str = "/dashboard/admin/settings/people";
/// The page of data that looks wrong.
pub const QUALITY: &str = "/dashboard/admin/settings/quality";
/// The page of keys and other connections.
pub const CONNECTIONS: &str = "/dashboard/admin/settings/connections";
/// The audit log.
pub const AUDIT: &str = "/dashboard/admin/settings/audit";

/// Every page of the settings: its address, its name, other words for it, and who may see it.
pub const SETTINGS_PAGES: [(&str, &str, &str, Role); 7] = [
    (SETTINGS, "Shop", "name zone currency thresholds", Role::Staff),
    (MESSAGES, "Messages", "templates whatsapp", Role::Staff),
    (ACCOUNT, "Account", "password second step", Role::Staff),
    (PEOPLE, "People", "staff invite roles", Role::Owner),
    (
        QUALITY,
        "Data quality",
        "duplicates invalid numbers places",
        Role::Admin,
    ),
    (
        CONNECTIONS,
        "Connections",
        "api keys webhooks woocommerce shopify",
        Role::Owner,
    ),
    (AUDIT, "Audit log", "history who did what", Role::Admin),
];
