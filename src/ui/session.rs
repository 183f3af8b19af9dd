//! Who is signed in, as every part of a page knows it without waiting.

use leptos::prelude::*;
use leptos::server::SharedValue;
use leptos::server::codee::{Decoder, Encoder};
use leptos::task::spawn_local;

use crate::auth::api::signed_in;
use crate::domain::role::{Role, Who};
use crate::error::AppError;
use crate::paths;

/// Who is signed in, once that is known.
#[derive(Clone, Copy)]
pub struct Session(RwSignal<Option<Who>>);

impl Session {
    /// Begins with whom the page was sent to; a page that the browser has made itself asks.
    pub fn begin() -> Self {
        let sent = SharedValue::<Option<Who>, Wire>::new_with_encoding(use_context::<Who>).into_inner();
        let session = Self(RwSignal::new(sent));
        Effect::new(move |_| {
            if session.0.with_untracked(Option::is_none) {
                session.ask();
            }
        });
        session
    }

    /// Asks the server again; whoever is not signed in any more is led to the sign-in page: nothing of the page stays.
    pub fn ask(self) {
        spawn_local(async move {
            match signed_in().await {
                Ok(who) => drop(self.0.try_set(Some(who))),
                Err(AppError::SignedOut) => {
                    // A browser that does not go leaves the reader with a page that answers nothing any more.
                    let _ = window().location().set_href(paths::LOGIN);
                }
                // The page says itself what is wrong, and offers another try.
                Err(_) => {}
            }
        });
    }

    /// Returns who is signed in.
    pub fn get(self) -> Option<Who> {
        self.0.get()
    }

    /// Returns who is signed in, to somebody who does not want to know of others.
    pub fn get_untracked(self) -> Option<Who> {
        self.0.get_untracked()
    }

    /// Returns what the one who is signed in may do, the least where nobody is known.
    pub fn role(self) -> Role {
        self.0.with(|who| who.as_ref().map_or(Role::Staff, |who| who.role))
    }
}

/// How it goes with a page: as answers do.
struct Wire;

impl Encoder<Option<Who>> for Wire {
    type Error = postcard::Error;
    type Encoded = Vec<u8>;

    fn encode(who: &Option<Who>) -> Result<Vec<u8>, Self::Error> {
        postcard::to_allocvec(who)
    }
}

impl Decoder<Option<Who>> for Wire {
    type Error = postcard::Error;
    type Encoded = [u8];

    fn decode(bytes: &[u8]) -> Result<Option<Who>, Self::Error> {
        postcard::from_bytes(bytes)
    }
}
