//! The dialog of one person: everything about them, and what would happen if they left.

use domain::{
    access::{Action, Resource as Subject},
    ids::TeamsUserId,
    live::{Stale, TEAMS_USERS},
    teams_user::{GroupOfUser, TeamsUser, TeamsUserDetails},
};
use leptos::{either::Either, prelude::*};

use super::{
    Dialogs,
    columns::{license_chip, sign_in_mark},
    sms_off,
    undo::UndoOffer,
};
use crate::{
    components::{form, history::History, permission::refusal},
    context::{on_news, use_enterprise},
    effect::effect,
    erase::{Erase, Erased},
    paths::{self, UserDialog},
    server_fns::teams_user::get_teams_user,
    ui::{Button, CopyButton, Description, DescriptionList, Dialog, DialogBody, DialogFooter, DialogSize},
    words,
};

#[component]
pub(super) fn PersonDialog(dialogs: Dialogs) -> Erased {
    let id = dialogs.open_of(UserDialog::User);
    let name = RwSignal::new(None::<String>);
    let title = Signal::derive(move || name.get().unwrap_or_else(|| words::users::USER.to_owned()));
    let open = Signal::derive(move || id.get().is_some());
    view! {
        <Dialog id="user-dialog" title open on_close=dialogs.close size=DialogSize::Large>
            {move || id.get().map(|id| view! { <Loaded id name dialogs/> })}
        </Dialog>
    }
    .erase()
}

/// The person as they are now, also after somebody else has changed something.
#[component]
fn Loaded(id: TeamsUserId, name: RwSignal<Option<String>>, dialogs: Dialogs) -> Erased {
    name.set(None);
    let slug = use_enterprise().slug;
    let details = LocalResource::new(move || get_teams_user(slug.clone(), id));
    on_news(move |news| {
        if TEAMS_USERS.stale_after(&news) != Stale::Nothing {
            details.refetch();
        }
    });
    effect(move || {
        if let Some(Ok(details)) = details.get() {
            name.set(Some(details.user.person.display_name));
        }
    });
    let show = move |details: TeamsUserDetails| view! { <Details details dialogs/> }.erase();
    form::loaded(move || details.get(), words::users::LOADING_ONE, dialogs.close, show)
}

#[component]
fn Details(details: TeamsUserDetails, dialogs: Dialogs) -> Erased {
    let TeamsUserDetails { user, offboarded } = details;
    let offer = offboarded.map(|offboarded| {
        let person = user.person.clone();
        view! { <UndoOffer person offboarded close=dialogs.close/> }
    });
    let consequences = words::users::what_leaving_means(&user)
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect_view();
    let heading = words::users::if_they_left(&user.person.display_name);
    let id = user.person.id;
    let nothing_to_offboard = (!user.holds_anything()).then(|| words::users::NOTHING_TO_OFFBOARD.to_owned());
    view! {
        <DialogBody>
            {offer}
            <Facts user/>
            <section class="user-dialog__part">
                <h3>{heading}</h3>
                <ul class="consequences">{consequences}</ul>
            </section>
            <History resource=Subject::TeamsUser id=id.0/>
        </DialogBody>
        <DialogFooter>
            <Button label=words::dialogs::CLOSE on_press=dialogs.close/>
            <Button
                label=words::users::OFFBOARD
                disabled_reason=Signal::stored(
                    refusal(Action::Update, Subject::TeamsUser).or_else(sms_off).or(nothing_to_offboard),
                )
                on_press=move |()| dialogs.show.run(UserDialog::Offboard(id))
            />
            <Button
                label=words::users::ASSIGN
                disabled_reason=Signal::stored(sms_off())
                on_press=move |()| dialogs.show.run(UserDialog::Numbers(id))
            />
        </DialogFooter>
    }
    .erase()
}

#[component]
fn Facts(user: TeamsUser) -> Erased {
    let TeamsUser {
        person,
        object_id,
        numbers,
        groups,
        ..
    } = user;
    let name = person.display_name;
    let upn = person.user_principal_name;
    let sign_in_name = copyable(words::users::SIGN_IN_NAME, &name, vec![(upn.clone(), upn)]);
    let object_id: Vec<(String, String)> = object_id
        .map(|id| (id.to_string(), id.to_string()))
        .into_iter()
        .collect();
    let object_id = copyable(words::users::OBJECT_ID, &name, object_id);
    let numbers: Vec<(String, String)> = numbers
        .iter()
        .map(|number| (number.e164.display(), number.e164.to_string()))
        .collect();
    let numbers = copyable(words::users::OWN_NUMBERS, &name, numbers);
    view! {
        <DescriptionList>
            <Description term=words::users::SIGN_IN_NAME>{sign_in_name}</Description>
            <Description term=words::users::OBJECT_ID>{object_id}</Description>
            <Description term=words::users::LICENSES>{license_chip(person.license)}</Description>
            <Description term=words::users::SIGN_IN>{sign_in_mark(person.enabled)}</Description>
            <Description term=words::users::OWN_NUMBERS>{numbers}</Description>
            <Description term=words::users::GROUPS>
                <Groups groups/>
            </Description>
        </DescriptionList>
    }
    .erase()
}

/// Values as they are shown and as they are copied, with one button that copies all of them.
fn copyable(what: &'static str, name: &str, values: Vec<(String, String)>) -> Erased {
    if values.is_empty() {
        return view! { <span class="text-muted">{words::users::NONE}</span> }.erase();
    }
    let (shown, copied): (Vec<String>, Vec<String>) = values.into_iter().unzip();
    view! {
        <span class="cell">
            <span class="cell__value">{shown.join(", ")}</span>
            <CopyButton label=words::table::copy(what, name) value=copied.join(", ")/>
        </span>
    }
    .erase()
}

#[component]
fn Groups(groups: Vec<GroupOfUser>) -> Erased {
    if groups.is_empty() {
        return view! { <span class="text-muted">{words::users::NONE}</span> }.erase();
    }
    let enterprise = use_enterprise();
    let item = |group: GroupOfUser| {
        let name = if enterprise.switches.sms {
            let href = paths::group(&enterprise.slug, group.id);
            Either::Left(view! {
                <a class="link" href=href>
                    {group.name}
                </a>
            })
        } else {
            Either::Right(group.name)
        };
        view! {
            <li>
                {name} " " <span class="text-muted">{words::users::part(group.part)}</span>
            </li>
        }
    };
    let items = groups.into_iter().map(item).collect_view();
    view! { <ul class="user-dialog__groups">{items}</ul> }.erase()
}
