//! API tokens in a list, as their owner and the provider of an enterprise see them, and the question before one of them
//! is revoked.

use domain::api_token::ApiTokenRow;
use icondata_lu as lu;
use leptos::prelude::*;

use crate::{
    components::{confirm_dialog::ConfirmDialog, date_time::DateAndTime},
    erase::{Erase, Erased},
    error::AppError,
    ui::{Button, ButtonSize, Chip, Tone},
    words,
};

/// The tokens, each with a button that asks for its revoking.
#[component]
pub fn TokenList(
    /// The tokens.
    rows: Vec<ApiTokenRow>,
    /// Whose they are; the list's name.
    label: &'static str,
    /// Is set to the token that is to be revoked.
    revoking: RwSignal<Option<ApiTokenRow>>,
) -> Erased {
    let items = rows
        .into_iter()
        .map(|row| view! { <TokenItem row revoking/> })
        .collect_view();
    view! {
        <ul class="token-list" aria-label=label>
            {items}
        </ul>
    }
    .erase()
}

#[component]
fn TokenItem(row: ApiTokenRow, revoking: RwSignal<Option<ApiTokenRow>>) -> Erased {
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
                <RemovalButton
                    label=words::tokens::REVOKE
                    context=name
                    on_press=move |()| revoking.set(Some(row.get_value()))
                />
            </div>
        </li>
    }
    .erase()
}

#[component]
fn LastUse(at: Option<chrono::DateTime<chrono::Utc>>, from: Option<String>) -> Erased {
    let Some(at) = at else {
        return view! { <span>{words::tokens::NEVER_USED}</span> }.erase();
    };
    let from = from.map(|address| words::tokens::from(&address));
    view! {
        <span>{words::tokens::LAST_USED} " " <DateAndTime at/> " " {from}</span>
    }
    .erase()
}

/// The button of an item that asks before the item goes.
#[component]
pub fn RemovalButton(
    /// What becomes of the item.
    label: &'static str,
    /// The item's name.
    context: String,
    /// Asks.
    #[prop(into)]
    on_press: Callback<()>,
) -> Erased {
    view! { <Button label context icon=lu::LuTrash2 size=ButtonSize::Small opens="dialog" on_press/> }.erase()
}

/// Asks before a token is revoked.
#[component]
pub fn RevokeTokenDialog(
    /// The dialog's element id.
    id: &'static str,
    /// The token; nothing while the dialog is closed.
    revoking: RwSignal<Option<ApiTokenRow>>,
    /// Whether it is being revoked.
    busy: Memo<bool>,
    /// Why it could not be revoked.
    error: Signal<Option<AppError>>,
    /// Revokes it.
    on_confirm: Callback<ApiTokenRow>,
    /// Closes the dialog.
    on_close: Callback<()>,
) -> Erased {
    let confirmed = Callback::new(move |()| {
        if let Some(row) = revoking.get_untracked() {
            on_confirm.run(row);
        }
    });
    let title = move || {
        let row = revoking.get();
        row.map_or_else(
            || words::tokens::REVOKE.to_owned(),
            |row| words::tokens::revoke_title(&row.name),
        )
    };
    view! {
        <ConfirmDialog
            id
            title=Signal::derive(title)
            open=Signal::derive(move || revoking.get().is_some())
            confirm=words::tokens::REVOKE
            refused=None
            busy
            error
            on_confirm=confirmed
            on_close
        >
            <p>{words::tokens::REVOKE_TEXT}</p>
        </ConfirmDialog>
    }
    .erase()
}
