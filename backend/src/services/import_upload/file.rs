//! An uploaded file as the reader of imports wants it: readable from any place, a piece at a time in memory.

use std::io::{self, Read, Seek, SeekFrom};

use domain::{error::Error, ids::ImportUploadId, import::ImportKind};
use tokio::{runtime::Handle, task::spawn_blocking};

use crate::{
    Backend,
    access::EnterpriseScope,
    context::OpContext,
    error::fault,
    import::{FileError, ImportFile, Layout, Look, NumberColumns, Reading, UserColumns, look},
    services::import::ImportError,
    store,
};

/// How large a piece is; the last one of a file may be smaller.
pub(super) const PIECE_BYTES: usize = 256 * 1024;

/// A file in the database. Reading waits for the database, so it is read on threads that may wait.
pub(super) struct StoredFile {
    backend: Backend,
    scope: EnterpriseScope,
    upload: ImportUploadId,
    runtime: Handle,
    size: u64,
    at: u64,
    /// The piece that was read last, and its number.
    piece: Option<(u64, Vec<u8>)>,
}

impl StoredFile {
    /// A file of that size, read from its beginning. Asked from within the runtime.
    pub(super) fn new(backend: &Backend, scope: EnterpriseScope, upload: ImportUploadId, size: u64) -> Self {
        Self {
            backend: backend.clone(),
            scope,
            upload,
            runtime: Handle::current(),
            size,
            at: 0,
            piece: None,
        }
    }

    fn load(&self, number: u64) -> io::Result<Vec<u8>> {
        let number = i32::try_from(number).map_err(io::Error::other)?;
        let piece = store::import_upload::chunk(self.backend.database(), &self.scope, self.upload, number);
        let missing = || io::Error::new(io::ErrorKind::NotFound, "it is not there any more");
        self.runtime
            .block_on(piece)
            .map_err(io::Error::other)?
            .ok_or_else(missing)
    }
}

impl Read for StoredFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at >= self.size {
            return Ok(0);
        }
        let (number, offset) = (self.at / PIECE_BYTES as u64, self.at % PIECE_BYTES as u64);
        let offset = usize::try_from(offset).map_err(io::Error::other)?;
        let loaded = self.piece.as_ref().is_some_and(|(loaded, _)| *loaded == number);
        if !loaded {
            self.piece = Some((number, self.load(number)?));
        }
        let piece = self.piece.as_ref().and_then(|(_, content)| content.get(offset..));
        let mut rest = piece.unwrap_or_default();
        let length = rest.read(buffer)?;
        if length == 0 && !buffer.is_empty() {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.at += length as u64;
        Ok(length)
    }
}

impl Seek for StoredFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let at = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.size.checked_add_signed(by),
            SeekFrom::Current(by) => self.at.checked_add_signed(by),
        };
        self.at = at.ok_or(io::ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

/// Does something that waits on a thread that may wait.
async fn waiting<T: Send + 'static>(
    ctx: &OpContext,
    work: impl FnOnce() -> Result<T, FileError> + Send + 'static,
) -> Result<T, ImportError> {
    let done = spawn_blocking(work).await;
    let done: Result<_, Error> = done.map_err(|error| fault(ctx, "reading an uploaded file broke down", &error));
    Ok(done??)
}

/// Opens a file to read its rows.
pub(super) async fn open<L: Layout>(
    ctx: &OpContext,
    file: StoredFile,
    settings: L::Settings,
    reading: Reading,
) -> Result<ImportFile<StoredFile, L>, ImportError> {
    waiting(ctx, move || ImportFile::open_as(file, settings, reading)).await
}

/// Tells how a file would be read.
pub(super) async fn look_at(
    ctx: &OpContext,
    mut file: StoredFile,
    kind: ImportKind,
    reading: Reading,
) -> Result<Look, ImportError> {
    let licenses = file.backend.teams_licenses();
    let look = move || match kind {
        ImportKind::Numbers => look::<NumberColumns>(&mut file, &(), &reading),
        ImportKind::Users => look::<UserColumns>(&mut file, &licenses, &reading),
    };
    waiting(ctx, look).await
}
