//! What a program logs, kept for a test.

use std::{
    io,
    sync::{Arc, Mutex},
};

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::{filter::LevelFilter, util::SubscriberInitExt};

/// Log lines. Clones are the same log.
#[derive(Clone, Default)]
pub struct TestLog(Arc<Mutex<Vec<u8>>>);

impl TestLog {
    /// Keeps what this thread logs at any level, while the guard lives.
    pub fn keep() -> (Self, DefaultGuard) {
        let log = Self::default();
        let lines = log.clone();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_writer(move || lines.clone())
            .finish();
        (log, subscriber.set_default())
    }

    /// Everything that was logged.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl io::Write for TestLog {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
