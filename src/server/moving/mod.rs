//! A whole shop, carried from one database into another one: every table, in one snapshot, compared at the end
//! (decision 20).

mod copy;
mod draft;
mod row;
mod schema;
mod side;
mod target;

use crate::server::db::{self, Db};
use crate::server::error::ServerError;
use crate::server::store::rollup::Difference;

pub use draft::{Draft, address};
pub use target::Target;

use self::side::Side;

/// Why a shop was not moved, as a sentence for whoever asked for it. Nothing is left behind then.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The target has something in it.
    #[error("{0} has something in it already. A shop is moved into an empty database only; make a new one for it.")]
    NotEmpty(String),
    /// A column is of a type that the other database may not have.
    #[error("{column} is of the type {declared}, which cannot be moved.")]
    UnknownType {
        /// The table and the column.
        column: String,
        /// What its database calls the type.
        declared: String,
    },
    /// Tables that refer to each other cannot be filled one after the other.
    #[error("The table {0} refers to one that refers to it.")]
    Circle(String),
    /// The databases are of different versions.
    #[error("The table {0} is not the same in both databases.")]
    OtherSchema(String),
    /// PostgreSQL takes no such text.
    #[error("The table {0} has a text with a zero byte in it, which PostgreSQL does not take.")]
    Nul(String),
    /// Somebody wrote meanwhile.
    #[error(
        "The shop has changed while it was moved, and what came in is not in the copy. Stop the server and move it again."
    )]
    Changed,
    /// What arrived is not what left.
    #[error("The table {0} did not arrive as it was. Nothing was moved.")]
    Arrived(String),
    /// The figures that were derived do not agree.
    #[error("{0} customers do not agree with their orders where they arrived. Nothing was moved.")]
    Figures(usize),
    /// A database could not be opened.
    #[error(transparent)]
    Connect(#[from] db::Connect),
    /// A database failed.
    #[error("The database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The file could not be written.
    #[error("The file cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// Something else went wrong.
    #[error(transparent)]
    Server(#[from] ServerError),
}

/// Whether the shop may change while it is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meanwhile {
    /// What changes is not in the copy, and nobody minds.
    MayChange,
    /// The copy is the shop from now on, so nothing may be missing in it.
    MustRest,
}

/// What is told while a shop is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// So many rows there are.
    Rows(u64),
    /// So many more are over.
    Moved(u64),
    /// All are over; now they are compared.
    Comparing,
}

/// What was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moved {
    /// Each table, with how many rows it has in both databases.
    pub tables: Vec<(String, u64)>,
    /// The customers whose stored figures differed from their orders before; they agree where they arrived.
    pub mended: Vec<Difference>,
}

/// Copies everything from one database into another one, which has been found empty, and compares.
pub async fn copy(
    from: &Db,
    to: &Db,
    meanwhile: Meanwhile,
    told: &mut (dyn FnMut(Step) + Send),
) -> Result<Moved, MoveError> {
    let (mut source, mut target) = (Side::reading(from).await?, Side::writing(to).await?);
    let tables = source.tables().await?;
    schema::agree(&tables, &target.tables().await?)?;
    let state = source.state(&tables).await?;
    told(Step::Rows(state.1.iter().sum()));
    let resting = target.clear(&tables).await?;
    let mut moved = Moved::default();
    let mut sums = Vec::with_capacity(tables.len());
    for table in &tables {
        let sum = copy::copy(&mut source, &mut target, table, &mut |rows| told(Step::Moved(rows))).await?;
        moved.tables.push((table.name.clone(), sum.rows));
        sums.push(sum);
    }
    told(Step::Comparing);
    target.derive().await?;
    target.wake(&tables, resting).await?;
    for (table, sum) in tables.iter().zip(sums) {
        if target.sum(table).await? != sum {
            return Err(MoveError::Arrived(table.name.clone()));
        }
    }
    moved.mended = source.verify().await?;
    let differences = target.verify().await?.len();
    if differences > 0 {
        return Err(MoveError::Figures(differences));
    }
    if meanwhile == Meanwhile::MustRest && Side::reading(from).await?.state(&tables).await? != state {
        return Err(MoveError::Changed);
    }
    target.go_on_after(&source.numbers().await?).await?;
    target.commit().await?;
    Ok(moved)
}
