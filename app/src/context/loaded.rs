//! A value that is there from the beginning where the server has sent it along, and is loaded when what it is of changes.

use std::{future::Future, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use crate::{effect::effect, error::AppError};

/// A value or why it is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Loaded<T> {
    /// It is on its way.
    Loading,
    /// It is there.
    Ready(T),
    /// It could not be loaded.
    Failed(AppError),
}

impl<T> From<Result<T, AppError>> for Loaded<T> {
    fn from(result: Result<T, AppError>) -> Self {
        match result {
            Ok(value) => Self::Ready(value),
            Err(error) => Self::Failed(error),
        }
    }
}

impl<T: Clone> Loaded<T> {
    /// What is to be shown now that this is the latest: what is `shown` stays while it is `held`, unless something else is
    /// asked for.
    #[must_use]
    pub fn unless_held(self, shown: Option<&Self>, held: bool) -> Self {
        let stays = held && matches!(shown, Some(Self::Ready(_))) && !matches!(self, Self::Loading);
        shown.filter(|_| stays).cloned().unwrap_or(self)
    }
}

/// The same with a way to load the value again without showing that it is on its way: what is shown stays until the answer
/// differs. An answer that did not come through changes nothing.
pub fn use_reloadable<T, F>(
    key: Memo<String>,
    initial: Option<Result<T, AppError>>,
    load: impl Fn(String) -> F + Send + Sync + 'static,
) -> (Signal<Loaded<T>>, Callback<()>)
where
    T: Clone + PartialEq + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let load = Arc::new(load);
    let again = load.clone();
    let state = loaded(key, initial, move |key| load(key));
    let reload = Callback::new(move |()| {
        let Some(asked) = key.try_get_untracked() else { return };
        let answer = again(asked.clone());
        spawn_local(async move {
            let answer = answer.await;
            let came_through = matches!(answer, Ok(_) | Err(AppError::Domain(_)));
            if !came_through || key.try_get_untracked().as_ref() != Some(&asked) {
                return;
            }
            let answer = Loaded::from(answer);
            if state.try_with_untracked(|shown| *shown != answer) == Some(true) {
                state.set(answer);
            }
        });
    });
    (state.into(), reload)
}

/// Begins with `initial`, if there is one, and loads anew whenever `key` changes. An answer that comes after the key has
/// changed again is dropped.
pub fn use_loaded<T, F>(
    key: Memo<String>,
    initial: Option<Result<T, AppError>>,
    load: impl Fn(String) -> F + Send + Sync + 'static,
) -> Signal<Loaded<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    loaded(key, initial, load).into()
}

fn loaded<T, F>(
    key: Memo<String>,
    initial: Option<Result<T, AppError>>,
    load: impl Fn(String) -> F + Send + Sync + 'static,
) -> RwSignal<Loaded<T>>
where
    T: Clone + Send + Sync + 'static,
    F: Future<Output = Result<T, AppError>> + 'static,
{
    let mut shown = initial.is_some().then(|| key.get_untracked());
    let state = RwSignal::new(initial.map_or(Loaded::Loading, Loaded::from));
    effect(move || {
        let wanted = key.get();
        if shown.as_ref() != Some(&wanted) {
            shown = Some(wanted.clone());
            state.set(Loaded::Loading);
            let answer = load(wanted.clone());
            spawn_local(async move {
                let answer = answer.await;
                if key.try_get_untracked().as_ref() == Some(&wanted) {
                    state.set(answer.into());
                }
            });
        }
    });
    state
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_stays_unless_something_else_is_asked_for() {
        let failed = || Loaded::Failed(AppError::Interrupted);
        for (why, shown, latest, held, expected) in [
            (
                "another one",
                Loaded::Ready(1),
                Loaded::Ready(2),
                true,
                Loaded::Ready(1),
            ),
            ("it is gone", Loaded::Ready(1), failed(), true, Loaded::Ready(1)),
            (
                "nobody holds it",
                Loaded::Ready(1),
                Loaded::Ready(2),
                false,
                Loaded::Ready(2),
            ),
            ("nothing to hold", failed(), Loaded::Ready(2), true, Loaded::Ready(2)),
            ("elsewhere", Loaded::Ready(1), Loaded::Loading, true, Loaded::Loading),
        ] {
            assert_eq!(latest.unless_held(Some(&shown), held), expected, "{why}");
        }
        assert_eq!(Loaded::Ready(1).unless_held(None, true), Loaded::Ready(1));
    }
}
