//! The enterprise named in the address, framing its pages.

use domain::{
    access::Role,
    enterprise::{EnterpriseContext, EnterpriseSlug},
    live::{ENTERPRISE_CONTEXT, Stale},
};
use leptos::prelude::*;
use leptos_router::{components::Outlet, hooks::use_params_map};

use crate::{
    components::error_page::ErrorPage,
    context::{
        Loaded, load_visited_enterprise, no_such_enterprise, on_news, provide_enterprise, provide_live, use_reloadable,
        use_visit,
    },
    erase::{Erase, Erased},
    layouts::page_frame::PageFrame,
    paths,
    ui::{Banner, Spinner, Tone, provide_hold},
    words,
};

/// Provides the enterprise to the pages below, with its own top bar.
#[component]
pub fn EnterpriseLayout() -> Erased {
    let parameters = use_params_map();
    let slug = Memo::new(move |_| parameters.read().get("enterprise").unwrap_or_default());
    let name = slug.get_untracked();
    let visited = match EnterpriseSlug::parse(&name) {
        Ok(_) => use_visit()
            .enterprise
            .filter(|(visited, _)| *visited == name)
            .map(|(_, enterprise)| enterprise),
        // No enterprise can have that name; the server knew it by its escapes.
        Err(_) => Some(Err(no_such_enterprise())),
    };
    let (latest, reload) = use_reloadable(slug, visited, load_visited_enterprise);
    let enterprise = held(latest);
    let shown = move || match enterprise.get() {
        Loaded::Ready(enterprise) => {
            provide_enterprise(enterprise.clone());
            provide_live(&enterprise.slug);
            // What the provider switches is followed: all that is shown here is made anew when it differs and nothing
            // holds it.
            on_news(move |news| {
                if ENTERPRISE_CONTEXT.stale_after(&news) != Stale::Nothing {
                    reload.run(());
                }
            });
            view! {
                <PageFrame enterprise=Some(enterprise.clone())>
                    <WhoWorksHere enterprise/>
                    <Outlet/>
                </PageFrame>
            }
            .erase()
        }
        Loaded::Failed(error) => view! {
            <PageFrame enterprise=None>
                <ErrorPage error/>
            </PageFrame>
        }
        .erase(),
        Loaded::Loading => view! {
            <PageFrame enterprise=None>
                <Spinner label=words::shell::LOADING/>
            </PageFrame>
        }
        .erase(),
    };
    shown.erase()
}

/// The enterprise as it is shown: as `latest` says, but not while an open dialog would be lost with the page. What waits
/// is told there.
fn held(latest: Signal<Loaded<EnterpriseContext>>) -> Memo<Loaded<EnterpriseContext>> {
    let holders = RwSignal::new(0_u32);
    let shown = Memo::new(move |shown: Option<&Loaded<EnterpriseContext>>| {
        let held = holders.get() > 0;
        latest.get().unless_held(shown, held)
    });
    let notice = Signal::derive(move || {
        let shown = shown.read();
        let latest = latest.read();
        let text = match *latest {
            Loaded::Failed(_) => words::shell::CANNOT_BE_OPENED,
            _ => words::shell::SETTINGS_CHANGED,
        };
        (*shown != *latest).then(|| text.to_owned())
    });
    provide_hold(holders, notice);
    shown
}

/// Tells the provider's admin whose pages these are, and leads back to the console.
#[component]
fn WhoWorksHere(enterprise: EnterpriseContext) -> Erased {
    let is_provider = enterprise.role == Role::ProviderAdmin;
    let tone = if enterprise.suspended {
        Tone::Warning
    } else {
        Tone::Info
    };
    let text = words::provider::working_in(&enterprise);
    let note = is_provider.then(|| {
        view! { <Banner tone text href=paths::provider() link_label=words::provider::BACK/> }
    });
    note.erase()
}
