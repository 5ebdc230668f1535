//! The audit log.

use domain::{enterprise::EnterpriseSlug, ids::AuditEventId};

/// The audit log of an enterprise.
#[must_use]
pub fn audit(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/audit")
}

/// A dialog of the audit log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditDialog {
    /// One entry.
    Entry(AuditEventId),
}

impl AuditDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        match (dialog?, id?.parse().ok()?) {
            ("entry", id) => Some(Self::Entry(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Entry(id) => format!("dialog=entry&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_audit_entry_survives_the_address() {
        let id = "018f3c1e-0000-7000-8000-000000000001";
        let dialog = AuditDialog::from_parameters(Some("entry"), Some(id)).unwrap();
        assert_eq!(dialog.parameters(), format!("dialog=entry&id={id}"));
        assert_eq!(AuditDialog::from_parameters(Some("entry"), Some("7")), None);
        assert_eq!(AuditDialog::from_parameters(Some("update"), Some(id)), None);
        assert_eq!(AuditDialog::from_parameters(None, Some(id)), None);
    }
}
