//! Modal dialogs over the native `<dialog>`: labelled by their title, the first field focused, the focus back where it came
//! from, and typed changes dropped only after asking.

use icondata_lu as lu;
use leptos::{context::Provider, ev, html, prelude::*, web_sys::HtmlElement};

use super::{Appearance, Banner, BrowserValue, Button, Icon, Tone, dom, hold_while, use_hold_notice, use_hydrated};
use crate::{
    effect::effect,
    erase::{Content, ContentFn, Erase, Erased},
    words,
};

mod focus;

/// How wide a dialog is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DialogSize {
    /// For a question.
    Small,
    /// For a form of one column.
    #[default]
    Medium,
    /// For two columns or a table.
    Large,
}

/// What a dialog is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum DialogKind {
    /// Filling something in: the first field gets the focus.
    #[default]
    Form,
    /// Answering a question: the first button of the footer, which should be the harmless one, gets the focus.
    Confirm,
}

/// The dialog around a view.
#[derive(Clone, Copy)]
pub struct DialogHandle(Option<Callback<()>>);

impl DialogHandle {
    /// Closes the dialog as Esc would: asks first when changes would be lost.
    pub fn request_close(&self) {
        if let Some(request) = self.0 {
            request.run(());
        }
    }
}

/// The dialog around this view; outside of any, a handle that does nothing.
pub fn use_dialog() -> DialogHandle {
    use_context().unwrap_or(DialogHandle(None))
}

/// A modal dialog. Its content exists only while it is open, so every opening starts afresh. The page is held meanwhile.
#[component]
pub fn Dialog(
    /// Unique in the page.
    #[prop(into)]
    id: String,
    /// What the dialog is for; its name.
    #[prop(into)]
    title: Signal<String>,
    /// A sentence under the title.
    #[prop(optional, into)]
    lead: Signal<Option<String>>,
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// Called when it may close: make `open` false.
    #[prop(into)]
    on_close: Callback<()>,
    /// Whether closing would lose typed changes.
    #[prop(optional, into)]
    dirty: Signal<bool>,
    /// How wide it is.
    #[prop(optional)]
    size: DialogSize,
    /// What it is for.
    #[prop(optional)]
    kind: DialogKind,
    /// [`DialogBody`] and [`DialogFooter`], perhaps within a form of class `dialog__form`.
    children: ContentFn,
) -> Erased {
    let dialog = NodeRef::<html::Dialog>::new();
    let asking = RwSignal::new(false);
    // Only scripts can open a dialog, so the server draws none, also where the address names one.
    let hydrated = use_hydrated();
    let open = Signal::derive(move || hydrated.get() && open.get());
    let title_id = format!("{id}-title");
    let request_close = Callback::new(move |()| {
        if dirty.get_untracked() {
            asking.set(true);
        } else {
            on_close.run(());
        }
    });
    follow_open(dialog, open, kind);
    hold_while(open);
    let waiting = use_hold_notice();
    let closed = move |_| {
        // The browser may close a dialog against our will; the question must not be lost with it. It tells so later, when
        // the page may have been made anew.
        if open.try_get_untracked() == Some(true) {
            if let Some(dialog) = dialog.get_untracked().filter(|_| dirty.get_untracked()) {
                dom::log_refusal(dialog.show_modal());
            }
            request_close.run(());
        }
    };
    let class = match size {
        DialogSize::Small => "dialog dialog--small",
        DialogSize::Medium => "dialog",
        DialogSize::Large => "dialog dialog--large",
    };
    let labelled_by = title_id.clone();
    let content = move || {
        let (children, title_id) = (children.clone(), title_id.clone());
        view! {
            <Provider value=DialogHandle(Some(request_close))>
                <div class="dialog__surface">
                    <DialogHeader id=title_id title lead request_close />
                    {move || waiting.get().map(waiting_notice)}
                    {children.view()}
                </div>
            </Provider>
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class=class
            id=id.clone()
            role=(kind == DialogKind::Confirm).then_some("alertdialog")
            aria-labelledby=labelled_by
            on:keydown=move |ev| close_on_escape(&ev, request_close)
            on:cancel=move |ev: ev::Event| {
                ev.prevent_default();
                request_close.run(());
            }
            on:close=closed
        >
            <Show when=move || open.get()>{content.clone()}</Show>
            <DiscardQuestion id=format!("{id}-discard") asking on_discard=on_close />
        </dialog>
    }
    .erase()
}

/// Says that the page around the dialog is to change.
fn waiting_notice(text: String) -> Erased {
    view! { <div class="dialog__notice"><Banner tone=Tone::Info text/></div> }.erase()
}

/// Esc is handled as a key because browsers let a page refuse the `cancel` event only once in a row.
fn close_on_escape(ev: &ev::KeyboardEvent, request_close: Callback<()>) {
    if ev.key() == "Escape" && !ev.default_prevented() {
        ev.prevent_default();
        ev.stop_propagation();
        request_close.run(());
    }
}

/// Opens and closes the element as the signal says, and takes care of the focus.
fn follow_open(dialog: NodeRef<html::Dialog>, open: Signal<bool>, kind: DialogKind) {
    let opener = BrowserValue::<HtmlElement>::new();
    let first_field = BrowserValue::<focus::FirstField>::new();
    let give_back = move || {
        first_field.clear();
        let opener = opener.take();
        request_animation_frame(move || {
            if dom::focused().is_none() {
                dom::return_focus(opener.as_ref());
            }
        });
    };
    effect(move || {
        let Some(element) = dialog.get() else { return };
        match (open.get(), element.open()) {
            (true, false) => {
                opener.set(dom::focused());
                dom::log_refusal(element.show_modal());
                first_field.set(focus::FirstField::seek(&element, kind));
            }
            (false, true) => {
                element.close();
                give_back();
            }
            _ => {}
        }
    });
    on_cleanup(move || {
        if opener.is_set() {
            give_back();
        }
    });
}

#[component]
fn DialogHeader(
    id: String,
    title: Signal<String>,
    lead: Signal<Option<String>>,
    request_close: Callback<()>,
) -> Erased {
    view! {
        <div class="dialog__header">
            <div class="dialog__heading">
                <h2 class="dialog__title" id=id tabindex="-1">{title}</h2>
                {move || lead.get().map(|lead| view! { <p class="dialog__lead">{lead}</p> })}
            </div>
            <button
                class="dialog__close"
                type="button"
                aria-label=words::ui::CLOSE
                on:click=move |_| request_close.run(())
            >
                <Icon icon=lu::LuX />
            </button>
        </div>
    }
    .erase()
}

/// The scrolling part of a dialog.
#[component]
pub fn DialogBody(
    /// Fields or sentences.
    children: Content,
) -> Erased {
    view! { <div class="dialog__body">{children.view()}</div> }.erase()
}

/// The buttons of a dialog: the harmless one first, the one that does it last.
#[component]
pub fn DialogFooter(
    /// The buttons.
    children: Content,
) -> Erased {
    view! { <div class="dialog__footer">{children.view()}</div> }.erase()
}

/// Asks before typed changes are dropped, in a dialog above the dialog.
#[component]
fn DiscardQuestion(id: String, asking: RwSignal<bool>, on_discard: Callback<()>) -> Erased {
    let dialog = NodeRef::<html::Dialog>::new();
    let keep = Callback::new(move |()| asking.set(false));
    let discard = move |()| {
        asking.set(false);
        on_discard.run(());
    };
    follow_open(dialog, asking.into(), DialogKind::Confirm);
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let (labelled_by, described_by) = (title_id.clone(), text_id.clone());
    let content = move || {
        let text_id = text_id.clone();
        view! {
            <div class="dialog__surface">
                <div class="dialog__header">
                    <h2 class="dialog__title" id=title_id.clone() tabindex="-1">{words::ui::DISCARD_TITLE}</h2>
                </div>
                <DialogBody>
                    <p id=text_id>{words::ui::DISCARD_TEXT}</p>
                </DialogBody>
                <DialogFooter>
                    <Button label=words::ui::KEEP_EDITING on_press=keep />
                    <Button label=words::ui::DISCARD appearance=Appearance::Danger on_press=discard />
                </DialogFooter>
            </div>
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog dialog--small"
            id=id
            role="alertdialog"
            aria-labelledby=labelled_by
            aria-describedby=described_by
            on:keydown=move |ev| close_on_escape(&ev, keep)
            on:cancel=move |ev: ev::Event| {
                ev.prevent_default();
                ev.stop_propagation();
                keep.run(());
            }
            on:close=move |_| asking.set(false)
        >
            <Show when=move || asking.get()>{content.clone()}</Show>
        </dialog>
    }
    .erase()
}
