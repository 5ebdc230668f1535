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
        page_header::PageHeader,
        page_title::PageTitle,
        token_list::{RevokeTokenDialog, TokenList},
    },
    context::use_session,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    layouts::page_frame::PageFrame,
    paths::{self, HelpTopic},
    sent_along::Sent,
    server_fns::api_token::{RevokeApiToken, list_api_tokens},
    ui::{Appearance, Banner, Button, EmptyState, Spinner, Tone, use_toasts},
    words,
};

/// The list of the person's tokens.
#[component]
pub fn TokensPage() -> Erased {
    let tokens = Sent::new(list_api_tokens);
    let creating = RwSignal::new(false);
    let revoking = RwSignal::new(None::<ApiTokenRow>);
    let changed = Callback::new(move |()| tokens.refetch());
    let list = move || {
        Suspend::new(async move {
            match tokens.read().await {
                Ok(rows) => Either::Left(view! { <OwnTokens rows revoking/> }),
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

fn waiting() -> Erased {
    view! { <Spinner label=words::tokens::LOADING/> }.erase()
}

#[component]
fn NotLoaded(error: AppError) -> Erased {
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
fn OwnTokens(rows: Vec<ApiTokenRow>, revoking: RwSignal<Option<ApiTokenRow>>) -> Erased {
    if rows.is_empty() {
        let text = words::tokens::NONE_TEXT.to_owned();
        return view! { <EmptyState icon=lu::LuKeyRound title=words::tokens::NONE_TITLE text/> }.erase();
    }
    view! { <TokenList rows label=words::tokens::LIST revoking/> }.erase()
}

#[component]
fn RevokeDialog(revoking: RwSignal<Option<ApiTokenRow>>, changed: Callback<()>) -> Erased {
    let toasts = use_toasts();
    let revoke = ServerAction::<RevokeApiToken>::new();
    effect(move || {
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
    let on_confirm = Callback::new(move |row: ApiTokenRow| {
        revoke.dispatch(RevokeApiToken { id: row.id });
    });
    view! {
        <RevokeTokenDialog
            id="revoke-token"
            revoking
            busy=revoke.pending()
            error=Signal::derive(move || revoke.value().get().and_then(Result::err))
            on_confirm
            on_close=close
        />
    }
    .erase()
}
