//! Files of orders that the signed-in send.

use super::Actor;
use crate::domain::import::{Import, ImportPage, State};
use crate::error::AppError;
use crate::paths;
use crate::server::error::ServerError;
use crate::server::import::key;
use crate::server::importing::{self, Job, Looked, Upload, Work};
use crate::server::store::audit::Action;
use crate::server::store::{imports, orders};

/// Where an import stands that can be taken back.
const ENDED: &[State] = &[State::Done, State::Stopped, State::Failed];

impl Actor {
    fn importing(&self) -> Work {
        self.state.importing()
    }

    /// Returns the latest imports.
    pub async fn imports(&self) -> Result<Vec<Import>, ServerError> {
        importing::latest(&self.importing()).await
    }

    /// Returns the page of one import.
    pub async fn import(&self, id: &str) -> Result<ImportPage, ServerError> {
        let id = id.parse().unwrap_or_default();
        let page = importing::page(&self.importing(), id).await?;
        Ok(page.ok_or_else(|| AppError::NotFound("There is no import with this number.".to_owned()))?)
    }

    /// Takes a file that was sent, begins to compare it with the shop's orders, and returns its number.
    pub async fn sent(&self, upload: Upload, name: &str) -> Result<i64, ServerError> {
        let work = self.importing();
        importing::forget_old(&work).await?;
        let id = upload.end(&work, self.user.id, self.user.email.clone(), name).await?;
        self.check(id).await?;
        Ok(id)
    }

    /// Begins to work on an import; where the server is stopping, its page says so.
    async fn job(&self, id: i64) -> Option<Job> {
        let job = self.state.jobs().begin(id);
        if job.is_none() {
            self.state.jobs().interrupt(&self.importing(), id).await;
        }
        job
    }

    async fn check(&self, id: i64) -> Result<(), ServerError> {
        let work = self.importing();
        let path = imports::path(&work.db, id).await?.ok_or_else(gone)?;
        let Some(job) = self.job(id).await else {
            return Ok(());
        };
        tokio::spawn(async move {
            let done = importing::check(&work, id, path).await;
            told(&work, job, done).await;
        });
        Ok(())
    }

    /// Keeps which columns hold what, field by field as the page shows them, and compares the file anew.
    pub async fn choose_columns(&self, id: i64, chosen: &[String]) -> Result<(), ServerError> {
        let work = self.importing();
        let row = imports::one(&work.db, id).await?.ok_or_else(gone)?;
        let looked = Looked::read(&row.samples);
        let columns = named(&work, id, &looked, chosen).await?;
        imports::remember(&work.db, columns).await?;
        if imports::move_on(
            &work.db,
            id,
            &[State::Columns, State::Checked],
            State::Checking,
            self.now(),
        )
        .await?
        {
            self.check(id).await?;
        }
        Ok(())
    }

    /// Begins to take a file in.
    pub async fn start_import(&self, id: i64) -> Result<(), ServerError> {
        let work = self.importing();
        importing::forget_old(&work).await?;
        let path = imports::path(&work.db, id).await?.ok_or_else(gone)?;
        if !orders::begin_import(&work.db, id, self.now()).await? {
            return Err(busy());
        }
        self.audit(Action::Imported, format!("import {id}, begun")).await?;
        let Some(job) = self.job(id).await else {
            return Ok(());
        };
        let actor = self.clone();
        tokio::spawn(async move {
            let done = importing::run(&work, id, path).await;
            told(&work, job, done).await;
            actor.ended(&work, id).await;
        });
        Ok(())
    }

    /// Stops an import.
    pub async fn stop_import(&self, id: i64) -> Result<(), ServerError> {
        if self.importing().stop(id).await? {
            self.audit(Action::Imported, format!("import {id}, stopped")).await?;
        }
        Ok(())
    }

    /// Begins to take the last import back.
    pub async fn undo_import(&self, id: i64) -> Result<(), ServerError> {
        let work = self.importing();
        importing::forget_old(&work).await?;
        if imports::undoable(&work.db).await? != Some(id) {
            return Err(AppError::invalid("import", "Only the last import can be taken back.").into());
        }
        if !imports::move_on(&work.db, id, ENDED, State::Undoing, self.now()).await? {
            return Err(busy());
        }
        self.audit(Action::Imported, format!("import {id}, being taken back"))
            .await?;
        let Some(job) = self.job(id).await else {
            return Ok(());
        };
        let actor = self.clone();
        tokio::spawn(async move {
            let done = importing::undo(&work, id).await;
            told(&work, job, done).await;
            actor.ended(&work, id).await;
        });
        Ok(())
    }

    /// Writes into the audit log what came of an import, or of taking it back.
    async fn ended(&self, work: &Work, id: i64) {
        let noted = async {
            let Some(import) = imports::one(&work.db, id).await? else {
                return Ok(());
            };
            let (summary, state) = (import.summary(), import.state(self.now()));
            let detail = match state {
                State::Undone => format!(
                    "import {id}, taken back: {} orders, {} left",
                    import.undone, import.kept
                ),
                state => format!(
                    "import {id}, {}: {} new, {} changed, {} unchanged, {} refused",
                    state.as_str(),
                    summary.new,
                    summary.changed,
                    summary.unchanged,
                    summary.refused
                ),
            };
            self.audit(Action::Imported, detail).await
        };
        if let Err(error) = noted.await {
            tracing::error!(
                kind = error.kind(),
                "the end of an import could not be written into the audit log"
            );
        }
    }

    /// Returns the part of a report of refused rows that follows another, with its number.
    pub async fn refused_rows(&self, id: i64, after: i64) -> Result<Option<(i64, String)>, ServerError> {
        imports::refused_after(self.state.db(), id, after).await
    }
}

/// Says which columns hold what: the field of each header that was chosen, and of those no longer chosen that they hold
/// nothing of an order.
async fn named(work: &Work, id: i64, looked: &Looked, chosen: &[String]) -> Result<Vec<(String, String)>, ServerError> {
    let headers = importing::headers(work, id).await?;
    let key = |at: usize| Some(key(at + 1, headers.get(at)?, &work.shop.currency));
    let before = looked.columns.iter().filter_map(|(_, column)| key((*column)?));
    let mut columns: Vec<(String, String)> = before.map(|header| (header, String::new())).collect();
    for (place, column) in chosen.iter().enumerate() {
        let (Some(field), Ok(column)) = (looked.field(place), column.parse::<usize>()) else {
            continue;
        };
        if let Some(header) = key(column) {
            columns.push((header, field.as_str().to_owned()));
        }
    }
    Ok(columns)
}

/// Ends the work on an import; where it failed, its page says so.
async fn told(work: &Work, job: Job, done: Result<(), ServerError>) {
    if let Err(error) = done {
        // It is logged with its reference.
        let sentence = AppError::from(error).to_string();
        let now = work.clock.now();
        if imports::fail(&work.db, job.id(), sentence, now).await.is_err() {
            tracing::error!("an import has failed, and could not say so");
        }
    }
}

fn gone() -> ServerError {
    AppError::NotFound(format!(
        "The file is not here any more. Send it again at {}.",
        paths::IMPORT
    ))
    .into()
}

fn busy() -> ServerError {
    AppError::invalid(
        "import",
        "Another file is coming in, or this one has moved on. Try again in a moment.",
    )
    .into()
}
