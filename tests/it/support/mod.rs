//! What the tests share: a database of either kind for each test, the application around it, builders, an oracle.

pub mod app;
pub mod builders;
pub mod database;
pub mod dump;
pub mod fed;
pub mod held;
pub mod naive;
pub mod oracle;
pub mod process;
pub mod queries;
pub mod shop;
