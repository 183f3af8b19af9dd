//! What a user may do.

use serde::{Deserialize, Serialize};

/// A user's role; each includes what the ones before it may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Views, messages, notes, tags, the queue and order status.
    Staff,
    /// Also edits, merges, orders, import, export, settings and the audit log.
    Admin,
    /// Also people, keys and erasure.
    Owner,
}

impl Role {
    /// Every role, from the least to the most.
    pub const ALL: [Self; 3] = [Self::Staff, Self::Admin, Self::Owner];

    /// Returns the name stored and typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Staff => "staff",
            Self::Admin => "admin",
            Self::Owner => "owner",
        }
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Staff => "Staff",
            Self::Admin => "Admin",
            Self::Owner => "Owner",
        }
    }

    /// Reads a stored or typed name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// Tells whether this role includes what `needed` may do.
    pub fn includes(self, needed: Self) -> bool {
        self >= needed
    }
}

/// Who is signed in, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The shop's name.
    pub shop: String,
    /// The code of the currency of its amounts.
    pub currency: String,
    /// The user's e-mail address.
    pub email: String,
    /// What the user may do.
    pub role: Role,
    /// What a device calls the place where it keeps something for this user in this session.
    pub device: String,
    /// What the shop looked like at this moment, to tell whether it has changed since; empty where that is not known.
    pub seen: String,
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn each_role_includes_the_ones_before_it() {
        assert!(Role::Owner.includes(Role::Admin) && Role::Admin.includes(Role::Staff));
        assert!(!Role::Staff.includes(Role::Admin) && !Role::Admin.includes(Role::Owner));
    }

    #[test]
    fn names_are_read_back() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("root"), None);
    }
}
