//! What connects the shop to other programs.

use serde::{Deserialize, Serialize};

use super::listing::Day;

/// The most characters of a key's name.
pub const MAX_NAME: usize = 60;

/// What a key of the API may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Adds and changes orders.
    OrdersWrite,
    /// Reads orders.
    OrdersRead,
    /// Reads customers.
    CustomersRead,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 3] = [Self::OrdersWrite, Self::OrdersRead, Self::CustomersRead];

    /// Returns the name stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OrdersWrite => "orders:write",
            Self::OrdersRead => "orders:read",
            Self::CustomersRead => "customers:read",
        }
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::OrdersWrite => "Add and change orders",
            Self::OrdersRead => "Read orders",
            Self::CustomersRead => "Read customers",
        }
    }

    /// Reads a stored or sent name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// A key of the API, as far as it is known after it was shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiKey {
    /// The database's number.
    pub id: i64,
    /// What the shop calls it.
    pub name: String,
    /// Its first letters.
    pub prefix: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Who made it.
    pub maker: String,
    /// When it was made.
    pub made: Day,
    /// When it was used last; none where it never was.
    pub used: Option<Day>,
}

/// A system that shops are run with, which sends orders by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ShopSystem {
    /// WooCommerce.
    WooCommerce,
    /// Shopify.
    Shopify,
}

impl ShopSystem {
    /// Every system.
    pub const ALL: [Self; 2] = [Self::WooCommerce, Self::Shopify];

    /// Returns the name stored, which is also part of the address.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WooCommerce => "woocommerce",
            Self::Shopify => "shopify",
        }
    }

    /// Returns what people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::WooCommerce => "WooCommerce",
            Self::Shopify => "Shopify",
        }
    }

    /// Reads a stored name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.as_str() == name)
    }
}

/// A shop that sends its orders.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shop {
    /// The database's number.
    pub id: i64,
    /// What it is run with.
    pub system: ShopSystem,
    /// Where it sends its orders: to be pasted there.
    pub address: String,
    /// What it is to sign them with; empty where it has a secret of its own.
    pub secret: String,
    /// Whether what it sends is left aside.
    pub paused: bool,
}

/// Something that a shop has sent; no customer is named in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    /// When.
    pub at: Day,
    /// What it was about, and from where: `WooCommerce order.created`.
    pub topic: String,
    /// The order's number; empty where it is not known.
    pub number: String,
    /// What came of it.
    pub result: String,
    /// Why it was not taken in; empty where it was.
    pub reason: String,
}

/// What the connections page shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Connections {
    /// The keys that are in force, the newest first.
    pub keys: Vec<ApiKey>,
    /// A key that has just been made: the only time that it is shown.
    pub fresh: Option<String>,
    /// Where the shop is reached: `https://shop.ng`.
    pub address: String,
    /// The shops that send their orders.
    pub shops: Vec<Shop>,
    /// What they sent last, the newest first.
    pub deliveries: Vec<Delivered>,
}

#[cfg(test)]
mod tests {
    use super::Scope;

    #[test]
    fn names_are_read_back() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
        }
        assert_eq!(Scope::parse("orders"), None);
    }
}
