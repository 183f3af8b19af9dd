//! Where an order came from.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The channel that an order came by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// Facebook.
    Facebook,
    /// `TikTok`.
    Tiktok,
    /// `WhatsApp`.
    Whatsapp,
    /// The shop's own website.
    Website,
    /// Another one, or none that is known.
    Other,
}

/// A stored name that is none of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this source is not known")]
pub struct UnknownSource;

impl Source {
    /// Every source.
    pub const ALL: [Self; 5] = [Self::Facebook, Self::Tiktok, Self::Whatsapp, Self::Website, Self::Other];

    /// Returns the name stored and written to files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Facebook => "facebook",
            Self::Tiktok => "tiktok",
            Self::Whatsapp => "whatsapp",
            Self::Website => "website",
            Self::Other => "other",
        }
    }

    /// Returns the name that people read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Facebook => "Facebook",
            Self::Tiktok => "TikTok",
            Self::Whatsapp => "WhatsApp",
            Self::Website => "Website",
            Self::Other => "Other",
        }
    }

    /// Reads a source in any spelling; what it cannot place is [`Source::Other`].
    pub fn parse(raw: &str) -> Self {
        let letters: String = super::text::fold(raw)
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        match letters.as_str() {
            "facebook" | "fb" | "facebookads" | "fbads" | "facebookcom" | "messenger" => Self::Facebook,
            "tiktok" | "tt" | "tiktokads" | "tiktokshop" | "tiktokcom" => Self::Tiktok,
            "whatsapp" | "wa" | "whatsappbusiness" | "whatsap" | "watsapp" => Self::Whatsapp,
            "website" | "web" | "site" | "online" | "onlinestore" | "webshop" => Self::Website,
            _ => Self::Other,
        }
    }
}

impl FromStr for Source {
    type Err = UnknownSource;

    /// Reads a stored name, exactly.
    fn from_str(stored: &str) -> Result<Self, UnknownSource> {
        Self::ALL
            .into_iter()
            .find(|source| source.as_str() == stored)
            .ok_or(UnknownSource)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_source_is_read_in_any_spelling() {
        for (source, names) in [
            (Source::Facebook, "Facebook|FB|face book|facebook ads"),
            (Source::Tiktok, "TikTok|TIK TOK|tik-tok|tiktok shop"),
            (Source::Whatsapp, "WhatsApp|whatsapp|WA|Whats App|whatsapp business"),
            (Source::Website, "Website|web|site|Online Store|web-site"),
            (Source::Other, "Instagram|Jumia|walk-in||referral|not facebook"),
        ] {
            for name in names.split('|') {
                assert_eq!(Source::parse(name), source, "{name}");
            }
        }
    }

    #[test]
    fn stored_names_are_read_exactly() {
        for source in Source::ALL {
            assert_eq!(source.as_str().parse(), Ok(source));
            assert_eq!(Source::parse(source.label()), source);
            let wire = serde_json::to_string(&source).unwrap();
            assert_eq!(wire, format!("\"{}\"", source.as_str()));
            assert_eq!(serde_json::from_str::<Source>(&wire).unwrap(), source);
        }
        for wrong in ["Facebook", "fb", "", " tiktok"] {
            assert_eq!(wrong.parse::<Source>(), Err(UnknownSource), "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(raw in ".*") {
            let _ = Source::parse(&raw);
        }
    }
}
