//! The provider's console.

use domain::{enterprise::EnterpriseSlug, ids::ResubscriptionRequestId};
use uuid::Uuid;

/// The provider's console.
#[must_use]
pub fn provider() -> String {
    "/provider".to_owned()
}

/// The provider's queue of requests.
#[must_use]
pub fn provider_requests() -> String {
    "/provider/requests".to_owned()
}

/// Where the alerts of a provider's enterprises are sent.
#[must_use]
pub fn provider_alerts() -> String {
    "/provider/alerts".to_owned()
}

/// The provider's own contact details.
#[must_use]
pub fn provider_contact() -> String {
    "/provider/contact".to_owned()
}

/// Who can sign in to an enterprise, in the provider's console.
#[must_use]
pub fn provider_members(enterprise: &EnterpriseSlug) -> String {
    format!("/provider/enterprises/{enterprise}")
}

/// The stream of live updates of a provider and all its enterprises; no page.
#[must_use]
pub fn provider_live() -> String {
    "/rpc/provider_live".to_owned()
}

/// A dialog of the provider's page of enterprises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnterpriseDialog {
    /// Add Enterprise.
    Add,
    /// The settings of an enterprise.
    Update(EnterpriseSlug),
    /// The question before an enterprise is suspended or resumed.
    Suspend(EnterpriseSlug),
}

impl EnterpriseDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let slug = id.and_then(|id| id.parse().ok());
        match (dialog?, slug) {
            ("add", _) => Some(Self::Add),
            ("update", Some(slug)) => Some(Self::Update(slug)),
            ("suspend", Some(slug)) => Some(Self::Suspend(slug)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(&self) -> String {
        match self {
            Self::Add => "dialog=add".to_owned(),
            Self::Update(slug) => format!("dialog=update&id={slug}"),
            Self::Suspend(slug) => format!("dialog=suspend&id={slug}"),
        }
    }
}

/// A dialog of the page of who can sign in to an enterprise. Ids are those of roles, or of invitations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberDialog {
    /// Invite somebody.
    Invite,
    /// Change a role.
    Role(Uuid),
    /// The API tokens of an account.
    Tokens(Uuid),
    /// The question before one of the deeds on a role or an invitation.
    Ask(MemberDeed, Uuid),
}

/// What can be done after a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MemberDeed {
    /// Take a role away.
    Remove,
    /// Disable the account.
    Disable,
    /// Enable the account.
    Enable,
    /// Take the password away, for a link to a new one.
    Reset,
    /// Make a new link for an invitation.
    Renew,
    /// Withdraw an invitation.
    Withdraw,
}

impl MemberDeed {
    const ALL: [Self; 6] = [
        Self::Remove,
        Self::Disable,
        Self::Enable,
        Self::Reset,
        Self::Renew,
        Self::Withdraw,
    ];

    fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Disable => "disable",
            Self::Enable => "enable",
            Self::Reset => "reset",
            Self::Renew => "renew",
            Self::Withdraw => "withdraw",
        }
    }
}

impl MemberDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let dialog = dialog?;
        let id = id.and_then(|id| id.parse().ok());
        match (dialog, id) {
            ("invite", _) => Some(Self::Invite),
            ("role", Some(id)) => Some(Self::Role(id)),
            ("tokens", Some(id)) => Some(Self::Tokens(id)),
            (deed, Some(id)) => {
                let deed = MemberDeed::ALL.into_iter().find(|known| known.as_str() == deed)?;
                Some(Self::Ask(deed, id))
            }
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Invite => "dialog=invite".to_owned(),
            Self::Role(id) => format!("dialog=role&id={id}"),
            Self::Tokens(id) => format!("dialog=tokens&id={id}"),
            Self::Ask(deed, id) => format!("dialog={}&id={id}", deed.as_str()),
        }
    }
}

/// A dialog of the provider's queue of requests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestDialog {
    /// Answer a request.
    Answer(ResubscriptionRequestId),
}

impl RequestDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        match (dialog?, id?.parse().ok()?) {
            ("answer", id) => Some(Self::Answer(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Answer(id) => format!("dialog=answer&id={id}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::export, *};

    #[test]
    fn the_dialogs_of_a_provider_survive_the_address() {
        fn parts(text: &str) -> (Option<&str>, Option<&str>) {
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            (parameter("dialog"), parameter("id"))
        }
        let slug = EnterpriseSlug::parse("alder-clinics").unwrap();
        for dialog in [
            EnterpriseDialog::Add,
            EnterpriseDialog::Update(slug.clone()),
            EnterpriseDialog::Suspend(slug.clone()),
        ] {
            let text = dialog.parameters();
            let (name, id) = parts(&text);
            assert_eq!(EnterpriseDialog::from_parameters(name, id), Some(dialog));
        }
        let id: Uuid = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        let asked = MemberDeed::ALL.map(|deed| MemberDialog::Ask(deed, id));
        let others = [MemberDialog::Invite, MemberDialog::Role(id), MemberDialog::Tokens(id)];
        for dialog in others.into_iter().chain(asked) {
            let text = dialog.parameters();
            let (name, id) = parts(&text);
            assert_eq!(MemberDialog::from_parameters(name, id), Some(dialog));
        }
        let answer = RequestDialog::Answer(ResubscriptionRequestId(id));
        let text = answer.parameters();
        let (name, id) = parts(&text);
        assert_eq!(RequestDialog::from_parameters(name, id), Some(answer));
        assert_eq!(RequestDialog::from_parameters(Some("delete"), id), None);
        assert_eq!(MemberDialog::from_parameters(Some("explode"), id), None);
        assert_eq!(provider_members(&slug), "/provider/enterprises/alder-clinics");
        assert_eq!(export(&provider(), ""), "/provider/export.csv");
        assert_eq!(provider_alerts(), "/provider/alerts");
    }
}
