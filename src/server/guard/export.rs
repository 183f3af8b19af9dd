//! What the signed-in may take away.

use super::Actor;
use crate::domain::export::Export;
use crate::server::export::{self, ExportError, Format, Progress, Running, Sink, Source, What};
use crate::server::store::audit::Action;

impl Actor {
    /// Begins an export under a name that the user's page has given it; none where too many run.
    pub fn begin_export(&self, name: &str) -> Option<Running> {
        self.state.exports().begin(self.user.id, name.to_owned())
    }

    /// Writes a file. That it was asked for is on record before the first row leaves.
    pub async fn export(
        &self,
        what: &What,
        format: Format,
        progress: &Progress,
        to: &mut impl Sink,
    ) -> Result<(), ExportError> {
        let asked = format!("{} as {}", what.about().for_the_log(), format.ending());
        self.audit(Action::Exported, format!("{asked}, begun")).await?;
        let from = Source {
            db: self.state.db(),
            finder: self.state.finder(),
            shop: &self.shop(),
            now: self.now(),
            by: &self.user.email,
        };
        let rows = export::export(from, what, format, progress, to).await?;
        progress.is_whole();
        self.audit(Action::Exported, format!("{asked}, {rows} rows")).await?;
        Ok(())
    }

    /// Says how far an export has got; none where it is not known.
    pub fn export_progress(&self, name: &str) -> Option<Export> {
        Some(self.state.exports().progress(self.user.id, name)?.state())
    }

    /// Stops an export.
    pub fn stop_export(&self, name: &str) {
        self.state.exports().stop(self.user.id, name);
    }
}
