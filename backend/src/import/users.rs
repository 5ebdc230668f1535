//! Files with people: the Entra admin center's *Download users* and the Microsoft 365 admin center's *Active users*.
//!
//! The former has no licences, the latter turns the meaning of enabled round (*Block credential*). What a file does not
//! tell stays as it is.

use domain::teams_user::{LicenseState, UserPrincipalName, display_name};
use uuid::Uuid;

use super::{
    Cells, FileError, Header, Layout, TeamsLicenses,
    cell::{clean, flag, quoted, typed},
};

/// A row about a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserRow {
    /// Microsoft's id of the person.
    pub object_id: Option<Uuid>,
    /// The sign-in name.
    pub user_principal_name: UserPrincipalName,
    /// The name people know.
    pub display_name: String,
    /// Whether the licences include Teams; unknown if the file has none.
    pub license: LicenseState,
    /// Whether sign-in is allowed, if the row tells.
    pub enabled: Option<bool>,
}

/// Which column holds what.
#[derive(Clone, Debug)]
pub struct UserColumns {
    user_principal_name: usize,
    display_name: usize,
    object_id: Option<usize>,
    licenses: Option<usize>,
    enabled: Option<usize>,
    blocked: Option<usize>,
    teams_licenses: TeamsLicenses,
}

impl Layout for UserColumns {
    type Settings = TeamsLicenses;
    type Row = UserRow;

    const EXPECTED: &'static str = "the columns User principal name and Display name";
    const FIELDS: usize = 6;

    fn find(header: &Header, settings: &TeamsLicenses) -> Result<Option<Self>, FileError> {
        let user_principal_name = header.column(&["userprincipalname"])?;
        let (Some(user_principal_name), Some(display_name)) = (user_principal_name, header.column(&["displayname"])?)
        else {
            return Ok(None);
        };
        Ok(Some(Self {
            user_principal_name,
            display_name,
            object_id: header.column(&["objectid"])?,
            licenses: header.column(&["licenses", "licences"])?,
            enabled: header.column(&["accountenabled"])?,
            blocked: header.column(&["blockcredential"])?,
            teams_licenses: settings.clone(),
        }))
    }

    fn chosen(columns: &[Option<usize>], settings: &TeamsLicenses) -> Option<Self> {
        let [user_principal_name, display_name, object_id, licenses, enabled, blocked] = *columns else {
            return None;
        };
        Some(Self {
            user_principal_name: user_principal_name?,
            display_name: display_name?,
            object_id,
            licenses,
            enabled,
            blocked,
            teams_licenses: settings.clone(),
        })
    }

    fn placed(&self) -> Vec<Option<usize>> {
        vec![
            Some(self.user_principal_name),
            Some(self.display_name),
            self.object_id,
            self.licenses,
            self.enabled,
            self.blocked,
        ]
    }

    fn subject(&self, cells: &Cells) -> String {
        cells.get(self.user_principal_name).unwrap_or_default().to_owned()
    }

    fn read(&self, cells: &Cells) -> Result<UserRow, String> {
        let cell = |column: usize| clean(cells.get(column).unwrap_or_default());
        let text = |column: usize| typed(cells.get(column).unwrap_or_default());
        let optional = |column: Option<usize>| column.map(cell).unwrap_or_default();
        let name = cell(self.user_principal_name);
        if name.is_empty() {
            return Err("The sign-in name is missing.".to_owned());
        }
        let user_principal_name =
            UserPrincipalName::parse(name).map_err(|error| format!("The sign-in name {error}."))?;
        let display_name =
            display_name(&text(self.display_name)).map_err(|error| format!("The display name {error}."))?;
        let blocked = flag(optional(self.blocked), "Block credential")?;
        let enabled = flag(optional(self.enabled), "accountEnabled")?;
        Ok(UserRow {
            object_id: object_id(optional(self.object_id))?,
            user_principal_name,
            display_name,
            license: self
                .licenses
                .map_or(LicenseState::Unknown, |column| self.teams_licenses.state(&text(column))),
            enabled: enabled.or(blocked.map(|blocked| !blocked)),
        })
    }
}

fn object_id(cell: &str) -> Result<Option<Uuid>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let id = Uuid::try_parse(cell).ok().filter(|id| !id.is_nil());
    id.map(Some)
        .ok_or_else(|| format!("The object id {} is not one of Microsoft's.", quoted(cell)))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use rstest::rstest;

    use super::*;
    use crate::import::{ImportFile, ParsedRow};

    const ENTRA: &[u8] = include_bytes!("../../tests/data/entra-download-users.csv");
    const MICROSOFT_365: &[u8] = include_bytes!("../../tests/data/m365-active-users.csv");

    fn rows(bytes: &[u8]) -> Vec<ParsedRow<UserRow>> {
        let mut file: ImportFile<_, UserColumns> =
            ImportFile::open(Cursor::new(bytes.to_vec()), TeamsLicenses::default()).unwrap();
        let mut rows = Vec::new();
        while let Some(batch) = file.next_batch().unwrap() {
            rows.extend(batch);
        }
        rows
    }

    fn row(text: &str) -> Result<UserRow, String> {
        rows(text.as_bytes()).remove(0).content
    }

    #[test]
    fn both_exports_tell_of_the_same_people() {
        let (entra, m365) = (rows(ENTRA), rows(MICROSOFT_365));
        assert_eq!((entra.len(), m365.len()), (240, 240));
        for (entra, m365) in entra.into_iter().zip(m365) {
            let (entra, m365) = (entra.content.unwrap(), m365.content.unwrap());
            assert_eq!(entra.license, LicenseState::Unknown);
            assert_ne!(m365.license, LicenseState::Unknown);
            let unlicensed = UserRow {
                license: LicenseState::Unknown,
                ..m365
            };
            assert_eq!(entra, unlicensed);
        }
    }

    #[rstest]
    #[case("Block credential", "False", Some(true))]
    #[case("Block credential", "True", Some(false))]
    #[case("accountEnabled", "False", Some(false))]
    #[case("accountEnabled", "", None)]
    #[case("Department", "Legal", None)]
    fn enabled_comes_either_way_round(#[case] column: &str, #[case] cell: &str, #[case] expected: Option<bool>) {
        let text = format!("Display name,User principal name,{column}\nAda,ada@clinic.example,{cell}\n");
        assert_eq!(row(&text).unwrap().enabled, expected);
    }

    #[test]
    fn an_address_may_have_two_lines() {
        let text = "streetAddress,displayName,userPrincipalName\n\"1 Main St\nSuite 2\",Ada,ada@clinic.example\n";
        assert_eq!(row(text).unwrap().display_name, "Ada");
    }

    #[rstest]
    #[case(",Ada,", "The sign-in name is missing.")]
    #[case("ada,Ada,", "The sign-in name is not a sign-in name, such as name@company.example.")]
    #[case("ada@clinic.example,,", "The display name is empty.")]
    #[case(
        "ada@clinic.example,Ada\u{202E},",
        "The display name contains a character that cannot be shown."
    )]
    #[case("ada@clinic.example,Ada,17", "The object id “17” is not one of Microsoft's.")]
    fn a_row_that_cannot_be_used_says_why(#[case] cells: &str, #[case] reason: &str) {
        let text = format!("userPrincipalName,displayName,objectId\n{cells}\n");
        assert_eq!(row(&text), Err(reason.to_owned()));
    }
}
