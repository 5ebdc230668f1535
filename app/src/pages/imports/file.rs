//! The page of an uploaded file: how it is read, what becomes of its rows, the import.

use domain::{
    enterprise::EnterpriseSlug,
    error::FieldError,
    ids::ImportUploadId,
    import::{ImportKind, ImportUpload, OTHER_RUN},
};
use gloo_timers::callback::Timeout;
use icondata_lu as lu;
use leptos::{either::Either, prelude::*, task::spawn_local};

use super::{apply::Apply, outcomes::Outcomes, shape::Shape};
use crate::{
    context::use_enterprise,
    effect::effect,
    erase::{Erase, Erased},
    error::AppError,
    paths,
    server_fns::import_upload::get_import_upload,
    ui::{Banner, BrowserValue, Button, ButtonSize, LinkButton, Spinner, Tone, hold_while},
    words,
};

/// How often the page asks how far the import is, in milliseconds, and after a failure to ask.
const POLL: u32 = 400;
const POLL_AFTER_FAILURE: u32 = 2_000;

/// An uploaded file as it is now, and what is being done with it.
#[derive(Clone, Copy)]
pub(super) struct FileState {
    pub(super) kind: ImportKind,
    pub(super) id: ImportUploadId,
    pub(super) slug: StoredValue<EnterpriseSlug>,
    pub(super) upload: RwSignal<Option<ImportUpload>>,
    /// Why the last thing that was asked for was not done.
    pub(super) failed: RwSignal<Option<String>>,
    /// Whether that was because somebody has checked the file anew.
    other_run: RwSignal<bool>,
    /// What is wrong with the choices of columns.
    pub(super) faults: RwSignal<Vec<FieldError>>,
    /// Whether something is being asked for.
    pub(super) busy: RwSignal<bool>,
    poll: BrowserValue<Timeout>,
}

impl FileState {
    fn new(kind: ImportKind, id: ImportUploadId) -> Self {
        Self {
            kind,
            id,
            slug: StoredValue::new(use_enterprise().slug),
            upload: RwSignal::new(None),
            failed: RwSignal::new(None),
            other_run: RwSignal::new(false),
            faults: RwSignal::new(Vec::new()),
            busy: RwSignal::new(false),
            poll: BrowserValue::new(),
        }
    }

    /// Something of the file, once it is there.
    pub(super) fn read<T: PartialEq + Send + Sync + Default + 'static>(
        self,
        read: impl Fn(&ImportUpload) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.upload.read().as_ref().map(&read).unwrap_or_default())
    }

    /// Asks for something and takes the answer in. Nothing else can be asked for meanwhile.
    pub(super) fn ask(self, answer: impl Future<Output = Result<ImportUpload, AppError>> + 'static) {
        self.busy.set(true);
        spawn_local(async move {
            let answer = answer.await;
            // The page may have been left.
            if self.busy.try_set(false).is_none() {
                self.take(answer);
            }
        });
    }

    /// Reads the file as it is now.
    fn load(self) {
        let Some(slug) = self.slug.try_get_value() else { return };
        let answer = get_import_upload(slug, self.kind, self.id);
        spawn_local(async move {
            let answer = answer.await;
            if self.upload.try_with_untracked(|_| ()).is_some() {
                self.take(answer);
            }
        });
    }

    fn take(self, answer: Result<ImportUpload, AppError>) {
        match answer {
            Ok(upload) => {
                if upload.is_under_way() {
                    self.load_later(POLL);
                }
                self.other_run.set(false);
                self.failed.set(None);
                self.faults.set(Vec::new());
                self.upload.set(Some(upload));
            }
            Err(error) => {
                let under_way = self.upload.with_untracked(|upload| {
                    let upload = upload.as_ref();
                    upload.is_some_and(ImportUpload::is_under_way)
                });
                if under_way {
                    self.load_later(POLL_AFTER_FAILURE);
                }
                let faults = error.field_errors().to_vec();
                let of_file = faults.iter().find(|fault| fault.field == "file");
                let reason = of_file.map_or_else(|| error.to_string(), |fault| fault.message.clone());
                self.other_run.set(faults.iter().any(|fault| fault.field == OTHER_RUN));
                self.failed.set(Some(reason));
                self.faults.set(faults);
            }
        }
    }

    fn load_later(self, milliseconds: u32) {
        self.poll.set(Timeout::new(milliseconds, move || self.load()));
    }
}

#[component]
pub(super) fn UploadedFile(
    kind: ImportKind,
    id: ImportUploadId,
    /// Why the person may not import, if so.
    refused: Option<String>,
) -> Erased {
    let file = FileState::new(kind, id);
    effect(move || file.load());
    hold_while(file.busy.into());
    let is_there = file.read(|_| true);
    let failed = move || {
        let text = file.failed.get()?;
        if file.other_run.get() {
            return Some(view! { <OtherRun file text/> });
        }
        Some(view! { <Banner tone=Tone::Danger text/> })
    };
    let refused = StoredValue::new(refused);
    // Not made anew with every answer: what somebody is choosing in it would be lost.
    let shown = Memo::new(move |_| (is_there.get(), file.failed.with(Option::is_some) && !is_there.get()));
    let content = move || match shown.get() {
        (true, _) => view! { <File file refused=refused.get_value()/> }.erase(),
        (false, true) => ().erase(),
        (false, false) => view! { <Spinner label=words::imports::LOADING/> }.erase(),
    };
    view! {
        <div class="import stack">
            <Title file/>
            {failed}
            {content}
        </div>
    }
    .erase()
}

/// Somebody has checked the file anew: says so, and reads what that came to.
#[component]
fn OtherRun(file: FileState, text: String) -> Erased {
    view! {
        <Banner tone=Tone::Warning text>
            <div class="banner__actions">
                <Button label=words::imports::LOOK_AGAIN size=ButtonSize::Small on_press=move |()| file.load()/>
            </div>
        </Banner>
    }
    .erase()
}

/// Which file it is, and the way to another one.
#[component]
fn Title(file: FileState) -> Erased {
    let other = paths::import(&use_enterprise().slug, file.kind);
    let name = move || {
        let upload = file.upload.read();
        upload
            .as_ref()
            .map(|upload| words::imports::file(&upload.file_name, upload.bytes))
    };
    view! {
        <div class="import__file">
            <p class="import__name">{name}</p>
            <LinkButton href=other label=words::imports::CHOOSE_OTHER icon=lu::LuUpload/>
        </div>
    }
    .erase()
}

#[component]
fn File(file: FileState, refused: Option<String>) -> Erased {
    let is_checked = file.read(|upload| upload.summary.is_some());
    let why_not = StoredValue::new(refused.clone());
    let checked = move || {
        if is_checked.get() {
            Either::Left(view! {
                <Apply file refused=why_not.get_value()/>
                <Outcomes file/>
            })
        } else {
            Either::Right(())
        }
    };
    view! {
        <Shape file refused/>
        {checked}
    }
    .erase()
}
