//! The API tokens of somebody's account that reach the enterprise: the list, and revoking one after a question.

use domain::{api_token::ApiTokenRow, ids::MembershipId};
use icondata_lu as lu;
use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::{Dialogs, follow};
use crate::{
    components::{
        form::OnlyToRead,
        token_list::{RevokeTokenDialog, TokenList},
    },
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths::MemberDialog,
    server_fns::membership::{RevokeMemberToken, list_member_tokens},
    ui::{Banner, Dialog, EmptyState, Spinner, Tone},
    words,
};

/// The tokens of an open dialog.
#[derive(Clone, Copy)]
struct Tokens {
    dialogs: Dialogs,
    /// Whose they are.
    id: Memo<Option<Uuid>>,
    /// Nothing until the server has answered.
    rows: RwSignal<Option<Result<Vec<ApiTokenRow>, AppError>>>,
    /// The one that is to be revoked.
    revoking: RwSignal<Option<ApiTokenRow>>,
}

impl Tokens {
    /// Asks for the tokens, and shows them unless the dialog is another one by then.
    fn load(self) {
        let Some(asked) = self.id.get_untracked() else { return };
        let answer = list_member_tokens(self.dialogs.enterprise.get_value(), MembershipId(asked));
        spawn_local(async move {
            let answer = answer.await;
            if self.id.try_get_untracked() == Some(Some(asked)) {
                self.rows.set(Some(answer));
            }
        });
    }
}

#[component]
pub(super) fn TokensDialog(dialogs: Dialogs) -> Erased {
    let id = Memo::new(move |_| match dialogs.open.get() {
        Some(MemberDialog::Tokens(id)) => Some(id),
        _ => None,
    });
    let tokens = Tokens {
        dialogs,
        id,
        rows: RwSignal::new(None),
        revoking: RwSignal::new(None),
    };
    effect(move || {
        tokens.rows.set(None);
        tokens.revoking.set(None);
        if id.get().is_some() {
            tokens.load();
        }
    });
    let member = follow(dialogs, id);
    let title = move || match member.get() {
        Some(Ok(row)) => words::provider::tokens_of(row.name()),
        _ => words::provider::TOKENS.to_owned(),
    };
    view! {
        <Dialog
            id="member-tokens"
            title=Signal::derive(title)
            open=Signal::derive(move || id.get().is_some())
            on_close=dialogs.close
        >
            <OnlyToRead close=dialogs.close>
                {move || shown(tokens)}
            </OnlyToRead>
        </Dialog>
        <RevokeDialog tokens/>
    }
    .erase()
}

fn shown(tokens: Tokens) -> Erased {
    match tokens.rows.get() {
        Some(Ok(rows)) if rows.is_empty() => {
            let text = words::provider::NO_TOKENS_TEXT.to_owned();
            view! { <EmptyState icon=lu::LuKeyRound title=words::provider::NO_TOKENS text/> }.erase()
        }
        Some(Ok(rows)) => view! { <TokenList rows label=words::provider::TOKENS revoking=tokens.revoking/> }.erase(),
        Some(Err(error)) => view! { <Banner tone=Tone::Danger text=error.to_string()/> }.erase(),
        None => view! { <Spinner label=words::provider::LOADING_TOKENS/> }.erase(),
    }
}

#[component]
fn RevokeDialog(tokens: Tokens) -> Erased {
    let revoke = ServerAction::<RevokeMemberToken>::new();
    effect(move || {
        if let Some(Ok(())) = revoke.value().get() {
            revoke.clear();
            tokens.revoking.set(None);
            tokens.load();
        }
    });
    let close = Callback::new(move |()| {
        revoke.clear();
        tokens.revoking.set(None);
    });
    let on_confirm = Callback::new(move |row: ApiTokenRow| {
        if let Some(id) = tokens.id.get_untracked() {
            revoke.dispatch(RevokeMemberToken {
                enterprise: tokens.dialogs.enterprise.get_value(),
                id: MembershipId(id),
                token: row.id,
            });
        }
    });
    view! {
        <RevokeTokenDialog
            id="revoke-member-token"
            revoking=tokens.revoking
            busy=revoke.pending()
            error=Signal::derive(move || revoke.value().get().and_then(Result::err))
            on_confirm
            on_close=close
        />
    }
    .erase()
}
