//! Reading a file ahead of the database.

use std::io::{Read, Seek};

use domain::error::Error;
use tokio::{sync::mpsc, task::JoinHandle};

use super::ImportError;
use crate::{
    context::OpContext,
    error::fault,
    import::{FileError, ImportFile, Layout, ParsedRow},
};

/// How many batches wait for the database; enough that neither side waits for long.
const BATCHES_AHEAD: usize = 2;

/// The batches of a file, read and checked by a thread of their own, since numbering plans are work.
pub(super) struct Reader<R, L: Layout> {
    batches: mpsc::Receiver<Vec<ParsedRow<L::Row>>>,
    file: JoinHandle<Result<ImportFile<R, L>, FileError>>,
}

impl<R: Read + Seek + Send + 'static, L: Layout> Reader<R, L> {
    /// Starts reading. The thread ends by itself when nobody takes its batches any more.
    pub(super) fn start(mut file: ImportFile<R, L>) -> Self {
        let (sender, batches) = mpsc::channel(BATCHES_AHEAD);
        let file = tokio::task::spawn_blocking(move || {
            while let Some(batch) = file.next_batch()? {
                if sender.blocking_send(batch).is_err() {
                    break;
                }
            }
            Ok(file)
        });
        Self { batches, file }
    }

    /// The next batch; none when the file has ended or failed, which [`Reader::finish`] tells apart.
    pub(super) async fn next(&mut self) -> Option<Vec<ParsedRow<L::Row>>> {
        self.batches.recv().await
    }

    /// The file, read to its end.
    ///
    /// # Errors
    /// [`ImportError::File`] when it could not be read to its end; an internal error when reading it broke down.
    pub(super) async fn finish(self, ctx: &OpContext) -> Result<ImportFile<R, L>, ImportError> {
        let read = self.file.await;
        let read: Result<_, Error> = read.map_err(|error| fault(ctx, "reading an import broke down", &error));
        Ok(read??)
    }
}
