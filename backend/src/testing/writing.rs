//! Somebody else who writes.

use sea_orm::{DatabaseConnection, DatabaseTransaction};

use crate::store;

/// A transaction that writes. It changes nothing.
pub struct Writing(DatabaseTransaction);

impl Writing {
    pub(super) async fn begin(database: &DatabaseConnection) -> Self {
        Self(store::begin_write(database).await.unwrap())
    }

    /// Lets others write again.
    pub async fn end(self) {
        self.0.rollback().await.unwrap();
    }
}
