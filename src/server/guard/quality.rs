//! What admins may do about data that looks wrong.

use super::Actor;
use crate::domain::quality::{Kind, QualityPage};
use crate::paths;
use crate::server::error::ServerError;
use crate::server::quality;
use crate::server::store;
use crate::server::store::audit::{Action, Subject};

impl Actor {
    /// Returns a page of what looks wrong.
    pub async fn quality(&self, kind: &str, page: i64, done: &str) -> Result<QualityPage, ServerError> {
        quality::page(&self.state, Kind::parse(kind), page, done).await
    }

    /// Gives the orders of a phone that is no number to the right one.
    pub async fn fix_number(&self, slug: &str, typed: &str) -> Result<(), ServerError> {
        let id = quality::number(&self.state, slug, typed, self.by()).await?;
        let about = self.about_fix(id).await?;
        self.fixed(Kind::Numbers, Action::Merged, about, id, "invalid number put right")
            .await
    }

    /// Makes two customers one, or remembers that they are two people.
    pub async fn fix_duplicate(&self, one: &str, other: &str, different: bool) -> Result<(), ServerError> {
        if different {
            let id = quality::different(&self.state, one, other, self.by()).await?;
            let about = self.about_fix(id).await?;
            return self
                .fixed(Kind::Duplicates, Action::QualityNoted, about, id, "two people")
                .await;
        }
        let id = quality::merge(&self.state, one, other, self.by()).await?;
        let about = self.about_fix(id).await?;
        self.fixed(Kind::Duplicates, Action::Merged, about, id, "likely duplicate merged")
            .await
    }

    /// Gives a spelling the state that it means, or remembers that it is right.
    pub async fn fix_place(&self, spelled: &str, state: &str, right: bool) -> Result<(), ServerError> {
        if right {
            let id = quality::right_place(&self.state, spelled, self.by()).await?;
            return self
                .fixed(
                    Kind::Places,
                    Action::QualityNoted,
                    Subject::None,
                    id,
                    "a place is right",
                )
                .await;
        }
        let (id, orders) = quality::place(&self.state, spelled, state, self.by()).await?;
        let detail = format!("{state}, {orders} orders");
        self.fixed(Kind::Places, Action::PlaceReplaced, Subject::None, id, &detail)
            .await
    }

    /// Remembers that an order costs nothing indeed.
    pub async fn right_amount(&self, number: &str) -> Result<(), ServerError> {
        let id = quality::right_amount(&self.state, number, self.by()).await?;
        let about = Subject::Order(number.to_owned());
        self.fixed(Kind::Amounts, Action::QualityNoted, about, id, "it costs nothing")
            .await
    }

    /// Takes back what was done.
    pub async fn undo_fix(&self, kind: &str, id: i64) -> Result<(), ServerError> {
        quality::undo(&self.state, id, self.by()).await?;
        self.fixed(Kind::parse(kind), Action::FixUndone, Subject::None, id, "taken back")
            .await
    }

    /// Whom a fix is about.
    async fn about_fix(&self, id: i64) -> Result<Subject, ServerError> {
        let fix = store::quality::get(self.state.db(), id).await?;
        Ok(fix.map_or(Subject::None, |fix| Subject::Customer(fix.one)))
    }

    /// Writes down what was done. What people had written is not in the log, which nothing takes out of it again.
    async fn fixed(
        &self,
        kind: Kind,
        action: Action,
        about: Subject,
        id: i64,
        detail: &str,
    ) -> Result<(), ServerError> {
        self.audit_of(action, about, format!("fix {id}: {detail}")).await?;
        leptos_axum::redirect(&paths::quality_fixed(kind, id));
        Ok(())
    }
}
