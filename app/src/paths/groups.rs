//! SMS groups.

use domain::{
    enterprise::{EnterpriseSlug, SmsTab},
    ids::SmsGroupId,
};

use super::{sms_tab, with_query};

/// The dialog of an SMS group.
#[must_use]
pub fn group(enterprise: &EnterpriseSlug, id: SmsGroupId) -> String {
    with_query(
        &sms_tab(enterprise, SmsTab::Groups),
        &[&GroupDialog::Update(id).parameters()],
    )
}

/// A dialog of the Groups tab; it has an address, so that Back closes it and a link opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupDialog {
    /// Add SMS Group.
    Add,
    /// Update SMS Group.
    Update(SmsGroupId),
    /// Delete SMS Group.
    Delete(SmsGroupId),
}

impl GroupDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id.and_then(|id| id.parse().ok());
        match (dialog?, id) {
            ("add", _) => Some(Self::Add),
            ("update", Some(id)) => Some(Self::Update(id)),
            ("delete", Some(id)) => Some(Self::Delete(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Add => "dialog=add".to_owned(),
            Self::Update(id) => format!("dialog=update&id={id}"),
            Self::Delete(id) => format!("dialog=delete&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_survives_the_address() {
        let id: SmsGroupId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [GroupDialog::Add, GroupDialog::Update(id), GroupDialog::Delete(id)] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                GroupDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
    }
}
