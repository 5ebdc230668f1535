//! Views that stay while their key does.

use leptos_itself::{
    prelude::*,
    tachys::{hydration::Cursor, view::PositionState},
};

use super::{Kind, shown::ShownKind};

/// Tells what a view shows from what another in its place would show.
pub type Key = (u128, u64);

/// A view that is made only where another key was in its place before.
pub(crate) struct Kept {
    pub(crate) key: Key,
    /// Owns what the view makes, which outlives the effect that asks for the view again and again.
    pub(crate) owner: Owner,
    pub(crate) view: Box<dyn FnOnce() -> Kind + Send>,
}

/// What a [`Kept`] shows.
pub(crate) struct ShownKept {
    key: Key,
    owner: Owner,
    pub(crate) shown: Box<ShownKind>,
}

impl Kept {
    pub(crate) fn build(self) -> ShownKept {
        self.show(Kind::build)
    }

    pub(crate) fn hydrate(self, cursor: &Cursor, position: &PositionState) -> ShownKept {
        self.show(|kind| kind.hydrate(cursor, position))
    }

    pub(crate) fn rebuild(self, shown: &mut ShownKept) {
        if self.key == shown.key {
            return;
        }
        shown.key = self.key;
        shown.owner.with_cleanup(|| (self.view)().rebuild(&mut shown.shown));
    }

    fn show(self, show: impl FnOnce(Kind) -> ShownKind) -> ShownKept {
        let owner = self.owner.with(Owner::new);
        let shown = owner.with(|| show((self.view)()));
        ShownKept {
            key: self.key,
            owner,
            shown: Box::new(shown),
        }
    }
}
