//! The dialogs of Services → SMS → Carriers.

use domain::ids::CarrierProfileId;

/// A dialog of the Carriers tab; it has an address like those of the Groups tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileDialog {
    /// Add Carrier Profile.
    Add,
    /// Update Carrier Profile.
    Update(CarrierProfileId),
    /// Test connection.
    Test(CarrierProfileId),
    /// Delete a profile.
    Delete(CarrierProfileId),
}

impl ProfileDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id.and_then(|id| id.parse().ok());
        match dialog? {
            "add" => Some(Self::Add),
            "update" => id.map(Self::Update),
            "test" => id.map(Self::Test),
            "delete" => id.map(Self::Delete),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Add => "dialog=add".to_owned(),
            Self::Update(id) => format!("dialog=update&id={id}"),
            Self::Test(id) => format!("dialog=test&id={id}"),
            Self::Delete(id) => format!("dialog=delete&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_of_a_carrier_profile_survives_the_address() {
        let id: CarrierProfileId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [
            ProfileDialog::Add,
            ProfileDialog::Update(id),
            ProfileDialog::Test(id),
            ProfileDialog::Delete(id),
        ] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                ProfileDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
        assert_eq!(ProfileDialog::from_parameters(Some("test"), None), None);
    }
}
