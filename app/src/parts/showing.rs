//! The views of parts: nothing until the code is there, and a notice with another try where it does not come.

use std::{
    pin::Pin,
    task::{Context, Poll, Waker},
};

use icondata_lu as lu;
use leptos::{
    either::EitherOf3,
    ev, html,
    prelude::*,
    task::spawn_local,
    web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition},
};

use super::{Loading, Making};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    ui::{Button, EmptyState, return_focus},
    words,
};

/// The view of a part: at once where its code is there, else as soon as it has come.
pub(crate) fn show(load: fn() -> Loading, make: impl Fn() -> Making + Send + 'static) -> Erased {
    show_boxed(load, Box::new(make))
}

fn show_boxed(load: fn() -> Loading, make: Box<dyn Fn() -> Making + Send>) -> Erased {
    if let Some(Ok(())) = at_once(load())
        && let Some(Ok(view)) = at_once(make())
    {
        return view;
    }
    let tries = Tries::new(load);
    tries.begin();
    let view = move || match tries.succeeded.get() {
        None => EitherOf3::A(()),
        Some(true) => EitherOf3::B(untrack(|| at_once(make())).and_then(Result::ok)),
        Some(false) => EitherOf3::C(view! { <NotLoaded retry=move |()| tries.begin()/> }),
    };
    view.erase()
}

/// A dialog that is a part, from the first time that it is `open`. Where its code cannot be loaded, a notice says so until
/// it is closed. Setting `open` once more tries again, also where it is true already.
pub(crate) fn show_dialog(
    load: fn() -> Loading,
    make: impl Fn() -> Making + Send + 'static,
    open: Signal<bool>,
    close: Callback<()>,
) -> Erased {
    show_dialog_boxed(load, Box::new(make), open, close)
}

fn show_dialog_boxed(
    load: fn() -> Loading,
    make: Box<dyn Fn() -> Making + Send>,
    open: Signal<bool>,
    close: Callback<()>,
) -> Erased {
    let tries = Tries::new(load);
    effect(move || {
        if open.get() {
            tries.begin();
        } else {
            tries.forget_failure();
        }
    });
    let view = move || match tries.succeeded.get() {
        Some(true) => EitherOf3::A(untrack(|| at_once(make())).and_then(Result::ok)),
        Some(false) if open.get() => EitherOf3::B(view! { <NotLoaded retry=move |()| tries.begin() close/> }),
        None | Some(false) => EitherOf3::C(()),
    };
    view.erase()
}

/// The tries to load a part.
#[derive(Clone, Copy)]
struct Tries {
    load: fn() -> Loading,
    /// Whether the last one that has ended was successful.
    succeeded: RwSignal<Option<bool>>,
}

impl Tries {
    fn new(load: fn() -> Loading) -> Self {
        Self {
            load,
            succeeded: RwSignal::new(None),
        }
    }

    /// Tries once. What is there already is not made anew.
    fn begin(self) {
        spawn_local(async move {
            let succeeded = (self.load)().await.is_ok();
            // Whoever waited may have gone elsewhere.
            self.succeeded.try_maybe_update(|last| {
                let before = last.replace(succeeded);
                (before != Some(true), ())
            });
        });
    }

    fn forget_failure(self) {
        if self.succeeded.get_untracked() == Some(false) {
            self.succeeded.set(None);
        }
    }
}

/// Says that a part did not load. What can be closed is closed by Esc, too.
#[component]
fn NotLoaded(#[prop(into)] retry: Callback<()>, #[prop(optional)] close: Option<Callback<()>>) -> Erased {
    let notice = NodeRef::<html::Div>::new();
    // Of a dialog it stands at the end of the page, where nobody looks for it.
    effect(move || {
        if let Some(notice) = notice.get() {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            notice.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let close = close.map(|close| closing(notice, close));
    if let Some(close) = close {
        close_on_escape(close);
    }
    view! {
        <div node_ref=notice role="alert">
            <EmptyState
                icon=lu::LuCloudOff
                title=words::shell::PART_NOT_LOADED
                text=words::shell::PART_NOT_LOADED_TEXT.to_owned()
            >
                <Button label=words::shell::TRY_AGAIN on_press=retry/>
                {close.map(|close| view! { <Button label=words::dialogs::CLOSE on_press=close/> })}
            </EmptyState>
        </div>
    }
    .erase()
}

/// Calls `close`, and keeps the focus from getting lost together with the notice.
fn closing(notice: NodeRef<html::Div>, close: Callback<()>) -> Callback<()> {
    Callback::new(move |()| {
        let focused = document().active_element();
        let has_focus = notice
            .get_untracked()
            .is_some_and(|notice| notice.contains(focused.as_deref()));
        close.run(());
        if has_focus {
            return_focus(None);
        }
    })
}

/// The notice does not take the focus, so the key is heard wherever it is pressed; an open dialog keeps it for itself.
fn close_on_escape(close: Callback<()>) {
    effect(move || {
        let listener = window_event_listener(ev::keydown, move |event| {
            if event.key() == "Escape" && !event.default_prevented() {
                close.run(());
            }
        });
        on_cleanup(move || listener.remove());
    });
}

/// What the future answers without waiting, if it does.
fn at_once<T>(mut future: Pin<Box<dyn Future<Output = T>>>) -> Option<T> {
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Some(answer),
        Poll::Pending => None,
    }
}
