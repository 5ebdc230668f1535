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
