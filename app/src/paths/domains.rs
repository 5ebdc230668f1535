//! The dialogs of Services → SMS → Domains.

use domain::ids::DomainSubscriptionId;

/// A dialog of the Domains tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DomainDialog {
    /// What is known about a domain.
    Details(DomainSubscriptionId),
    /// Request re-subscription.
    Request(DomainSubscriptionId),
    /// Delete a domain.
    Delete(DomainSubscriptionId),
}

impl DomainDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id.and_then(|id| id.parse().ok())?;
        match dialog? {
            "details" => Some(Self::Details(id)),
            "request" => Some(Self::Request(id)),
            "delete" => Some(Self::Delete(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Details(id) => format!("dialog=details&id={id}"),
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
            DomainDialog::Details(id),
            DomainDialog::Request(id),
            DomainDialog::Delete(id),
        ] {
            let text = dialog.parameters();
            let (name, id) = text.split_once('&').unwrap();
            let (name, id) = (name.strip_prefix("dialog="), id.strip_prefix("id="));
            assert_eq!(DomainDialog::from_parameters(name, id), Some(dialog));
        }
        assert_eq!(DomainDialog::from_parameters(Some("delete"), None), None);
        assert_eq!(DomainDialog::from_parameters(Some("delete"), Some("7")), None);
    }
}
