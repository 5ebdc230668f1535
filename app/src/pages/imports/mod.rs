//! Importing numbers or users: the page where a file is uploaded or a carrier lists numbers, and the page of that file.

mod apply;
mod carrier;
mod file;
mod outcomes;
mod sample;
mod send;
mod shape;
mod upload;

use domain::{access::Action, ids::ImportUploadId, import::ImportKind};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};
use leptos_router::hooks::use_location;

use self::{carrier::FromCarrier, file::UploadedFile, upload::Upload};
use crate::{
    components::{page_header::PageHeader, page_title::PageTitle, permission::refusal},
    context::use_enterprise,
    erase::{Erase, Erased},
    layouts::sms::SmsOff,
    pages::not_found::NotFound,
    paths::{self, HelpTopic},
    ui::{Banner, EmptySize, EmptyState, Tone, use_hold_notice},
    words,
};

/// The page that the address asks for.
#[component]
pub fn ImportPage() -> Erased {
    let path = use_location().pathname.get_untracked();
    match paths::import_of(&path) {
        Some((kind, upload)) => view! { <Import kind upload/> }.erase(),
        None => view! { <NotFound/> }.erase(),
    }
}

#[component]
fn Import(kind: ImportKind, upload: Option<ImportUploadId>) -> Erased {
    let enterprise = use_enterprise();
    if kind == ImportKind::Numbers && !enterprise.switches.sms {
        return view! { <SmsOff enterprise/> }.erase();
    }
    let title = words::imports::title(kind);
    let waiting = use_hold_notice();
    let content = if kind == ImportKind::Numbers && !enterprise.keeps_numbers() {
        Either::Left(view! {
            <EmptyState
                icon=lu::LuInfo
                title=words::imports::NOT_HERE
                text=words::imports::PROVIDER_KEEPS.to_owned()
                size=EmptySize::Page
            />
        })
    } else {
        let refused = refusal(Action::Import, kind.resource());
        Either::Right(match upload {
            None => view! { <Begin kind refused/> }.erase(),
            Some(id) => view! { <UploadedFile kind id refused/> }.erase(),
        })
    };
    view! {
        <PageTitle title=format!("{title} · {}", enterprise.name)/>
        <PageHeader title lead=words::imports::LEAD/>
        <p class="text-muted">
            <a class="link" href=paths::help(HelpTopic::Importing)>
                {words::imports::HELP_LINK}
            </a>
        </p>
        {move || waiting.get().map(|text| view! { <Banner tone=Tone::Info text/> })}
        {content}
    }
    .erase()
}

/// The ways to begin: a file, and for numbers what a carrier lists.
#[component]
fn Begin(kind: ImportKind, refused: Option<String>) -> Erased {
    let from_carrier = (kind == ImportKind::Numbers).then(|| {
        let refused = refused.clone();
        view! { <FromCarrier refused/> }
    });
    view! {
        <div class="stack">
            <Upload kind refused/>
            {from_carrier}
        </div>
    }
    .erase()
}
