//! Turns at work that takes minutes: so many at once, and of each enterprise one at a time, so that none keeps the others
//! waiting. Each server counts its own.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use domain::{error::Error, ids::EnterpriseId};
use tokio::sync::{Mutex as Line, OwnedMutexGuard, Semaphore, SemaphorePermit};

/// The turns at one kind of work.
pub(crate) struct Turns {
    permits: Semaphore,
    /// Where each enterprise that has a turn waits for another, or would.
    lines: Mutex<HashMap<EnterpriseId, Weak<Line<()>>>>,
}

/// A turn. It ends when this is dropped.
pub(crate) struct Turn<'t> {
    _permit: SemaphorePermit<'t>,
    _first_in_line: OwnedMutexGuard<()>,
}

impl Turns {
    /// So many at once.
    pub(crate) fn new(at_once: usize) -> Self {
        Self {
            permits: Semaphore::new(at_once),
            lines: Mutex::default(),
        }
    }

    /// Waits for a turn of that enterprise.
    ///
    /// # Errors
    /// [`Error::Unavailable`] when there are no turns any more.
    pub(crate) async fn of(&self, enterprise: EnterpriseId) -> Result<Turn<'_>, Error> {
        let first_in_line = self.line(enterprise).lock_owned().await;
        let permit = self.permits.acquire().await.map_err(|_| Error::Unavailable)?;
        Ok(Turn {
            _permit: permit,
            _first_in_line: first_in_line,
        })
    }

    fn line(&self, enterprise: EnterpriseId) -> Arc<Line<()>> {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        lines.retain(|_, line| line.strong_count() > 0);
        if let Some(line) = lines.get(&enterprise).and_then(Weak::upgrade) {
            return line;
        }
        let line = Arc::default();
        lines.insert(enterprise, Arc::downgrade(&line));
        line
    }
}

#[cfg(test)]
mod tests {
    use std::future::ready;

    use uuid::Uuid;

    use super::*;

    const ONE: EnterpriseId = EnterpriseId(Uuid::from_u128(1));
    const OTHER: EnterpriseId = EnterpriseId(Uuid::from_u128(2));
    const THIRD: EnterpriseId = EnterpriseId(Uuid::from_u128(3));

    /// A turn, if there is one at once.
    async fn at_once(turns: &Turns, enterprise: EnterpriseId) -> Option<Turn<'_>> {
        tokio::select! {
            biased;
            turn = turns.of(enterprise) => Some(turn.unwrap()),
            () = ready(()) => None,
        }
    }

    #[tokio::test]
    async fn an_enterprise_has_one_turn_and_leaves_the_others_theirs() {
        let turns = Turns::new(2);
        let first = at_once(&turns, ONE).await.unwrap();
        assert!(at_once(&turns, ONE).await.is_none(), "it has one already");
        let _second = at_once(&turns, OTHER).await.unwrap();
        assert!(at_once(&turns, THIRD).await.is_none(), "two are all there are");
        drop(first);
        let third = at_once(&turns, THIRD).await.unwrap();
        assert!(at_once(&turns, ONE).await.is_none());
        drop(third);
        assert!(at_once(&turns, ONE).await.is_some());
    }

    #[tokio::test]
    async fn enterprises_that_have_none_are_forgotten() {
        let turns = Turns::new(1);
        for _ in 0..2 {
            drop(at_once(&turns, ONE).await.unwrap());
            drop(at_once(&turns, OTHER).await.unwrap());
            assert_eq!(turns.lines.lock().unwrap().len(), 1);
        }
    }
}
