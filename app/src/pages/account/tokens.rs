//! The API tokens of the signed-in person: the list, and the ways to the dialogs.

use domain::{
    access::{Action, Resource as Subject, allowed},
    api_token::ApiTokenRow,
};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use super::create::CreateDialog;
use crate::{
    components::{
        confirm_dialog::ConfirmDialog, date_time::DateAndTime, page_header::PageHeader, page_title::PageTitle,
    },
    context::use_session,
    erase::Erase,
    error::AppError,
    layouts::page_frame::PageFrame,
    paths::{self, HelpTopic},
    sent_along::SentAlong,
    server_fns::api_token::{RevokeApiToken, list_api_tokens},
    ui::{Appearance, Banner, Button, ButtonSize, Chip, EmptyState, Spinner, Tone, use_toasts},
    words,
};

/// The list of the person's tokens.
#[component]
pub fn TokensPage() -> AnyView {
    let tokens = Resource::<_, SentAlong>::new_with_options(|| (), |()| list_api_tokens(), false);
    let creating = RwSignal::new(false);
    let revoking = RwSignal::new(None::<ApiTokenRow>);
    let changed = Callback::new(move |()| tokens.refetch());
    let list = move || {
        Suspend::new(async move {
            match tokens.await {
                Ok(rows) => Either::Left(view! { <TokenList rows revoking/> }),
                Err(error) => Either::Right(view! { <NotLoaded error/> }),
            }
        })
    };
    view! {
        <PageFrame enterprise=None>
            <PageTitle title=words::tokens::TITLE/>
            <PageHeader title=words::tokens::TITLE lead=words::tokens::LEAD/>
            <p class="cluster">
                <a class="link" href=paths::help(HelpTopic::Api)>
                    {words::tokens::HELP}
                </a>
                <a class="link" href=paths::api_docs() rel="external">
                    {words::tokens::DOCS}
                </a>
            </p>
            <div class="stack">
                <div class="cluster">
                    <Button
                        label=words::tokens::CREATE
                        icon=lu::LuPlus
                        appearance=Appearance::Primary
                        opens="dialog"
                        disabled_reason=refusal()
                        on_press=move |()| creating.set(true)
                    />
                </div>
                <Transition fallback=waiting>{list}</Transition>
            </div>
            <CreateDialog open=creating changed/>
            <RevokeDialog revoking changed/>
        </PageFrame>
    }
    .erase()
}

fn waiting() -> AnyView {
    view! { <Spinner label=words::tokens::LOADING/> }.erase()
}

#[component]
fn NotLoaded(error: AppError) -> AnyView {
    let text = error.to_string();
    view! { <Banner tone=Tone::Danger text/> }.erase()
}

/// Why the person may make no token anywhere. Whoever reaches no enterprise is judged by the server.
fn refusal() -> Option<String> {
    let strongest = use_session()
        .enterprises
        .iter()
        .map(|enterprise| enterprise.role)
        .min()?;
    (!allowed(strongest, Action::Create, Subject::ApiToken)).then(|| words::access::refusal(strongest).to_owned())
}

#[component]
fn TokenList(rows: Vec<ApiTokenRow>, revoking: RwSignal<Option<ApiTokenRow>>) -> AnyView {
    if rows.is_empty() {
        let text = words::tokens::NONE_TEXT.to_owned();
        return view! { <EmptyState icon=lu::LuKeyRound title=words::tokens::NONE_TITLE text/> }.erase();
    }
    let items = rows
        .into_iter()
        .map(|row| view! { <TokenItem row revoking/> })
        .collect_view();
    view! {
        <ul class="token-list" aria-label=words::tokens::LIST>
            {items}
        </ul>
    }
    .erase()
}

#[component]
fn TokenItem(row: ApiTokenRow, revoking: RwSignal<Option<ApiTokenRow>>) -> AnyView {
    let end = if row.expired {
        words::tokens::ENDED
    } else {
        words::tokens::EXPIRES
    };
    let expired = row
        .expired
        .then(|| view! { <Chip tone=Tone::Danger label=words::tokens::EXPIRED/> });
    let (name, hint, reaches) = (
        row.name.clone(),
        words::tokens::hint(&row),
        words::tokens::reaches(&row),
    );
    let role = words::tokens::role(row.role);
    let (created_at, expires_at) = (row.created_at, row.expires_at);
    let (last_used_at, last_used_from) = (row.last_used_at, row.last_used_from.clone());
    let row = StoredValue::new(row);
    view! {
        <li class="token-list__item">
            <div class="token-list__what">
                <span class="token-list__name">{name.clone()}</span>
                <code>{hint}</code>
                {expired}
            </div>
            <div class="token-list__facts">
                <span>{role} ", " {reaches}</span>
                <span>{words::tokens::CREATED} " " <DateAndTime at=created_at/></span>
                <span>{end} " " <DateAndTime at=expires_at/></span>
                <LastUse at=last_used_at from=last_used_from/>
            </div>
            <div class="token-list__actions">
                <Button
                    label=words::tokens::REVOKE
                    context=name
                    icon=lu::LuTrash2
                    size=ButtonSize::Small
                    opens="dialog"
                    on_press=move |()| revoking.set(Some(row.get_value()))
                />
            </div>
        </li>
    }
    .erase()
}

#[component]
fn LastUse(at: Option<chrono::DateTime<chrono::Utc>>, from: Option<String>) -> AnyView {
    let Some(at) = at else {
        return view! { <span>{words::tokens::NEVER_USED}</span> }.erase();
    };
    let from = from.map(|address| words::tokens::from(&address));
    view! {
        <span>{words::tokens::LAST_USED} " " <DateAndTime at/> " " {from}</span>
    }
    .erase()
}

#[component]
fn RevokeDialog(revoking: RwSignal<Option<ApiTokenRow>>, changed: Callback<()>) -> AnyView {
    let toasts = use_toasts();
    let revoke = ServerAction::<RevokeApiToken>::new();
    Effect::new(move |_| {
        if let Some(Ok(())) = revoke.value().get() {
            let row = revoking.get_untracked();
            revoke.clear();
            revoking.set(None);
            changed.run(());
            if let Some(row) = row {
                toasts.success(words::tokens::revoked(&row.name));
            }
        }
    });
    let close = Callback::new(move |()| {
        revoke.clear();
        revoking.set(None);
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(row) = revoking.get_untracked() {
            revoke.dispatch(RevokeApiToken { id: row.id });
        }
    });
    let title = move || {
        let row = revoking.get();
        row.map_or_else(
            || words::tokens::REVOKE.to_owned(),
            |row| words::tokens::revoke_title(&row.name),
        )
    };
    let error = Signal::derive(move || revoke.value().get().and_then(Result::err));
    view! {
        <ConfirmDialog
            id="revoke-token"
            title=Signal::derive(title)
            open=Signal::derive(move || revoking.get().is_some())
            confirm=words::tokens::REVOKE
            refused=None
            busy=revoke.pending()
            error
            on_confirm
            on_close=close
        >
            <p>{words::tokens::REVOKE_TEXT}</p>
        </ConfirmDialog>
    }
    .erase()
}
