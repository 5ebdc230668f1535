//! Where the alerts of the provider's enterprises are sent: the list, and the ways to the dialogs.

mod add;
mod list;
mod remove;

use domain::{
    alert::AlertDestinationRow,
    live::{ALERT_DESTINATIONS, Stale},
};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use self::{
    add::AddDialog,
    list::{Destinations, Testing},
    remove::RemoveDialog,
};
use crate::{
    components::page_title::PageTitle,
    context::on_news,
    erase::{Erase, Erased},
    sent_along::Sent,
    server_fns::alert_destination::list_alert_destinations,
    ui::{Appearance, Banner, Button, Spinner, Tone},
    words,
};

/// The list of destinations.
#[component]
pub fn AlertsPage() -> Erased {
    let destinations = Sent::new(list_alert_destinations);
    let adding = RwSignal::new(false);
    let removing = RwSignal::new(None::<AlertDestinationRow>);
    let changed = Callback::new(move |()| destinations.refetch());
    let testing = Testing::new(changed);
    on_news(move |news| {
        if ALERT_DESTINATIONS.stale_after(&news) != Stale::Nothing {
            destinations.refetch();
        }
    });
    let shown = move || {
        Suspend::new(async move {
            match destinations.read().await {
                Ok(found) => Either::Left(view! { <Destinations found removing testing/> }),
                Err(error) => {
                    let text = error.to_string();
                    Either::Right(view! { <Banner tone=Tone::Danger text/> })
                }
            }
        })
    };
    view! {
        <PageTitle title=words::provider::ALERTS/>
        <p class="page-header__lead">{words::provider::ALERTS_LEAD}</p>
        <div class="stack">
            <div class="cluster">
                <Button
                    label=words::provider::ADD_DESTINATION
                    icon=lu::LuPlus
                    appearance=Appearance::Primary
                    opens="dialog"
                    on_press=move |()| adding.set(true)
                />
            </div>
            <Transition fallback=waiting>{shown}</Transition>
        </div>
        <AddDialog open=adding changed/>
        <RemoveDialog removing changed/>
    }
    .erase()
}

fn waiting() -> Erased {
    view! { <Spinner label=words::provider::LOADING_DESTINATIONS/> }.erase()
}
