//! Numbers.

use domain::{enterprise::EnterpriseSlug, ids::PhoneNumberId};

use super::with_query;

/// The Numbers page.
#[must_use]
pub fn numbers(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/numbers")
}

/// The dialog that assigns a number, over the Numbers page.
#[must_use]
pub fn number(enterprise: &EnterpriseSlug, id: PhoneNumberId) -> String {
    with_query(&numbers(enterprise), &[&NumberDialog::Assign(id).parameters()])
}

/// A dialog of the Numbers page; it has an address like those of the Groups tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberDialog {
    /// Assign a number.
    Assign(PhoneNumberId),
    /// Add Number.
    Add,
    /// Update a number.
    Update(PhoneNumberId),
    /// Delete a number.
    Delete(PhoneNumberId),
    /// Update the selected numbers.
    UpdateSelected,
    /// Delete the selected numbers.
    DeleteSelected,
}

impl NumberDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id.and_then(|id| id.parse().ok());
        match (dialog?, id) {
            ("assign", Some(id)) => Some(Self::Assign(id)),
            ("add", _) => Some(Self::Add),
            ("update", Some(id)) => Some(Self::Update(id)),
            ("delete", Some(id)) => Some(Self::Delete(id)),
            ("update-selected", _) => Some(Self::UpdateSelected),
            ("delete-selected", _) => Some(Self::DeleteSelected),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Assign(id) => format!("dialog=assign&id={id}"),
            Self::Add => "dialog=add".to_owned(),
            Self::Update(id) => format!("dialog=update&id={id}"),
            Self::Delete(id) => format!("dialog=delete&id={id}"),
            Self::UpdateSelected => "dialog=update-selected".to_owned(),
            Self::DeleteSelected => "dialog=delete-selected".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_of_a_number_survives_the_address() {
        let id: PhoneNumberId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [
            NumberDialog::Assign(id),
            NumberDialog::Add,
            NumberDialog::Update(id),
            NumberDialog::Delete(id),
            NumberDialog::UpdateSelected,
            NumberDialog::DeleteSelected,
        ] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                NumberDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
    }
}
