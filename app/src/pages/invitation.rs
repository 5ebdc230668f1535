//! The page of a one-time link: joining an enterprise, or setting a new password. A plain form, like the sign-in page.

use domain::{
    error::Error,
    invitation::{InvitationDetails, InvitationKind},
};
use leptos::{either::Either, form::ActionForm, prelude::*};
use leptos_router::hooks::use_params_map;

use crate::{
    components::page_title::PageTitle,
    erase::{Content, Erase, Erased},
    error::AppError,
    paths,
    sent_along::Sent,
    server_fns::invitation::{AcceptInvitation, get_invitation},
    ui::{
        Appearance, Banner, Button, ButtonKind, ButtonWidth, LinkButton, Logo, Required, Spinner, TextField, TextKind,
        Tone, Works,
    },
    words,
};

/// Says what the link is for and asks for name and password.
#[component]
pub fn InvitationPage() -> Erased {
    let parameters = use_params_map();
    let token = StoredValue::new(parameters.read_untracked().get("token").unwrap_or_default());
    let details = Sent::new(move || get_invitation(token.get_value()));
    let call = ServerAction::<AcceptInvitation>::new();
    let shown = move || {
        Suspend::new(async move {
            match details.read().await {
                Ok(details) => Either::Left(view! { <AcceptForm details token call/> }),
                Err(error) => Either::Right(view! { <NoSuchLink error/> }),
            }
        })
    };
    view! {
        <PageTitle title=words::invitation::TITLE/>
        <main class="sign-in" id="main" tabindex="-1">
            <div class="sign-in__card">
                <div class="sign-in__brand">
                    <Logo/>
                    <span>{words::shell::PRODUCT}</span>
                </div>
                <Transition fallback=|| view! { <Spinner label=words::shell::LOADING/> }>{shown}</Transition>
            </div>
        </main>
    }
    .erase()
}

#[component]
fn NoSuchLink(error: AppError) -> Erased {
    view! {
        <Heading title=words::invitation::NO_LINK>
            {error.to_string()}
        </Heading>
        <div class="sign-in__form">
            <LinkButton href=paths::sign_in() label=words::sign_in::SIGN_IN appearance=Appearance::Primary/>
        </div>
    }
    .erase()
}

#[component]
fn Heading(title: &'static str, children: Content) -> Erased {
    view! {
        <h1 class="sign-in__title">{title}</h1>
        <p class="sign-in__lead">{children.view()}</p>
    }
    .erase()
}

/// What is wrong with the last try. Without the browser's part the error comes back in the address, where anybody can
/// write: no text of it is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wrong {
    Name,
    Password,
    Taken,
    Link,
    Else,
}

fn wrong(error: &AppError) -> Vec<Wrong> {
    match error {
        AppError::Domain(Error::Conflict(_)) => vec![Wrong::Taken],
        AppError::Domain(Error::Gone { .. } | Error::NotFound { .. }) => vec![Wrong::Link],
        AppError::Domain(Error::Invalid { fields }) => {
            let of = |field: &str, wrong| fields.iter().any(|error| error.field == field).then_some(wrong);
            [of("display_name", Wrong::Name), of("password", Wrong::Password)]
                .into_iter()
                .flatten()
                .collect()
        }
        _ => vec![Wrong::Else],
    }
}

#[component]
fn AcceptForm(details: InvitationDetails, token: StoredValue<String>, call: ServerAction<AcceptInvitation>) -> Erased {
    let is_new = details.kind == InvitationKind::Invitation && !details.has_account;
    let joins = details.kind == InvitationKind::Invitation;
    let knows_password = joins && details.has_account;
    let failed = Signal::derive(move || call.value().get().and_then(Result::err));
    let is_wrong = move |what: Wrong| failed.read().as_ref().is_some_and(|error| wrong(error).contains(&what));
    let banner = move || {
        let text = if is_wrong(Wrong::Taken) {
            words::invitation::TAKEN.to_owned()
        } else if is_wrong(Wrong::Link) {
            words::invitation::NO_LINK_TEXT.to_owned()
        } else if is_wrong(Wrong::Else) {
            failed.get().and_then(|error| error.fixed_text())?
        } else {
            return None;
        };
        Some(view! { <Banner tone=Tone::Danger text/> })
    };
    let name_error = Signal::derive(move || is_wrong(Wrong::Name).then(|| words::invitation::NAME_RULE.to_owned()));
    let password_error = Signal::derive(move || {
        let text = if knows_password {
            words::invitation::WRONG_PASSWORD
        } else {
            words::invitation::PASSWORD_RULE
        };
        is_wrong(Wrong::Password).then(|| text.to_owned())
    });
    let (label, autocomplete) = if knows_password {
        (words::sign_in::PASSWORD, "current-password")
    } else {
        (words::invitation::NEW_PASSWORD, "new-password")
    };
    let hint = (!knows_password).then(|| words::invitation::PASSWORD_RULE.to_owned());
    let title = if joins {
        words::invitation::JOIN
    } else {
        words::invitation::RESET
    };
    let lead = words::invitation::lead(&details);
    let name = is_new.then(|| {
        view! {
            <TextField
                id="display-name"
                name="display_name"
                label=words::invitation::NAME
                error=name_error
                autocomplete="name"
                required=Required::Yes
            />
        }
    });
    view! {
        <Heading title>{lead}</Heading>
        <ActionForm action=call>
            {banner}
            <input type="hidden" name="token" value=token.get_value()/>
            {name}
            <TextField
                id="password"
                name="password"
                label
                hint=hint
                error=password_error
                kind=TextKind::Password
                autocomplete
                required=Required::Yes
            />
            <Button
                label=title
                appearance=Appearance::Primary
                kind=ButtonKind::Submit
                works=Works::Always
                width=ButtonWidth::Full
                busy=call.pending()
            />
        </ActionForm>
    }
    .erase()
}
