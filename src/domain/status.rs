//! Where an order stands, and what that means for the shop's money.

use serde::{Deserialize, Serialize};

/// The state of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It came in.
    New,
    /// The customer has confirmed it, or paid.
    Confirmed,
    /// It is on its way.
    Dispatched,
    /// The customer has it.
    Delivered,
    /// The customer wants it later.
    Postponed,
    /// It was called off.
    Cancelled,
    /// It came back.
    Returned,
}

/// What an order's status means for its money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Delivered: the money is the shop's.
    Earned,
    /// Neither delivered nor lost yet.
    Open,
    /// Cancelled or returned.
    Lost,
}

impl Status {
    /// Every status, in the order of an order's life.
    pub const ALL: [Self; 7] = [
        Self::New,
        Self::Confirmed,
        Self::Dispatched,
        Self::Delivered,
        Self::Postponed,
        Self::Cancelled,
        Self::Returned,
    ];

    /// Returns the name stored and written to files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Confirmed => "confirmed",
            Self::Dispatched => "dispatched",
            Self::Delivered => "delivered",
            Self::Postponed => "postponed",
            Self::Cancelled => "cancelled",
            Self::Returned => "returned",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::New => "New",
            Self::Confirmed => "Confirmed",
            Self::Dispatched => "Dispatched",
            Self::Delivered => "Delivered",
            Self::Postponed => "Postponed",
            Self::Cancelled => "Cancelled",
            Self::Returned => "Returned",
        }
    }

    /// Returns what the status means for the order's money.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Delivered => Outcome::Earned,
            Self::New | Self::Confirmed | Self::Dispatched | Self::Postponed => Outcome::Open,
            Self::Cancelled | Self::Returned => Outcome::Lost,
        }
    }

    /// Tells whether the order counts for total orders and total spent.
    pub fn counted(self) -> bool {
        self.outcome() != Outcome::Lost
    }

    /// Reads a status or what shop systems call it; case, spaces and hyphens do not matter.
    pub fn parse(raw: &str) -> Option<Self> {
        let letters: String = super::text::key(raw)
            .chars()
            .filter(|letter| !" -_".contains(*letter))
            .collect();
        // WooCommerce stores its statuses with a prefix of its own: `wc-on-hold`.
        let status = match letters.strip_prefix("wc").unwrap_or(&letters) {
            "new" | "pending" | "onhold" | "unfulfilled" => Self::New,
            "confirmed" | "processing" | "paid" => Self::Confirmed,
            "dispatched" | "shipped" | "fulfilled" => Self::Dispatched,
            "delivered" | "completed" | "complete" => Self::Delivered,
            "postponed" => Self::Postponed,
            "cancelled" | "canceled" | "failed" | "voided" => Self::Cancelled,
            "returned" | "refunded" => Self::Returned,
            _ => return None,
        };
        Some(status)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn delivered_is_earned_and_only_cancelled_and_returned_are_lost() {
        let of = |outcome| {
            Status::ALL
                .into_iter()
                .filter(|status| status.outcome() == outcome)
                .collect::<Vec<_>>()
        };
        assert_eq!(of(Outcome::Earned), [Status::Delivered]);
        assert_eq!(of(Outcome::Lost), [Status::Cancelled, Status::Returned]);
        assert_eq!(
            of(Outcome::Open),
            [Status::New, Status::Confirmed, Status::Dispatched, Status::Postponed]
        );
    }

    #[test]
    fn earned_and_open_orders_are_counted() {
        let lost: Vec<Status> = Status::ALL.into_iter().filter(|status| !status.counted()).collect();
        assert_eq!(lost, [Status::Cancelled, Status::Returned]);
    }

    #[test]
    fn what_shop_systems_call_a_status_is_understood() {
        for (status, names) in [
            (
                Status::New,
                "NEW|pending|on-hold|On Hold|on_hold|wc-on-hold|Unfulfilled",
            ),
            (Status::Confirmed, "Confirmed|processing|wc-processing|PAID"),
            (Status::Dispatched, "dispatched|Shipped|fulfilled"),
            (Status::Delivered, " delivered |completed|Complete|wc-completed"),
            (Status::Postponed, "postponed|Postponed\u{200b}"),
            (Status::Cancelled, "cancelled|Canceled|failed|voided"),
            (Status::Returned, "returned|refunded|wc-refunded"),
        ] {
            for name in names.split('|') {
                assert_eq!(Status::parse(name), Some(status), "{name}");
            }
        }
    }

    #[test]
    fn an_unknown_status_is_none() {
        for unknown in ["teleported", "", " ", "-", "wc-", "delivered?", "not delivered"] {
            assert_eq!(Status::parse(unknown), None, "{unknown:?}");
        }
    }

    #[test]
    fn names_are_the_ones_on_the_wire_and_are_read_back() {
        for status in Status::ALL {
            let wire = serde_json::to_string(&status).unwrap();
            assert_eq!(wire, format!("\"{}\"", status.as_str()));
            assert_eq!(serde_json::from_str::<Status>(&wire).unwrap(), status);
            assert_eq!(Status::parse(status.as_str()), Some(status));
            assert_eq!(Status::parse(status.label()), Some(status));
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(raw in ".*") {
            let _ = Status::parse(&raw);
        }
    }
}
