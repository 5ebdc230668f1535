//! The help pages.

/// A help page.
#[must_use]
pub fn help(topic: HelpTopic) -> String {
    format!("/help/{}", topic.as_str())
}

/// The help pages there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HelpTopic {
    /// Signing in and finding one's way.
    SigningIn,
    /// The Dashboard.
    Dashboard,
    /// Users.
    Users,
    /// Numbers.
    Numbers,
    /// Importing files.
    Importing,
    /// Services → SMS → General.
    SmsGeneral,
    /// Services → SMS → Groups.
    SmsGroups,
    /// Services → SMS → Carriers.
    SmsCarriers,
    /// Services → SMS → Domains.
    SmsDomains,
    /// The Configuration page and changes that are not live.
    Configuration,
    /// The audit log.
    AuditLog,
    /// API tokens and the API.
    Api,
    /// The provider's console.
    ProviderConsole,
}

impl HelpTopic {
    /// Every help page, in the order of their list.
    pub const ALL: [Self; 13] = [
        Self::SigningIn,
        Self::Dashboard,
        Self::Users,
        Self::Numbers,
        Self::Importing,
        Self::SmsGeneral,
        Self::SmsGroups,
        Self::SmsCarriers,
        Self::SmsDomains,
        Self::Configuration,
        Self::AuditLog,
        Self::Api,
        Self::ProviderConsole,
    ];

    /// Its name in the address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SigningIn => "signing-in",
            Self::Dashboard => "dashboard",
            Self::Users => "users",
            Self::Numbers => "numbers",
            Self::Importing => "importing",
            Self::SmsGeneral => "sms-general",
            Self::SmsGroups => "sms-groups",
            Self::SmsCarriers => "sms-carriers",
            Self::SmsDomains => "sms-domains",
            Self::Configuration => "configuration",
            Self::AuditLog => "audit-log",
            Self::Api => "api",
            Self::ProviderConsole => "provider-console",
        }
    }

    /// Reads the name in the address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.as_str() == text)
    }
}
