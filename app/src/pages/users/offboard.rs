//! Offboard: decisions, then a preview of everything that follows from them, then the deed.

use domain::{
    access::{Action, Resource as Subject},
    ids::TeamsUserId,
    teams_user::{OffboardInput, Offboarding, TeamsUser},
};
use leptos::{either::Either, prelude::*};

use super::{
    Deed, Dialogs, Done, load, loaded,
    offboard_form::{OffboardFields, OffboardForm},
    sms_off,
};
use crate::{
    components::{
        form::{FreeForm, OnlyToRead, split_outdated, use_sending},
        permission::refusal,
    },
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::UserDialog,
    server_fns::teams_user::{OffboardUser, PreviewOffboarding},
    ui::{Appearance, Banner, Button, ButtonSize, Dialog, DialogBody, DialogFooter, Tone},
    words,
};

#[component]
pub(super) fn OffboardDialog(dialogs: Dialogs) -> Erased {
    let id = dialogs.open_of(UserDialog::Offboard);
    let name = RwSignal::new(None::<String>);
    let title = Signal::derive(move || {
        name.get().map_or_else(
            || words::users::OFFBOARD.to_owned(),
            |name| words::users::offboard(&name),
        )
    });
    let open = Signal::derive(move || id.get().is_some());
    let dirty = RwSignal::new(false);
    view! {
        <Dialog id="offboard" title lead=words::users::OFFBOARD_LEAD open on_close=dialogs.close dirty>
            {move || id.get().map(|id| view! { <Loaded id name dialogs dirty/> })}
        </Dialog>
    }
    .erase()
}

#[component]
fn Loaded(id: TeamsUserId, name: RwSignal<Option<String>>, dialogs: Dialogs, dirty: RwSignal<bool>) -> Erased {
    name.set(None);
    let user = load(id);
    effect(move || {
        if let Some(Ok(user)) = user.get() {
            name.set(Some(user.person.display_name));
        }
    });
    let begin_again = Callback::new(move |()| user.refetch());
    loaded(user, dialogs, move |user| {
        view! { <Steps user dialogs dirty begin_again/> }.erase()
    })
}

/// The decisions that a preview was made of, and the preview.
type Previewed = Option<(OffboardInput, Offboarding)>;

#[component]
fn Steps(user: TeamsUser, dialogs: Dialogs, dirty: RwSignal<bool>, begin_again: Callback<()>) -> Erased {
    if !user.holds_anything() {
        return view! { <NothingToDo dialogs/> }.erase();
    }
    let form = OffboardForm::of(user);
    let changed = form.dirty();
    effect(move || dirty.set(changed.get()));
    let previewed = RwSignal::new(None::<(OffboardInput, Offboarding)>);
    let step = move || match previewed.get() {
        None => Either::Left(view! { <Decisions form previewed begin_again/> }),
        Some((input, preview)) => Either::Right(view! {
            <Preview input preview previewed dialogs begin_again/>
        }),
    };
    step.erase()
}

#[component]
fn NothingToDo(dialogs: Dialogs) -> Erased {
    view! {
        <OnlyToRead close=dialogs.close>
            <Banner tone=Tone::Info text=words::users::NOTHING_TO_OFFBOARD/>
        </OnlyToRead>
    }
    .erase()
}

#[component]
fn Decisions(form: OffboardForm, previewed: RwSignal<Previewed>, begin_again: Callback<()>) -> Erased {
    let slug = use_enterprise().slug;
    let id = form.user.with_value(|user| user.person.id);
    let asked = StoredValue::new(OffboardInput::default());
    let input = move || {
        let input = form.input();
        asked.set_value(input.clone());
        PreviewOffboarding {
            enterprise: slug.clone(),
            id,
            input,
        }
    };
    let sending = use_sending(*ServerAction::<PreviewOffboarding>::new(), input, move |preview| {
        previewed.set(Some((asked.get_value(), preview)));
    });
    let (outdated, sending) = sending.split_outdated();
    view! {
        <FreeForm sending label=words::users::PREVIEW>
            <ChangedMeanwhile outdated begin_again/>
            <OffboardFields form error=sending.error/>
        </FreeForm>
    }
    .erase()
}

#[component]
fn Preview(
    input: OffboardInput,
    preview: Offboarding,
    previewed: RwSignal<Previewed>,
    dialogs: Dialogs,
    begin_again: Callback<()>,
) -> Erased {
    let slug = StoredValue::new(use_enterprise().slug);
    let (id, name) = (preview.person.id, preview.person.display_name);
    let input = StoredValue::new(input);
    let offboard = ServerAction::<OffboardUser>::new();
    effect(move || {
        if let Some(Ok(done)) = offboard.value().get() {
            dialogs.done.run(Done {
                id,
                name: done.person.display_name,
                deed: Deed::Offboarded,
            });
        }
    });
    let confirm = move |()| {
        offboard.dispatch(OffboardUser {
            enterprise: slug.get_value(),
            id,
            input: input.get_value(),
        });
    };
    let failed = Signal::derive(move || offboard.value().get().and_then(Result::err));
    let (outdated, error) = split_outdated(failed);
    let refused = move || {
        let error = error.get();
        error.map(|error| view! { <Banner tone=Tone::Danger text=told(&error)/> })
    };
    let items = preview
        .consequences
        .iter()
        .map(|consequence| view! { <li>{words::users::consequence(&name, consequence)}</li> })
        .collect_view();
    let rest = preview
        .rest_days
        .map(|days| view! { <p class="text-muted">{words::users::should_rest(days)}</p> });
    view! {
        <DialogBody>
            <ChangedMeanwhile outdated begin_again/>
            {refused}
            <div role="status">
                <p class="text-strong">{words::users::PREVIEW_TITLE}</p>
                <ul class="consequences">{items}</ul>
                {rest}
            </div>
        </DialogBody>
        <DialogFooter>
            <Button label=words::users::BACK on_press=move |()| previewed.set(None)/>
            <Button
                label=words::users::offboard(&name)
                appearance=Appearance::Danger
                busy=offboard.pending()
                disabled_reason=Signal::stored(refusal(Action::Update, Subject::TeamsUser).or_else(sms_off))
                on_press=confirm
            />
        </DialogFooter>
    }
    .erase()
}

/// Why it could not be done; what is wrong with a field says more than that some are.
fn told(error: &AppError) -> String {
    let messages: Vec<&str> = error
        .field_errors()
        .iter()
        .map(|field| field.message.as_str())
        .collect();
    if messages.is_empty() {
        error.to_string()
    } else {
        messages.join(" ")
    }
}

/// Says that the decisions were made from something that is no longer so.
#[component]
fn ChangedMeanwhile(outdated: Memo<bool>, begin_again: Callback<()>) -> Erased {
    let shown = move || {
        outdated.get().then(|| {
            view! {
                <Banner tone=Tone::Warning text=words::users::CHANGED_MEANWHILE>
                    <div class="banner__actions">
                        <Button label=words::users::BEGIN_AGAIN size=ButtonSize::Small on_press=begin_again/>
                    </div>
                </Banner>
            }
        })
    };
    shown.erase()
}
