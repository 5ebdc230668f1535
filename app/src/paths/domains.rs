//! The dialogs of Services → SMS → Domains.

use domain::ids::DomainSubscriptionId;

/// A dialog of the Domains tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainDialog {
    /// Add Domain.
    Add,
    /// What is known about a domain.
    Details(DomainSubscriptionId),
    /// Renew now.
    Renew(DomainSubscriptionId),
    /// Request re-subscription.
    Request(DomainSubscriptionId),
    /// Delete a domain.
    Delete(DomainSubscriptionId),
}

impl DomainDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id.and_then(|id| id.parse().ok());
        match dialog? {
            "add" => Some(Self::Add),
            "details" => id.map(Self::Details),
            "renew" => id.map(Self::Renew),
            "request" => id.map(Self::Request),
            "delete" => id.map(Self::Delete),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Add => "dialog=add".to_owned(),
            Self::Details(id) => format!("dialog=details&id={id}"),
            Self::Renew(id) => format!("dialog=renew&id={id}"),
            Self::Request(id) => format!("dialog=request&id={id}"),
            Self::Delete(id) => format!("dialog=delete&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dialog_of_a_domain_survives_the_address() {
        let id: DomainSubscriptionId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [
            DomainDialog::Add,
            DomainDialog::Details(id),
            DomainDialog::Renew(id),
            DomainDialog::Request(id),
            DomainDialog::Delete(id),
        ] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                DomainDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
        assert_eq!(DomainDialog::from_parameters(Some("delete"), None), None);
        assert_eq!(DomainDialog::from_parameters(Some("delete"), Some("7")), None);
    }
}
