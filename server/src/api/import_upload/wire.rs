//! Uploaded files on the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::{
    error::{Error, FieldError},
    import::{self, ImportUpload, OutcomeRow, UserImportSummary},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::api::{common::words, task::Task};

words! {
    /// What a file brings in.
    ImportKind from import::ImportKind {
        /// Phone numbers.
        Numbers,
        /// Teams users.
        Users,
    }
}

words! {
    /// Which bytes mean which letters.
    FileEncoding for import::FileEncoding {
        /// UTF-8, with or without a mark at the beginning.
        Utf8,
        /// UTF-16, the low byte first.
        Utf16Le,
        /// UTF-16, the high byte first.
        Utf16Be,
        /// What spreadsheet programs in the West write by default.
        Windows1252,
    }
}

words! {
    /// What stands between cells.
    Separator for import::Separator {
        /// A comma.
        Comma,
        /// A semicolon.
        Semicolon,
        /// A tab.
        Tab,
    }
}

words! {
    /// What the first line of a file is.
    FirstLine for import::FirstLine {
        /// The names of the columns.
        Names,
        /// A row like the others; the columns have no names.
        Row,
    }
}

impl Default for FirstLine {
    fn default() -> Self {
        import::FirstLine::default().into()
    }
}

words! {
    /// What becomes of a row.
    OutcomeKind from import::OutcomeKind {
        /// A new thing is added.
        Added,
        /// A thing that is there is changed.
        Updated,
        /// The thing is there and already as the row says.
        Unchanged,
        /// Nothing is done.
        Rejected,
        /// No row: an enabled person of the portal who is not in the file.
        Missing,
    }
}

/// How a file is called.
#[derive(Clone, Debug, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FileName {
    /// The file's name, by which people know it again.
    pub name: Option<String>,
}

/// What a column of such a file can hold, and which one of this file does.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportColumn {
    /// Its name in requests, such as `display_name`.
    pub field: String,
    /// What people read.
    pub label: String,
    /// Whether a file without it cannot be imported.
    pub required: bool,
    /// The column of the file that holds it, counted from 0; null for none.
    pub column: Option<u32>,
}

/// What a dry run or an import came to.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ImportSummary {
    /// Rows that add something.
    pub added: u64,
    /// Rows that change something.
    pub updated: u64,
    /// Rows that say what is so already.
    pub unchanged: u64,
    /// Rows that are not carried out.
    pub rejected: u64,
    /// How many enabled people are not in a file with users; null while rows are rejected, as the missing could be among
    /// those.
    pub missing: Option<u64>,
    /// How many of the missing were disabled.
    pub disabled: u64,
}

impl From<UserImportSummary> for ImportSummary {
    fn from(summary: UserImportSummary) -> Self {
        Self {
            added: summary.rows.added,
            updated: summary.rows.updated,
            unchanged: summary.rows.unchanged,
            rejected: summary.rows.rejected,
            missing: summary.missing,
            disabled: summary.disabled,
        }
    }
}

/// A file that was uploaded to be imported.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Import {
    /// Its id.
    pub id: Uuid,
    /// What it brings in.
    pub kind: ImportKind,
    /// The file's name.
    pub file_name: String,
    /// Its size.
    pub bytes: u64,
    /// Which bytes mean which letters, as found out or as said.
    pub encoding: FileEncoding,
    /// What stands between cells, as found out or as said.
    pub separator: Separator,
    /// What its first line is, as found out or as said.
    pub first_line: FirstLine,
    /// The names of its columns, as written; made up where it has none.
    pub header: Vec<String>,
    /// Its first rows as they are read, with long cells cut short; empty after the import, which removes the content.
    pub sample: Vec<Vec<String>>,
    /// What the columns hold, as told by their names or as said.
    pub columns: Vec<ImportColumn>,
    /// The last dry run, which an import has to name; null before the first.
    pub run: Option<Uuid>,
    /// What that run came to, and after the import what that came to.
    pub summary: Option<ImportSummary>,
    /// When it was imported.
    pub applied_at: Option<DateTime<Utc>>,
    /// When it is removed.
    pub expires_at: DateTime<Utc>,
    /// The task that imports it, once it was asked for.
    pub task: Option<Task>,
}

impl From<ImportUpload> for Import {
    fn from(upload: ImportUpload) -> Self {
        let fields = upload.kind.fields().iter().zip(upload.shape.columns);
        let columns = fields.map(|(field, column)| ImportColumn {
            field: field.key.to_owned(),
            label: field.label.to_owned(),
            required: field.needed,
            column,
        });
        Self {
            id: upload.id.0,
            kind: upload.kind.into(),
            file_name: upload.file_name,
            bytes: upload.bytes,
            encoding: upload.shape.encoding.into(),
            separator: upload.shape.separator.into(),
            first_line: upload.shape.first_line.into(),
            header: upload.header,
            sample: upload.sample,
            columns: columns.collect(),
            run: upload.run,
            summary: upload.summary.map(ImportSummary::from),
            applied_at: upload.applied_at,
            expires_at: upload.expires_at,
            task: upload.task.map(Task::from),
        }
    }
}

/// How a file is to be read.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportReading {
    /// Which bytes mean which letters.
    pub encoding: FileEncoding,
    /// What stands between cells.
    pub separator: Separator,
    /// What its first line is; the names of the columns where nothing is said.
    #[serde(default)]
    pub first_line: FirstLine,
}

/// What a dry run takes the columns for.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportCheck {
    /// The column of the file that holds each field, counted from 0. A field that is not named is in none.
    pub columns: BTreeMap<String, u32>,
}

impl ImportCheck {
    /// The columns in the order of the fields of such a file.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every name that is no field of it.
    pub fn columns_of(&self, kind: import::ImportKind) -> Result<Vec<Option<u32>>, Error> {
        let fields = kind.fields();
        let unknown = self
            .columns
            .keys()
            .filter(|name| fields.iter().all(|field| field.key != **name));
        let wrong: Vec<FieldError> = unknown
            .map(|name| FieldError::new(name.as_str(), "Such a file holds no such field."))
            .collect();
        if !wrong.is_empty() {
            return Err(Error::Invalid { fields: wrong });
        }
        Ok(fields
            .iter()
            .map(|field| self.columns.get(field.key).copied())
            .collect())
    }
}

/// What is imported.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ImportApply {
    /// The dry run that was looked at.
    pub run: Uuid,
    /// Whether people who are not in a file with users are disabled.
    #[serde(default)]
    pub disable_missing: bool,
}

/// What becomes, or became, of one row.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ImportOutcome {
    /// The line of the file it starts on, counted from 1 with the header; null for a person who is not in the file.
    pub line: Option<u32>,
    /// The number or the sign-in name, as written in the file.
    pub subject: String,
    /// What becomes of it.
    pub outcome: OutcomeKind,
    /// Why it is rejected, what it changes (`SMS on → off`), what a new thing is, or what a person who is not in the file
    /// holds; empty for an unchanged row.
    pub reason: String,
}

impl From<OutcomeRow> for ImportOutcome {
    fn from(row: OutcomeRow) -> Self {
        Self {
            line: row.line,
            subject: row.subject,
            outcome: row.outcome.into(),
            reason: row.reason,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_by_what_they_hold() {
        let check = |names: &[(&str, u32)]| ImportCheck {
            columns: names
                .iter()
                .map(|(name, column)| ((*name).to_owned(), *column))
                .collect(),
        };
        let columns = check(&[("sms", 0), ("number", 3)])
            .columns_of(import::ImportKind::Numbers)
            .unwrap();
        assert_eq!(columns[..4], [Some(3), None, Some(0), None]);
        assert_eq!(columns.len(), import::ImportKind::Numbers.fields().len());
        let wrong = check(&[("number", 0), ("nubmer", 1)]).columns_of(import::ImportKind::Numbers);
        assert_eq!(wrong.unwrap_err().field_errors()[0].field, "nubmer");
    }
}
