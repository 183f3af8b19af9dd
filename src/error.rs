//! What a browser may know of a failure.

use leptos::server_fn::codec::PostcardEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos::wasm_split::SplitLoaderError;
use serde::{Deserialize, Serialize};

use crate::domain::message::TemplateNotSaved;
use crate::domain::order_form::OrderNotSaved;
use crate::domain::profile::NotSaved;
use crate::domain::queue::TurnNotSaved;
use crate::domain::shop::ShopNotSaved;

/// A failure as it crosses the wire: each variant is a sentence for the user and nothing of the inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AppError {
    /// Nobody is signed in, or the session has ended.
    #[error("Please sign in to go on.")]
    SignedOut,
    /// The user's role does not include this.
    #[error("Your role does not include this. Ask the shop's owner.")]
    Forbidden,
    /// The shop wants a second step of signing in that the user does not have yet.
    #[error("Your shop wants a second step of signing in. Set it up under Settings, Account, to go on.")]
    SecondStepMissing,
    /// What was asked for does not exist.
    #[error("{0}")]
    NotFound(String),
    /// A field holds something that cannot be taken.
    #[error("{message}")]
    Invalid {
        /// The field's name in the form.
        field: String,
        /// What is wrong with it and what would be right.
        message: String,
    },
    /// A form was not saved; what was typed comes back with what is to be looked at.
    #[error("Nothing was saved. Look at what is marked.")]
    NotSaved(Box<NotSaved>),
    /// An order's form was not saved.
    #[error("{}", .0.remark)]
    OrderNotSaved(Box<OrderNotSaved>),
    /// A template's form was not saved.
    #[error("{}", .0.remark)]
    TemplateNotSaved(Box<TemplateNotSaved>),
    /// The form of the settings was not saved: it was refused, or only tried.
    #[error("Nothing was saved. Look at what is marked.")]
    ShopNotSaved(Box<ShopNotSaved>),
    /// A turn's form was not saved.
    #[error("{}", .0.remark)]
    TurnNotSaved(Box<TurnNotSaved>),
    /// Too many attempts; try again later.
    #[error("Too many attempts. Try again in {seconds} seconds.")]
    SlowDown {
        /// Seconds to wait.
        seconds: u64,
    },
    /// As many exports run as the server lets run at once.
    #[error("Other exports are still running. Try again when one of them is done.")]
    Busy,
    /// The server is overloaded or its database is away.
    #[error("The shop's data cannot be reached at the moment. Nothing is lost; try again in a moment.")]
    Unavailable,
    /// Something failed inside; the reference is in the server's log.
    #[error("Something failed on the server. Nothing is lost; try again. Reference: {reference}")]
    Internal {
        /// Finds the failure in the server's log.
        reference: String,
    },
    /// The server could not be reached, or answered something unreadable.
    #[error("The server could not be reached. Check the connection and try again.")]
    Unreachable,
}

impl From<SplitLoaderError> for AppError {
    /// A part of the page that could not be had (decision 23).
    fn from(_: SplitLoaderError) -> Self {
        Self::Unreachable
    }
}

impl AppError {
    /// Builds an [`AppError::Invalid`].
    pub fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::Invalid {
            field: field.to_owned(),
            message: message.into(),
        }
    }

    /// Returns the HTTP status that goes with this failure.
    pub fn status(&self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::Forbidden | Self::SecondStepMissing => 403,
            Self::NotFound(_) => 404,
            Self::Invalid { .. }
            | Self::NotSaved(_)
            | Self::OrderNotSaved(_)
            | Self::TemplateNotSaved(_)
            | Self::ShopNotSaved(_)
            | Self::TurnNotSaved(_) => 422,
            Self::SlowDown { .. } => 429,
            Self::Internal { .. } => 500,
            Self::Busy | Self::Unavailable | Self::Unreachable => 503,
        }
    }
}

impl FromServerFnError for AppError {
    type Encoder = PostcardEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                Self::invalid("form", "The form could not be read. Reload the page and try again.")
            }
            _ => Self::Unreachable,
        }
    }
}
