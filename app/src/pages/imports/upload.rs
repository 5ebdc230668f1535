//! The first step: a file by dropping it or by a button.

use domain::import::{ImportKind, ImportUpload, MAX_FILE_BYTES};
use icondata_lu as lu;
use leptos::{
    ev, html,
    prelude::*,
    task::spawn_local,
    web_sys::{DragEvent, File, HtmlInputElement},
};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use wasm_bindgen::JsCast;

use super::send::SentFile;
use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    error::AppError,
    paths,
    ui::{Appearance, Banner, BrowserValue, Button, LinkButton, Tone, hold_while},
    words,
};

/// How far the upload is, and the way to begin one.
#[derive(Clone, Copy)]
struct Uploading {
    percent: RwSignal<Option<f64>>,
    failed: RwSignal<Option<String>>,
    send: Callback<File>,
}

fn use_uploading(kind: ImportKind) -> Uploading {
    let slug = StoredValue::new(use_enterprise().slug);
    let navigate = use_navigate();
    let sent = BrowserValue::<SentFile>::new();
    let percent = RwSignal::new(None::<f64>);
    let failed = RwSignal::new(None::<String>);
    let ended = Callback::new(move |answer: Result<ImportUpload, String>| match answer {
        Ok(upload) => {
            let page = slug.with_value(|slug| paths::import_file(slug, kind, upload.id));
            navigate(&page, NavigateOptions::default());
        }
        Err(reason) => {
            percent.set(None);
            failed.set(Some(reason));
        }
    });
    let send = Callback::new(move |file: File| {
        let most = u32::try_from(MAX_FILE_BYTES).unwrap_or(u32::MAX);
        if file.size() > f64::from(most) {
            failed.set(Some(words::imports::TOO_LARGE.to_owned()));
            return;
        }
        failed.set(None);
        percent.set(Some(0.0));
        let address = slug.with_value(|slug| paths::import_upload(slug, kind));
        let begun = SentFile::send(
            &address,
            &file,
            move |sent| {
                let _ = percent.try_set(Some(sent));
            },
            // The page may be left by it, and with the page goes the request that calls this.
            move |answer| {
                spawn_local(async move {
                    ended.try_run(answer);
                });
            },
        );
        match begun {
            Ok(file) => sent.set(file),
            Err(_) => ended.run(Err(AppError::Interrupted.to_string())),
        }
    });
    Uploading { percent, failed, send }
}

#[component]
pub(super) fn Upload(
    kind: ImportKind,
    /// Why the person may not import, if so.
    refused: Option<String>,
) -> Erased {
    let uploading = use_uploading(kind);
    let may = refused.is_none();
    let over = RwSignal::new(false);
    let busy = Signal::derive(move || uploading.percent.read().is_some());
    hold_while(busy);
    let template = paths::import_template(&use_enterprise().slug, kind);
    let begin = move |file: Option<File>| {
        let idle = uploading.percent.read_untracked().is_none();
        if let Some(file) = file.filter(|_| may && idle) {
            uploading.send.run(file);
        }
    };
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        begin(
            event
                .data_transfer()
                .and_then(|data| data.files())
                .and_then(|files| files.get(0)),
        );
    };
    let dragged = move |event: DragEvent| {
        event.prevent_default();
        over.set(may);
    };
    let progress = move || {
        uploading
            .percent
            .get()
            .map(|percent| view! { <UploadProgress percent/> })
    };
    view! {
        <section class="card" aria-labelledby="upload-title">
            <div class="card__header">
                <h2 class="card__title" id="upload-title">
                    {words::imports::UPLOAD_TITLE}
                </h2>
                <LinkButton href=template label=words::imports::TEMPLATE icon=lu::LuDownload rel="external"/>
            </div>
            <div class="card__body stack">
                <p>{words::imports::accepted(kind)}</p>
                <div
                    class="drop-zone"
                    data-over=move || over.get().then_some("true")
                    on:dragover=dragged
                    on:dragleave=move |_| over.set(false)
                    on:drop=dropped
                >
                    <p>{words::imports::DROP}</p>
                    <ChooseFile refused busy begin/>
                    <p class="text-muted">{words::imports::LIMITS}</p>
                    {progress}
                </div>
                {move || {
                    uploading.failed.get().map(|text| view! { <Banner tone=Tone::Danger text/> })
                }}
            </div>
        </section>
    }
    .erase()
}

/// The button, and the browser's own field for files behind it.
#[component]
fn ChooseFile(refused: Option<String>, busy: Signal<bool>, #[prop(into)] begin: Callback<Option<File>>) -> Erased {
    let field = NodeRef::<html::Input>::new();
    let press = move |()| {
        if let Some(field) = field.get_untracked() {
            field.click();
        }
    };
    let chosen = move |event: ev::Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(field) = field else { return };
        begin.run(field.files().and_then(|files| files.get(0)));
        // The same file can be chosen again once it is mended.
        field.set_value("");
    };
    view! {
        <Button
            label=words::imports::CHOOSE
            icon=lu::LuUpload
            appearance=Appearance::Primary
            busy
            disabled_reason=refused
            on_press=press
        />
        <input
            node_ref=field
            type="file"
            hidden=true
            accept=".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values"
            on:change=chosen
        />
    }
    .erase()
}

#[component]
fn UploadProgress(percent: f64) -> Erased {
    view! {
        <span class="progress-line">
            <progress
                class="progress"
                value=percent.to_string()
                max="100"
                aria-label=words::imports::UPLOADING
            ></progress>
            <span class="numeric">{words::imports::sent(percent)}</span>
        </span>
    }
    .erase()
}
