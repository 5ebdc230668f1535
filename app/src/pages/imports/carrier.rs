//! The other first step, for numbers: what the carrier of a profile lists, in place of a file.

use domain::{
    carrier_profile::CarrierProfileRow,
    ids::CarrierProfileId,
    import::{ImportKind, ImportUpload},
    table::{PageSize, TableQuery},
};
use icondata_lu as lu;
use leptos::{either::EitherOf3, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

use crate::{
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths,
    server_fns::{carrier_profile::list_carrier_profiles, import_upload::import_from_carrier},
    ui::{Banner, Button, SelectField, SelectOption, Tone, hold_while},
    words,
};

/// The profiles whose carriers can list numbers, once they are known.
type Profiles = RwSignal<Option<Result<Vec<CarrierProfileRow>, AppError>>>;

#[component]
pub(super) fn FromCarrier(
    /// Why the person may not import, if so.
    refused: Option<String>,
) -> Erased {
    let slug = use_enterprise().slug;
    let profiles: Profiles = RwSignal::new(None);
    effect(move || {
        let query = TableQuery::default().with_size(PageSize::P200).to_query_string();
        let answer = list_carrier_profiles(slug.clone(), query);
        spawn_local(async move {
            let found = answer
                .await
                .map(|page| page.rows.into_iter().filter(can_list).collect());
            // The page may have been left.
            let _ = profiles.try_set(Some(found));
        });
    });
    let refused = StoredValue::new(refused);
    let content = move || match profiles.get() {
        Some(Ok(found)) if found.is_empty() => {
            EitherOf3::A(view! { <p class="text-muted">{words::imports::NO_PROFILE}</p> })
        }
        Some(Err(error)) => EitherOf3::B(view! { <Banner tone=Tone::Danger text=error.to_string()/> }),
        found => {
            let found = found.and_then(Result::ok).unwrap_or_default();
            EitherOf3::C(view! { <Choose profiles=found refused=refused.get_value()/> })
        }
    };
    view! {
        <section class="card" aria-labelledby="carrier-title">
            <div class="card__header">
                <h2 class="card__title" id="carrier-title">
                    {words::imports::CARRIER_TITLE}
                </h2>
            </div>
            <div class="card__body stack">
                <p>{words::imports::CARRIER_TEXT}</p>
                {content}
            </div>
        </section>
    }
    .erase()
}

fn can_list(profile: &CarrierProfileRow) -> bool {
    profile.carrier.is_netsapiens_type()
}

fn option(profile: &CarrierProfileRow) -> SelectOption {
    let label = words::imports::carrier_profile(&profile.name, profile.carrier.label());
    SelectOption::new(profile.id.to_string(), label)
}

/// The choice of a profile, and the button.
#[component]
fn Choose(profiles: Vec<CarrierProfileRow>, refused: Option<String>) -> Erased {
    let chosen = RwSignal::new(String::new());
    hold_while(Signal::derive(move || !chosen.read().is_empty()));
    let listing = use_listing();
    let first = SelectOption::new("", words::imports::CHOOSE_PROFILE);
    let options: Vec<SelectOption> = std::iter::once(first).chain(profiles.iter().map(option)).collect();
    let reason = Signal::derive(move || {
        let nothing = chosen.read().is_empty();
        refused
            .clone()
            .or_else(|| nothing.then(|| words::imports::CHOOSE_PROFILE_FIRST.to_owned()))
    });
    let press = move |()| {
        if let Ok(profile) = chosen.get_untracked().parse() {
            listing.list.run(profile);
        }
    };
    view! {
        <div class="import__fields">
            <SelectField
                id="import-profile"
                name="profile"
                label=words::imports::CARRIER_PROFILE
                options
                value=chosen
                disabled=listing.busy
            />
        </div>
        <div class="cluster">
            <Button
                label=words::imports::LIST
                icon=lu::LuCloudDownload
                busy=listing.busy
                disabled_reason=reason
                on_press=press
            />
        </div>
        <p role="status">{move || listing.busy.get().then_some(words::imports::LISTING)}</p>
        {move || {
            listing.failed.get().map(|text| view! { <Banner tone=Tone::Danger text/> })
        }}
    }
    .erase()
}

/// Whether a carrier is being asked, why the last one has listed nothing, and the way to ask one.
#[derive(Clone, Copy)]
struct Listing {
    busy: RwSignal<bool>,
    failed: RwSignal<Option<String>>,
    list: Callback<CarrierProfileId>,
}

fn use_listing() -> Listing {
    let slug = StoredValue::new(use_enterprise().slug);
    let navigate = use_navigate();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<String>);
    let ended = Callback::new(move |answer: Result<ImportUpload, AppError>| match answer {
        Ok(upload) => {
            let page = slug.with_value(|slug| paths::import_file(slug, ImportKind::Numbers, upload.id));
            navigate(&page, NavigateOptions::default());
        }
        Err(error) => {
            busy.set(false);
            failed.set(Some(error.to_string()));
        }
    });
    let list = Callback::new(move |profile: CarrierProfileId| {
        busy.set(true);
        failed.set(None);
        let answer = import_from_carrier(slug.get_value(), profile);
        spawn_local(async move {
            let answer = answer.await;
            // The page may have been left.
            ended.try_run(answer);
        });
    });
    Listing { busy, failed, list }
}
