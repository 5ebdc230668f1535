//! A value that is there from the beginning where the server has sent it along, and is loaded when what it is of changes.

use std::future::Future;

use leptos::{prelude::*, task::spawn_local};

use crate::error::AppError;

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
    let known = initial.is_some().then(|| key.get_untracked());
    let state = RwSignal::new(initial.map_or(Loaded::Loading, Loaded::from));
    Effect::new(move |shown: Option<Option<String>>| {
        let wanted = key.get();
        if shown.unwrap_or_else(|| known.clone()).as_ref() != Some(&wanted) {
            state.set(Loaded::Loading);
            let answer = load(wanted.clone());
            let asked = wanted.clone();
            spawn_local(async move {
                let answer = answer.await;
                if key.try_get_untracked().as_ref() == Some(&asked) {
                    state.set(answer.into());
                }
            });
        }
        Some(wanted)
    });
    state.into()
}
