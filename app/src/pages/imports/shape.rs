//! How the file is read, to be corrected, and the button that checks it.

use domain::import::{FileEncoding, FirstLine, ImportField, ImportUpload, Separator};
use icondata_lu as lu;
use leptos::prelude::*;

use super::{file::FileState, sample::Sample};
use crate::{
    effect::effect,
    erase::{Erase, Erased},
    server_fns::import_upload::{check_import, read_import_as},
    ui::{Appearance, Button, Required, SelectField, SelectOption, hold_while},
    words,
};

/// What is chosen for each of the fields, in their order.
type Choices = StoredValue<Vec<RwSignal<String>>>;

#[component]
pub(super) fn Shape(
    file: FileState,
    /// Why the person may not import, if so.
    refused: Option<String>,
) -> Erased {
    let choices: Choices = StoredValue::new(Vec::new());
    let may = refused.is_none();
    let is_over = file.read(|upload| upload.applied_at.is_some());
    let locked = Signal::derive(move || {
        let upload = file.upload.read();
        let under_way = upload.as_ref().is_some_and(ImportUpload::is_under_way);
        !may || under_way || is_over.get() || file.busy.get()
    });
    let columns = file.read(|upload| (upload.header.clone(), upload.shape.columns.clone()));
    let sample = file.read(|upload| (upload.header.clone(), upload.sample.clone()));
    let check = move |()| {
        let chosen = choices.with_value(|choices| {
            let column = |choice: &RwSignal<String>| choice.get_untracked().parse::<u32>().ok();
            choices.iter().map(column).collect::<Vec<_>>()
        });
        file.ask(check_import(file.slug.get_value(), file.kind, file.id, chosen));
    };
    let button = move || {
        (!is_over.get()).then(|| {
            view! {
                <Button
                    label=words::imports::CHECK
                    icon=lu::LuListChecks
                    appearance=Appearance::Primary
                    busy=file.busy
                    disabled_reason=refused.clone()
                    on_press=check
                />
            }
        })
    };
    view! {
        <section class="card" aria-labelledby="read-title">
            <div class="card__header">
                <h2 class="card__title" id="read-title">
                    {words::imports::READ_TITLE}
                </h2>
                {button}
            </div>
            <div class="card__body stack">
                <TextFields file locked/>
                {move || {
                    let (header, rows) = sample.get();
                    (!rows.is_empty()).then(|| view! { <Sample header rows/> })
                }}
                {move || {
                    let (header, columns) = columns.get();
                    view! { <Columns file header columns choices locked/> }
                }}
            </div>
        </section>
    }
    .erase()
}

/// Encoding, separator and first line. With another one the file is looked at anew.
#[component]
fn TextFields(file: FileState, locked: Signal<bool>) -> Erased {
    let encoding = RwSignal::new(String::new());
    let separator = RwSignal::new(String::new());
    let first_line = RwSignal::new(String::new());
    let told = file.read(|upload| {
        let shape = &upload.shape;
        let told = [
            shape.encoding.as_str(),
            shape.separator.as_str(),
            shape.first_line.as_str(),
        ];
        told.map(str::to_owned)
    });
    effect(move || {
        let [of_encoding, of_separator, of_first_line] = told.get();
        encoding.set(of_encoding);
        separator.set(of_separator);
        first_line.set(of_first_line);
    });
    effect(move || {
        let chosen = [encoding.get(), separator.get(), first_line.get()];
        let [of_encoding, of_separator, of_first_line] = &chosen;
        let text = FileEncoding::parse(of_encoding).zip(Separator::parse(of_separator));
        let parsed = text.zip(FirstLine::parse(of_first_line));
        if let Some(((encoding, separator), first_line)) = parsed.filter(|_| chosen != told.get_untracked()) {
            let slug = file.slug.get_value();
            file.ask(read_import_as(
                slug, file.kind, file.id, encoding, separator, first_line,
            ));
        }
    });
    let encodings = FileEncoding::ALL.map(|known| SelectOption::new(known.as_str(), known.label()));
    let separators = Separator::ALL.map(|known| SelectOption::new(known.as_str(), known.label()));
    let first_lines = FirstLine::ALL.map(|known| SelectOption::new(known.as_str(), known.label()));
    view! {
        <div class="import__fields">
            <SelectField
                id="import-encoding"
                name="encoding"
                label=words::imports::ENCODING
                hint=words::imports::ENCODING_HINT
                options=encodings.to_vec()
                value=encoding
                disabled=locked
            />
            <SelectField
                id="import-separator"
                name="separator"
                label=words::imports::SEPARATOR
                options=separators.to_vec()
                value=separator
                disabled=locked
            />
            <SelectField
                id="import-first-line"
                name="first_line"
                label=words::imports::FIRST_LINE
                options=first_lines.to_vec()
                value=first_line
                disabled=locked
            />
        </div>
    }
    .erase()
}

/// A choice of a column for each of the fields.
#[component]
fn Columns(
    file: FileState,
    header: Vec<String>,
    columns: Vec<Option<u32>>,
    choices: Choices,
    locked: Signal<bool>,
) -> Erased {
    let named = header.iter().enumerate();
    let named = named.map(|(place, name)| SelectOption::new(place.to_string(), words::imports::column(place, name)));
    let none = SelectOption::new("", words::imports::NO_COLUMN);
    let options: Vec<SelectOption> = std::iter::once(none).chain(named).collect();
    let word = |column: &Option<u32>| column.map(|column| column.to_string()).unwrap_or_default();
    let before: Vec<String> = columns.iter().map(word).collect();
    let values: Vec<RwSignal<String>> = before.iter().cloned().map(RwSignal::new).collect();
    choices.set_value(values.clone());
    let chosen = values.clone();
    hold_while(Signal::derive(move || {
        let mut pairs = chosen.iter().zip(&before);
        pairs.any(|(chosen, before)| *chosen.read() != *before)
    }));
    let fields = file.kind.fields().iter().zip(values);
    let fields = fields.map(|(field, value)| {
        let options = options.clone();
        view! { <ColumnField file field options value locked/> }
    });
    view! {
        <fieldset class="stack">
            <legend class="field__label">{words::imports::COLUMNS}</legend>
            <div class="import__fields">{fields.collect_view()}</div>
        </fieldset>
    }
    .erase()
}

#[component]
fn ColumnField(
    file: FileState,
    field: &'static ImportField,
    options: Vec<SelectOption>,
    value: RwSignal<String>,
    locked: Signal<bool>,
) -> Erased {
    let error = Signal::derive(move || {
        let faults = file.faults.read();
        let fault = faults.iter().find(|fault| fault.field == field.key);
        fault.map(|fault| fault.message.clone())
    });
    let required = if field.needed { Required::Yes } else { Required::No };
    view! {
        <SelectField
            id=format!("import-column-{}", field.key)
            name=field.key
            label=field.label
            options
            value
            error
            required
            disabled=locked
        />
    }
    .erase()
}
