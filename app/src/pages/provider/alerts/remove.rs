//! The question before a destination is removed.

use domain::alert::AlertDestinationRow;
use leptos::prelude::*;

use crate::{
    components::confirm_dialog::ConfirmDialog,
    effect::effect,
    erase::{Erase, Erased},
    server_fns::alert_destination::RemoveAlertDestination,
    ui::use_toasts,
    words,
};

#[component]
pub(super) fn RemoveDialog(
    removing: RwSignal<Option<AlertDestinationRow>>,
    /// Called when one was removed.
    changed: Callback<()>,
) -> Erased {
    let toasts = use_toasts();
    let remove = ServerAction::<RemoveAlertDestination>::new();
    effect(move || {
        if let Some(Ok(())) = remove.value().get() {
            let row = removing.get_untracked();
            remove.clear();
            removing.set(None);
            changed.run(());
            if let Some(row) = row {
                toasts.success(words::provider::destination_removed(&row.address));
            }
        }
    });
    let close = Callback::new(move |()| {
        remove.clear();
        removing.set(None);
    });
    let on_confirm = Callback::new(move |()| {
        if let Some(row) = removing.get_untracked() {
            remove.dispatch(RemoveAlertDestination { id: row.id });
        }
    });
    let title = move || {
        let row = removing.get();
        row.map_or_else(
            || words::provider::REMOVE_DESTINATION.to_owned(),
            |row| words::provider::remove_destination_title(&row.address),
        )
    };
    let error = Signal::derive(move || remove.value().get().and_then(Result::err));
    view! {
        <ConfirmDialog
            id="remove-destination"
            title=Signal::derive(title)
            open=Signal::derive(move || removing.get().is_some())
            confirm=words::provider::REMOVE_DESTINATION
            refused=None
            busy=remove.pending()
            error
            on_confirm
            on_close=close
        >
            <p>{words::provider::REMOVE_DESTINATION_TEXT}</p>
        </ConfirmDialog>
    }
    .erase()
}
