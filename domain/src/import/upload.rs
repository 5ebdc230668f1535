//! A file that was uploaded to be imported, and how it is read.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::UserImportSummary;
use crate::{
    access::Resource,
    ids::ImportUploadId,
    task::{TaskKind, TaskRow},
};

/// What a file brings in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// Phone numbers.
    Numbers,
    /// Teams users.
    Users,
}

/// What a column of a file can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportField {
    /// Its name in addresses and forms.
    pub key: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Whether a file without it cannot be imported.
    pub needed: bool,
}

const fn needed(key: &'static str, label: &'static str) -> ImportField {
    ImportField {
        key,
        label,
        needed: true,
    }
}

const fn optional(key: &'static str, label: &'static str) -> ImportField {
    ImportField {
        key,
        label,
        needed: false,
    }
}

const NUMBER_FIELDS: &[ImportField] = &[
    needed("number", "Phone Number"),
    optional("country_code", "Country Code"),
    optional("sms", "SMS"),
    optional("mms", "MMS"),
    optional("group_mms", "Group MMS"),
    optional("voice", "Voice"),
    optional("carrier_profile", "Carrier Profile"),
    optional("domain", "Domain"),
];

const USER_FIELDS: &[ImportField] = &[
    needed("user_principal_name", "User principal name"),
    needed("display_name", "Display name"),
    optional("object_id", "Object id"),
    optional("licenses", "Licenses"),
    optional("enabled", "Account enabled"),
    optional("blocked", "Block credential"),
];

impl ImportKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Numbers, Self::Users];

    /// The stored and transmitted form; also the name of the page in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Numbers => "numbers",
            Self::Users => "users",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What it brings in.
    #[must_use]
    pub const fn resource(self) -> Resource {
        match self {
            Self::Numbers => Resource::PhoneNumber,
            Self::Users => Resource::TeamsUser,
        }
    }

    /// The task that carries it out.
    #[must_use]
    pub const fn task(self) -> TaskKind {
        match self {
            Self::Numbers => TaskKind::ImportNumbers,
            Self::Users => TaskKind::ImportUsers,
        }
    }

    /// What such a task brings in; none of a task that is no import.
    #[must_use]
    pub fn of_task(task: TaskKind) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.task() == task)
    }

    /// What the columns can hold, in the order of [`FileShape::columns`].
    #[must_use]
    pub const fn fields(self) -> &'static [ImportField] {
        match self {
            Self::Numbers => NUMBER_FIELDS,
            Self::Users => USER_FIELDS,
        }
    }
}

/// Which bytes mean which letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileEncoding {
    /// UTF-8, with or without a mark at the beginning.
    Utf8,
    /// UTF-16, the low byte first.
    Utf16Le,
    /// UTF-16, the high byte first.
    Utf16Be,
    /// What spreadsheet programs in the West write by default.
    Windows1252,
}

impl FileEncoding {
    /// Every encoding.
    pub const ALL: [Self; 4] = [Self::Utf8, Self::Windows1252, Self::Utf16Le, Self::Utf16Be];

    /// The transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Utf16Le => "utf16_le",
            Self::Utf16Be => "utf16_be",
            Self::Windows1252 => "windows1252",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le => "UTF-16, little-endian",
            Self::Utf16Be => "UTF-16, big-endian",
            Self::Windows1252 => "Windows-1252 (Western European)",
        }
    }

    /// Reads the transmitted form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|encoding| encoding.as_str() == text)
    }
}

/// What stands between cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Separator {
    /// A comma.
    Comma,
    /// A semicolon.
    Semicolon,
    /// A tab.
    Tab,
}

impl Separator {
    /// Every separator.
    pub const ALL: [Self; 3] = [Self::Comma, Self::Semicolon, Self::Tab];

    /// The transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Comma => "Comma",
            Self::Semicolon => "Semicolon",
            Self::Tab => "Tab",
        }
    }

    /// The character.
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }

    /// The separator of that character; the comma for any other.
    #[must_use]
    pub const fn of_byte(byte: u8) -> Self {
        match byte {
            b';' => Self::Semicolon,
            b'\t' => Self::Tab,
            _ => Self::Comma,
        }
    }

    /// Reads the transmitted form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|separator| separator.as_str() == text)
    }
}

/// What the first line of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FirstLine {
    /// The names of the columns.
    #[default]
    Names,
    /// A row like the others; the columns have no names.
    Row,
}

impl FirstLine {
    /// Everything it can be.
    pub const ALL: [Self; 2] = [Self::Names, Self::Row];

    /// The transmitted form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Names => "names",
            Self::Row => "row",
        }
    }

    /// What people read.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Names => "Names of the columns",
            Self::Row => "A row like the others",
        }
    }

    /// Reads the transmitted form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|line| line.as_str() == text)
    }
}

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShape {
    /// Which bytes mean which letters.
    pub encoding: FileEncoding,
    /// What stands between cells.
    pub separator: Separator,
    /// What its first line is. Files that were looked at before this was asked have names there.
    #[serde(default)]
    pub first_line: FirstLine,
    /// For each of [`ImportKind::fields`], the column of the file that holds it, from 0.
    pub columns: Vec<Option<u32>>,
}

/// The field of the conflict that an import meets when the file was checked or read anew since the run that was looked at.
/// Looking at the file again is the answer to it.
pub const OTHER_RUN: &str = "run";

/// A file that was uploaded to be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportUpload {
    /// Its id.
    pub id: ImportUploadId,
    /// What it brings in.
    pub kind: ImportKind,
    /// The file's name, as the browser told it.
    pub file_name: String,
    /// Its size.
    pub bytes: u64,
    /// The names of its columns, as written; made up where it has none.
    pub header: Vec<String>,
    /// Its first rows as they are read, with long cells cut short; none after the import, which removes the content.
    pub sample: Vec<Vec<String>>,
    /// How it is read.
    pub shape: FileShape,
    /// Which run `summary` is of.
    pub run: Option<Uuid>,
    /// What the last dry run came to, and after the import what that came to; none before the first dry run.
    pub summary: Option<UserImportSummary>,
    /// When it was imported.
    #[serde(default, with = "crate::moment")]
    pub applied_at: Option<DateTime<Utc>>,
    /// When it is removed.
    #[serde(with = "crate::moment")]
    pub expires_at: DateTime<Utc>,
    /// The task that imports it, once it was asked for.
    pub task: Option<TaskRow>,
}

impl ImportUpload {
    /// Whether an import of it is asked for and not over.
    #[must_use]
    pub fn is_under_way(&self) -> bool {
        self.task.as_ref().is_some_and(|task| task.state.is_unfinished())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_as_they_are_written() {
        for kind in ImportKind::ALL {
            assert_eq!(ImportKind::parse(kind.as_str()), Some(kind));
            assert_eq!(ImportKind::of_task(kind.task()), Some(kind));
        }
        assert_eq!(ImportKind::of_task(TaskKind::Sync), None);
        for encoding in FileEncoding::ALL {
            assert_eq!(FileEncoding::parse(encoding.as_str()), Some(encoding));
        }
        for separator in Separator::ALL {
            assert_eq!(Separator::parse(separator.as_str()), Some(separator));
            assert_eq!(Separator::of_byte(separator.byte()), separator);
        }
        for line in FirstLine::ALL {
            assert_eq!(FirstLine::parse(line.as_str()), Some(line));
        }
        assert_eq!(ImportKind::parse("groups"), None);
    }
}
