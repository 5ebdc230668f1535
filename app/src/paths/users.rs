//! Users.

use domain::{enterprise::EnterpriseSlug, ids::TeamsUserId};

use super::with_query;

/// The Users page.
#[must_use]
pub fn users(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/users")
}

/// The dialog of one person, over the Users page.
#[must_use]
pub fn user(enterprise: &EnterpriseSlug, id: TeamsUserId) -> String {
    with_query(&users(enterprise), &[&UserDialog::User(id).parameters()])
}

/// A dialog of the Users page; it has an address like those of the Groups tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserDialog {
    /// Everything about one person.
    User(TeamsUserId),
    /// SMS User Assignment.
    Numbers(TeamsUserId),
    /// Offboard.
    Offboard(TeamsUserId),
}

impl UserDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id?.parse().ok()?;
        match dialog? {
            "user" => Some(Self::User(id)),
            "numbers" => Some(Self::Numbers(id)),
            "offboard" => Some(Self::Offboard(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::User(id) => format!("dialog=user&id={id}"),
            Self::Numbers(id) => format!("dialog=numbers&id={id}"),
            Self::Offboard(id) => format!("dialog=offboard&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_of_a_person_survives_the_address() {
        let id = "018f3c1e-0000-7000-8000-000000000001";
        let parsed = id.parse().unwrap();
        for (name, dialog) in [
            ("user", UserDialog::User(parsed)),
            ("numbers", UserDialog::Numbers(parsed)),
            ("offboard", UserDialog::Offboard(parsed)),
        ] {
            assert_eq!(dialog.parameters(), format!("dialog={name}&id={id}"));
            assert_eq!(UserDialog::from_parameters(Some(name), Some(id)), Some(dialog));
            assert_eq!(UserDialog::from_parameters(Some(name), Some("7")), None);
        }
    }
}
