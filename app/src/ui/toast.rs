//! Short notices about what was just done. They come and go without moving the page; errors stay until dismissed, and so
//! may others.

use std::{sync::Arc, time::Duration};

use gloo_timers::callback::Timeout;
use icondata_lu as lu;
use leptos::{html, prelude::*};

use super::{Appearance, BrowserValue, Button, ButtonSize, Icon, LinkButton, Tone, dom, keyed};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    words,
};

/// How long a notice stays that was not told otherwise.
const BRIEF: Duration = Duration::from_secs(6);
/// Most notices at a time; the oldest that goes by itself soon makes room.
const MOST: usize = 4;

/// How long a notice stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stay {
    /// For [`BRIEF`] without pointer and focus on it.
    Brief,
    /// As long as what it offers can be done, whatever the pointer does.
    For(Duration),
    /// Until somebody takes it away.
    UntilDismissed,
}

#[derive(Clone)]
enum ToastDeed {
    /// Not a `Callback`: that would be gone with the page that made the notice.
    Press(Arc<dyn Fn() + Send + Sync>),
    Follow(String),
}

/// A notice, perhaps with something to do about it.
#[derive(Clone)]
pub struct Toast {
    tone: Tone,
    text: String,
    deed: Option<(String, ToastDeed)>,
    stay: Stay,
}

impl Toast {
    fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
            deed: None,
            stay: Stay::Brief,
        }
    }

    /// Something was done.
    pub fn success(text: impl Into<String>) -> Self {
        Self::new(Tone::Success, text)
    }

    /// Something is worth knowing.
    pub fn info(text: impl Into<String>) -> Self {
        Self::new(Tone::Info, text)
    }

    /// Something was done, but not as one might expect.
    pub fn warning(text: impl Into<String>) -> Self {
        Self::new(Tone::Warning, text)
    }

    /// Something could not be done; stays until dismissed.
    pub fn error(text: impl Into<String>) -> Self {
        Self::new(Tone::Danger, text).until_dismissed()
    }

    /// Stays until somebody takes it away.
    #[must_use]
    pub fn until_dismissed(mut self) -> Self {
        self.stay = Stay::UntilDismissed;
        self
    }

    /// Stays for `time`: for as long as its button does what it says.
    #[must_use]
    pub fn for_time(mut self, time: Duration) -> Self {
        self.stay = Stay::For(time);
        self
    }

    /// Adds a button, such as Undo; pressing it takes the notice away. The notice may outlive the page that shows it, so
    /// `press` must not count on anything of that page being there.
    #[must_use]
    pub fn action(mut self, label: impl Into<String>, press: impl Fn() + Send + Sync + 'static) -> Self {
        self.deed = Some((label.into(), ToastDeed::Press(Arc::new(press))));
        self
    }

    /// Adds a link, such as View task.
    #[must_use]
    pub fn link(mut self, label: impl Into<String>, href: impl Into<String>) -> Self {
        self.deed = Some((label.into(), ToastDeed::Follow(href.into())));
        self
    }
}

/// Where notices are handed in.
#[derive(Clone, Copy)]
pub struct Toasts {
    shown: RwSignal<Vec<(usize, Toast)>>,
    next: StoredValue<usize>,
    announced: RwSignal<(bool, String)>,
}

impl Toasts {
    fn new() -> Self {
        Self {
            shown: RwSignal::new(Vec::new()),
            next: StoredValue::new(0),
            announced: RwSignal::new((false, String::new())),
        }
    }

    /// Shows a notice.
    pub fn show(&self, toast: Toast) {
        let id = self.next.get_value();
        self.next.set_value(id + 1);
        self.shown.update(|shown| {
            shown.push((id, toast));
            if shown.len() > MOST
                && let Some(oldest) = shown.iter().position(|(_, toast)| toast.stay == Stay::Brief)
            {
                shown.remove(oldest);
            }
        });
    }

    /// Says that something was done.
    pub fn success(&self, text: impl Into<String>) {
        self.show(Toast::success(text));
    }

    /// Says something worth knowing.
    pub fn info(&self, text: impl Into<String>) {
        self.show(Toast::info(text));
    }

    /// Says that something went otherwise than expected.
    pub fn warning(&self, text: impl Into<String>) {
        self.show(Toast::warning(text));
    }

    /// Says that something could not be done; stays until dismissed.
    pub fn error(&self, text: impl Into<String>) {
        self.show(Toast::error(text));
    }

    /// Says `text` to assistive technology only, where the eye is told by other means.
    pub fn announce(&self, text: impl Into<String>) {
        // The same words twice are only read twice when the text differs.
        self.announced.update(|(odd, announced)| {
            *odd = !*odd;
            *announced = text.into();
        });
    }

    fn with_id(&self, id: usize) -> Option<Toast> {
        let find = |shown: &Vec<(usize, Toast)>| shown.iter().find(|(other, _)| *other == id).cloned();
        self.shown.with_untracked(find).map(|(_, toast)| toast)
    }

    fn dismiss(&self, id: usize) {
        self.shown.update(|shown| shown.retain(|(other, _)| *other != id));
    }
}

/// Makes notices available to everything below; call it once in the root component.
pub fn provide_toasts() -> Toasts {
    let toasts = Toasts::new();
    provide_context(toasts);
    toasts
}

/// The notices of the page. Where nobody provided them, what is handed in is shown to no one.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(Toasts::new)
}

/// The place where notices appear; render it once, after the main part of the page.
#[component]
pub fn ToastRegion() -> Erased {
    let toasts = use_toasts();
    let announced = move || {
        let (odd, text) = toasts.announced.get();
        if odd { text } else { format!("{text}\u{a0}") }
    };
    let ids = move || toasts.shown.with(|shown| shown.iter().map(|(id, _)| *id).collect());
    let card = move |id| {
        let toast = toasts.with_id(id);
        toast.map(|toast| view! { <ToastCard id toast toasts /> }).erase()
    };
    view! {
        <section class="toast-region" aria-label=words::ui::NOTICES>
            <div class="toast-region__list" role="status" aria-relevant="additions">
                {keyed(ids, card)}
            </div>
            <p class="visually-hidden" role="status">{announced}</p>
        </section>
    }
    .erase()
}

/// Takes a notice away when its time has come.
#[derive(Clone, Copy)]
struct Clock {
    running: BrowserValue<Timeout>,
    toasts: Toasts,
    id: usize,
    stay: Stay,
}

impl Clock {
    fn start(self) {
        match self.stay {
            Stay::Brief => self.run(BRIEF),
            Stay::For(time) => self.run(time),
            Stay::UntilDismissed => {}
        }
    }

    fn run(self, time: Duration) {
        let milliseconds = u32::try_from(time.as_millis()).unwrap_or(u32::MAX);
        self.running
            .set(Timeout::new(milliseconds, move || self.toasts.dismiss(self.id)));
    }

    fn stop(self) {
        self.running.clear();
    }

    /// Somebody looks at the notice.
    fn pause(self) {
        if self.stay == Stay::Brief {
            self.stop();
        }
    }

    /// Nobody looks at it any more.
    fn go_on(self) {
        if self.stay == Stay::Brief {
            self.start();
        }
    }
}

#[component]
fn ToastCard(id: usize, toast: Toast, toasts: Toasts) -> Erased {
    let card = NodeRef::<html::Div>::new();
    let danger = toast.tone == Tone::Danger;
    let clock = Clock {
        running: BrowserValue::new(),
        toasts,
        id,
        stay: toast.stay,
    };
    effect(move || clock.start());
    let dismiss = move || {
        let held_focus = card
            .get_untracked()
            .is_some_and(|card| dom::focused().is_some_and(|element| dom::holds(&card, Some(element.into()))));
        clock.stop();
        toasts.dismiss(id);
        if held_focus {
            dom::return_focus(None);
        }
    };
    // The pointer or the focus may hold it on when the other goes.
    let go_on = move || {
        let holds = |how| {
            card.get_untracked()
                .is_some_and(|card| card.matches(how).unwrap_or(false))
        };
        if !holds(":hover") && !holds(":focus-within") {
            clock.go_on();
        }
    };
    view! {
        <div
            node_ref=card
            class="toast"
            data-tone=toast.tone.name()
            role=danger.then_some("alert")
            on:mouseenter=move |_| clock.pause()
            on:mouseleave=move |_| go_on()
            on:focusin=move |_| clock.pause()
            on:focusout=move |_| go_on()
        >
            <Icon icon=toast.tone.icon() />
            <p class="toast__text">{toast.text}</p>
            {toast.deed.map(|(label, deed)| toast_deed(label, deed, dismiss))}
            <button class="toast__close" type="button" aria-label=words::ui::DISMISS on:click=move |_| dismiss()>
                <Icon icon=lu::LuX />
            </button>
        </div>
    }
    .erase()
}

fn toast_deed(label: String, deed: ToastDeed, dismiss: impl Fn() + Send + Sync + 'static) -> Erased {
    match deed {
        ToastDeed::Follow(href) => {
            view! { <LinkButton href label appearance=Appearance::Secondary size=ButtonSize::Small /> }.erase()
        }
        ToastDeed::Press(press) => {
            let press = move |()| {
                dismiss();
                press();
            };
            view! { <Button label appearance=Appearance::Secondary size=ButtonSize::Small on_press=press /> }.erase()
        }
    }
}
