//! Sending a form to the server, and what comes of it.

use leptos::prelude::*;

use crate::{effect::effect, error::AppError};

/// What a form sends to the server, and what came of it.
#[derive(Clone, Copy)]
pub struct Sending {
    /// Why the last try failed.
    pub error: Signal<Option<AppError>>,
    /// Whether it is being carried out.
    pub busy: Memo<bool>,
    pub(in crate::components) send: Callback<()>,
}

/// Calls the server with `input`, which is read without being followed, when the form is sent, and `done` with the answer.
pub fn use_sending<I, O>(
    call: Action<I, Result<O, AppError>>,
    input: impl Fn() -> I + Send + Sync + 'static,
    done: impl Fn(O) + 'static,
) -> Sending
where
    I: Send + Sync + 'static,
    O: Clone + Send + Sync + 'static,
{
    Sending {
        error: on_answer(call, done),
        busy: call.pending(),
        send: Callback::new(move |()| {
            call.dispatch(untrack(&input));
        }),
    }
}

impl Sending {
    /// Sends the form as it is now.
    pub fn send(self) {
        self.send.run(());
    }

    /// Whether somebody else was first, apart from all else that can be wrong.
    pub fn split_outdated(self) -> (Memo<bool>, Self) {
        let (outdated, error) = split_outdated(self.error);
        (outdated, Self { error, ..self })
    }
}

/// Whether what was sent was made of something that is no longer so, apart from all else that can be wrong.
pub fn split_outdated(failed: Signal<Option<AppError>>) -> (Memo<bool>, Signal<Option<AppError>>) {
    let outdated = Memo::new(move |_| failed.read().as_ref().is_some_and(AppError::is_outdated));
    let error = Signal::derive(move || failed.get().filter(|error| !error.is_outdated()));
    (outdated, error)
}

/// Calls `done` with the answer once the server has done what was sent. The signal says why the last try failed.
pub fn on_answer<I, O>(sent: Action<I, Result<O, AppError>>, done: impl Fn(O) + 'static) -> Signal<Option<AppError>>
where
    I: Send + Sync + 'static,
    O: Clone + Send + Sync + 'static,
{
    effect(move || {
        if let Some(Ok(answer)) = sent.value().get() {
            done(answer);
        }
    });
    Signal::derive(move || sent.value().get().and_then(Result::err))
}
