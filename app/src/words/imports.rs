//! The pages for importing files.

use domain::import::{ImportKind, UserImportSummary};

/// Button above the Numbers and Users tables.
pub const IMPORT: &str = "Import";
/// Link to the help.
pub const HELP_LINK: &str = "Help with importing files";
/// Sentence under the heading.
pub const LEAD: &str = "Check a file first, then import it. Nothing changes before you choose Import.";
/// Heading of the first step.
pub const UPLOAD_TITLE: &str = "Upload a file";
/// In the area for dropping.
pub const DROP: &str = "Drop a file here, or";
/// Button.
pub const CHOOSE: &str = "Choose a file";
/// Button of a file that was looked at.
pub const CHOOSE_OTHER: &str = "Upload another file";
/// Link.
pub const TEMPLATE: &str = "Download a template";
/// Below the area for dropping.
pub const LIMITS: &str = "CSV or another text file, up to 50 MB and 500,000 rows.";
/// The file was too large.
pub const TOO_LARGE: &str = "The file is larger than 50 MB, the most that can be imported at once; split it.";
/// Heading of the other first step.
pub const CARRIER_TITLE: &str = "Import from carrier";
/// What it does.
pub const CARRIER_TEXT: &str = "Instead of a file: the carrier lists the numbers that it has for the domains of a \
    profile, with what they can do. You look at them as at a file.";
/// Field.
pub const CARRIER_PROFILE: &str = "Carrier profile";
/// In that field before something is chosen.
pub const CHOOSE_PROFILE: &str = "Choose a profile";
/// Why the button does nothing yet.
pub const CHOOSE_PROFILE_FIRST: &str = "Choose a carrier profile first.";
/// There is none to choose.
pub const NO_PROFILE: &str =
    "Only carriers on NetSapiens can list their numbers, and your enterprise has no profile of one.";
/// Button.
pub const LIST: &str = "List numbers";
/// While the carrier is asked.
pub const LISTING: &str = "The carrier is listing its numbers. With many of them this takes minutes.";
/// Why numbers are not imported here.
pub const PROVIDER_KEEPS: &str =
    "Your provider adds the numbers of your enterprise, so there is nothing to import here.";
/// Heading where there is nothing to import.
pub const NOT_HERE: &str = "Numbers are not imported here";
/// While the file is on its way.
pub const UPLOADING: &str = "Uploading";
/// While the page of a file is loading.
pub const LOADING: &str = "Loading the file";
/// Heading.
pub const READ_TITLE: &str = "How the file is read";
/// Field.
pub const ENCODING: &str = "Encoding";
/// Hint.
pub const ENCODING_HINT: &str = "Another one is right if letters such as é look wrong below.";
/// Field.
pub const SEPARATOR: &str = "Separator";
/// Field.
pub const FIRST_LINE: &str = "First line";
/// Caption of the rows by which people see whether the file is read right.
pub const SAMPLE: &str = "First rows as they are read";
/// Heading of the fields for columns.
pub const COLUMNS: &str = "Which column holds what";
/// Choice of a column.
pub const NO_COLUMN: &str = "Not in the file";
/// Button.
pub const CHECK: &str = "Check";
/// Button; the file was checked anew by somebody else.
pub const LOOK_AGAIN: &str = "Look again";
/// Heading.
pub const OUTCOMES_TITLE: &str = "What becomes of each row";
/// Heading after the import.
pub const OUTCOMES_AFTER: &str = "What became of each row";
/// Caption of the table.
pub const CAPTION: &str = "Rows of the file";
/// One of them.
pub const ONE: &str = "row";
/// Many.
pub const MANY: &str = "rows";
/// No rows.
pub const EMPTY_TITLE: &str = "No rows";
/// Why.
pub const EMPTY_TEXT: &str = "The file has a header and nothing below it.";
/// Column.
pub const LINE: &str = "Line";
/// In that column for somebody who is not in the file.
pub const NO_LINE: &str = "–";
/// Column.
pub const SUBJECT: &str = "Row";
/// Column.
pub const OUTCOME: &str = "Outcome";
/// Column.
pub const DETAILS: &str = "Details";
/// Name of the links that filter the table.
pub const READY_FILTERS: &str = "Rows that need a look";
/// Link above the table.
pub const FILTER_ALL: &str = "All rows";
/// Link above the table.
pub const FILTER_REJECTED: &str = "Only problems";
/// Link.
pub const REJECTED_FILE: &str = "Download rejected rows";
/// Heading.
pub const APPLY_TITLE: &str = "Import";
/// Why there is nothing to import.
pub const NOTHING: &str = "No row of the file would change anything.";
/// Name of the progress bar.
pub const PROGRESS: &str = "Progress of the import";
/// While it waits.
pub const WAITING: &str = "The import begins in a moment. You can leave this page; it goes on.";
/// While it runs.
pub const RUNNING: &str = "The file is being imported. You can leave this page; it goes on.";
/// It has ended well.
pub const DONE_TITLE: &str = "The file was imported";
/// It has not.
pub const FAILED_TITLE: &str = "Nothing was imported";
/// Link after the import.
pub const SHOW_NUMBERS: &str = "Show the numbers";
/// Link after the import.
pub const SHOW_USERS: &str = "Show the users";
/// What ticking the box means.
pub const DISABLE_HINT: &str =
    "Only for a file with all people of your tenant. Their numbers and groups stay with them; nobody is deleted.";

/// Heading of the page.
#[must_use]
pub fn title(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Numbers => "Import numbers",
        ImportKind::Users => "Import users",
    }
}

/// Link to what was imported.
#[must_use]
pub fn show(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Numbers => SHOW_NUMBERS,
        ImportKind::Users => SHOW_USERS,
    }
}

/// A profile in the choices.
#[must_use]
pub fn carrier_profile(name: &str, carrier: &str) -> String {
    format!("{name} ({carrier})")
}

/// What the file may hold.
#[must_use]
pub fn accepted(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::Numbers => {
            "One number in each row: Phone Number, with the country code in it or in a column of its own. SMS, MMS, Group \
             MMS, Voice, Carrier Profile and Domain are optional."
        }
        ImportKind::Users => {
            "Download users from the Entra admin center, or the export of Active users from the Microsoft 365 admin \
             center, as they are."
        }
    }
}

/// Name and size of the file.
#[must_use]
pub fn file(name: &str, bytes: u64) -> String {
    if bytes < 1024 * 1024 {
        format!("{name}, {} KB", bytes.div_ceil(1024))
    } else {
        format!("{name}, {} MB", bytes.div_ceil(1024 * 1024))
    }
}

/// A column of the file in the choices: "2. Phone Number".
#[must_use]
pub fn column(place: usize, name: &str) -> String {
    format!("{}. {name}", place + 1)
}

/// What a dry run or an import came to.
#[must_use]
pub fn counts(summary: &UserImportSummary, applied: bool) -> String {
    let rows = summary.rows;
    let counts = format!(
        "{} added, {} changed, {} unchanged, {} rejected",
        rows.added, rows.updated, rows.unchanged, rows.rejected
    );
    let missing = match (summary.missing, applied) {
        (None | Some(0), _) => String::new(),
        (Some(1), _) => "; 1 person is not in the file".to_owned(),
        (Some(missing), _) => format!("; {missing} people are not in the file"),
    };
    if applied {
        format!("{counts}{missing}.")
    } else {
        format!("{counts}{missing}. This was a check; nothing was changed.")
    }
}

/// Link above the table, with how many there are.
#[must_use]
pub fn filter_missing(people: u64) -> String {
    format!("Missing people ({people})")
}

/// The button that imports, with how many rows change something.
#[must_use]
pub fn apply(rows: u64) -> String {
    match rows {
        0 => "Import".to_owned(),
        1 => "Import 1 row".to_owned(),
        rows => format!("Import {rows} rows"),
    }
}

/// What ticking the box means.
#[must_use]
pub fn disable_missing(people: u64) -> String {
    match people {
        1 => "Disable the person who is not in the file".to_owned(),
        people => format!("Disable the {people} people who are not in the file"),
    }
}

/// How much of the file has been sent.
#[must_use]
pub fn sent(percent: f64) -> String {
    format!("{percent:.0} %")
}
