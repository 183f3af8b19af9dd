//! Who is signed in, as every part of a page knows it without waiting.

use leptos::prelude::*;
use leptos::server::SharedValue;
use leptos::server::codee::{Decoder, Encoder};

use crate::domain::role::{Role, Who};

/// Who is signed in, once that is known.
#[derive(Clone, Copy)]
pub struct Session(RwSignal<Option<Who>>);

impl Session {
    /// Begins with whom the page was sent to; where the browser has made the page itself, nobody is known yet.
    pub fn sent() -> Self {
        let sent = SharedValue::<Option<Who>, Wire>::new_with_encoding(use_context::<Who>);
        Self(RwSignal::new(sent.into_inner()))
    }

    /// Takes who is signed in, as far as the page is still there.
    pub fn take(self, who: Who) {
        self.0.try_set(Some(who));
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
