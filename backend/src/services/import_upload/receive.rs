//! A file on its way into the database.

use chrono::TimeDelta;
use domain::{
    enterprise::EnterpriseSlug,
    error::Error,
    ids::ImportUploadId,
    import::{ImportKind, ImportUpload, MAX_FILE_BYTES},
};
use thiserror::Error as ThisError;

use super::{
    KEPT, MOST_FILES,
    file::{PIECE_BYTES, StoredFile, look_at},
    get, may,
};
use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::internal,
    import::{FileError, Reading},
    store::{self, import_upload::Among},
};

/// How long a file may be on its way before it counts as given up.
const ARRIVING: TimeDelta = TimeDelta::hours(1);
/// How many characters of a file's name are kept.
const NAME_CHARS: usize = 200;

/// Why a file is not taken in.
#[derive(Debug, ThisError)]
pub enum ReceiveError {
    /// It is larger than any file may be.
    #[error("The file {}.", FileError::TooLarge)]
    TooLarge,
    /// Who asks may not, the database failed, or what came is no file that can be imported.
    #[error(transparent)]
    Refused(#[from] Error),
}

/// A file that is being received. What has come of one that is dropped is removed later.
pub struct Receiving {
    ctx: OpContext,
    backend: Backend,
    enterprise: EnterpriseSlug,
    scope: EnterpriseScope,
    kind: ImportKind,
    id: ImportUploadId,
    /// What makes no whole piece yet.
    rest: Vec<u8>,
    pieces: i32,
    size: u64,
}

/// Begins to receive a file that brings in `kind`; `file_name` is what the browser calls it.
///
/// # Errors
/// As `authorize` for an import, [`Error::Forbidden`] also for the people of an enterprise whose numbers its provider
/// keeps; [`Error::Unavailable`] or [`Error::Internal`] when the database fails.
pub async fn receive(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    kind: ImportKind,
    file_name: &str,
) -> Result<Receiving, Error> {
    let scope = may(ctx, backend, enterprise, kind).await?;
    let failed = |error| internal(ctx, error);
    let id = ImportUploadId(store::new_id());
    let name = plain_name(file_name);
    let db = store::begin_write(backend.database()).await.map_err(failed)?;
    store::import_upload::make_room(&db, &scope, Among::Arriving, MOST_FILES - 1)
        .await
        .map_err(failed)?;
    store::import_upload::begin(&db, &scope, id, (kind, &name), ctx.now, ctx.now + ARRIVING)
        .await
        .map_err(failed)?;
    db.commit().await.map_err(failed)?;
    Ok(Receiving {
        ctx: ctx.clone(),
        backend: backend.clone(),
        enterprise: enterprise.clone(),
        scope,
        kind,
        id,
        rest: Vec::new(),
        pieces: 0,
        size: 0,
    })
}

impl Receiving {
    /// Takes more of the file.
    ///
    /// # Errors
    /// [`ReceiveError`]; what has come so far is of no use then: [`Receiving::abandon`] it.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), ReceiveError> {
        self.size += bytes.len() as u64;
        if self.size > MAX_FILE_BYTES {
            return Err(ReceiveError::TooLarge);
        }
        self.rest.extend_from_slice(bytes);
        while self.rest.len() >= PIECE_BYTES {
            let rest = self.rest.split_off(PIECE_BYTES);
            let piece = std::mem::replace(&mut self.rest, rest);
            self.keep(piece).await?;
        }
        Ok(())
    }

    async fn keep(&mut self, piece: Vec<u8>) -> Result<(), Error> {
        store::import_upload::add_chunk(self.backend.database(), &self.scope, self.id, self.pieces, piece)
            .await
            .map_err(|error| internal(&self.ctx, error))?;
        self.pieces += 1;
        Ok(())
    }

    /// The file is all there: looks at it, and tells how it would be read.
    ///
    /// # Errors
    /// [`Error::Invalid`] when it is no text file; nothing is kept of it then. [`Error::Unavailable`] or
    /// [`Error::Internal`] when the database fails.
    pub async fn finish(mut self) -> Result<ImportUpload, Error> {
        let rest = std::mem::take(&mut self.rest);
        if !rest.is_empty() {
            self.keep(rest).await?;
        }
        let file = StoredFile::new(&self.backend, self.scope, self.id, self.size);
        let looked = look_at(&self.ctx, file, self.kind, Reading::default()).await;
        let look = match looked {
            Ok(look) => look,
            Err(error) => {
                self.abandon().await;
                return Err(error.into());
            }
        };
        let failed = |error| internal(&self.ctx, error);
        let (scope, id) = (&self.scope, self.id);
        let db = store::begin_write(self.backend.database()).await.map_err(failed)?;
        let told = (look.header.as_slice(), look.sample.as_slice());
        store::import_upload::set_look(&db, scope, id, told, &look.shape)
            .await
            .map_err(failed)?;
        // Only now: one that is not taken in removes no other.
        store::import_upload::make_room(&db, scope, Among::Whole, MOST_FILES - 1)
            .await
            .map_err(failed)?;
        store::import_upload::complete(&db, scope, id, self.size, self.ctx.now + KEPT)
            .await
            .map_err(failed)?;
        db.commit().await.map_err(failed)?;
        get(&self.ctx, &self.backend, &self.enterprise, self.kind, self.id).await
    }

    /// Removes what has come so far. Where that fails it is removed later.
    pub async fn abandon(self) {
        let removed = store::import_upload::remove(self.backend.database(), &self.scope, self.id).await;
        if let Err(error) = removed {
            tracing::warn!(upload = %self.id, %error, "a file that was not taken in could not be removed");
        }
    }
}

/// The file's name without folders and without what cannot be shown.
fn plain_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS).collect();
    match shown.trim() {
        "" => "file.csv".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("numbers.csv", "numbers.csv")]
    #[case("C:\\Users\\ada\\numbers.csv", "numbers.csv")]
    #[case("../../numbers\u{7}.csv", "numbers.csv")]
    #[case(" ", "file.csv")]
    fn a_name_has_no_folders(#[case] name: &str, #[case] expected: &str) {
        assert_eq!(plain_name(name), expected);
    }
}
