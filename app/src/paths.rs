//! Every address of the portal, as a function; nothing else builds one by hand.

use domain::{
    enterprise::{EnterpriseContext, EnterpriseSlug, SmsTab},
    ids::{
        AuditEventId, CarrierProfileId, DomainSubscriptionId, ImportUploadId, PhoneNumberId, ResubscriptionRequestId,
        SmsGroupId, TaskId, TeamsUserId,
    },
    import::ImportKind,
};
use uuid::Uuid;

/// The start page; leads to the signed-in person's enterprise.
#[must_use]
pub fn home() -> String {
    "/".to_owned()
}

/// The sign-in page.
#[must_use]
pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// The sign-in page, which leads back to `next` afterwards.
#[must_use]
pub fn sign_in_and_return(next: &str) -> String {
    if next == "/" {
        return sign_in();
    }
    let escaped: String = next
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("{}?next={escaped}", sign_in())
}

/// The start page of an enterprise.
#[must_use]
pub fn enterprise(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}")
}

/// The page that the start page of an enterprise leads to: the groups, where an admin works; while SMS is off, the page
/// that says so.
#[must_use]
pub fn enterprise_start(enterprise: &EnterpriseContext) -> String {
    let tab = if enterprise.switches.sms {
        SmsTab::Groups
    } else {
        SmsTab::General
    };
    sms_tab(&enterprise.slug, tab)
}

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

/// The first part of the address of a one-time link.
const INVITATION: &str = "/invitation/";

/// A one-time link, for whoever is to use it.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("{INVITATION}{token}")
}

/// Whether `path` is that of a one-time link, which needs no session and is a secret.
#[must_use]
pub fn is_invitation(path: &str) -> bool {
    path.starts_with(INVITATION)
}

/// `path` as it may be written into a log: without the secret of a one-time link.
#[must_use]
pub fn without_secrets(path: &str) -> &str {
    if is_invitation(path) { INVITATION } else { path }
}

/// A tab under Services → SMS.
#[must_use]
pub fn sms_tab(enterprise: &EnterpriseSlug, tab: SmsTab) -> String {
    let tab = match tab {
        SmsTab::General => "",
        SmsTab::Groups => "/groups",
        SmsTab::Carriers => "/carriers",
        SmsTab::Domains => "/domains",
    };
    format!("/e/{enterprise}/services/sms{tab}")
}

/// The health of an enterprise and its tasks.
#[must_use]
pub fn dashboard(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/dashboard")
}

/// What is live for the connector app, and what is not yet.
#[must_use]
pub fn configuration(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/configuration")
}

/// The audit log of an enterprise.
#[must_use]
pub fn audit(enterprise: &EnterpriseSlug) -> String {
    format!("/e/{enterprise}/audit")
}

/// The API tokens of the signed-in person.
#[must_use]
pub fn api_tokens() -> String {
    "/account/tokens".to_owned()
}

/// The description of the API; no page of the router's.
#[must_use]
pub fn api_docs() -> String {
    "/api/docs/".to_owned()
}

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

/// The page that the rows of such a file appear on.
#[must_use]
pub fn imported(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    match kind {
        ImportKind::Numbers => numbers(enterprise),
        ImportKind::Users => users(enterprise),
    }
}

/// The page where a file is uploaded to be imported.
#[must_use]
pub fn import(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{}/import", imported(enterprise, kind))
}

/// The page of an uploaded file.
#[must_use]
pub fn import_file(enterprise: &EnterpriseSlug, kind: ImportKind, id: ImportUploadId) -> String {
    format!("{}/{id}", import(enterprise, kind))
}

/// The kind of file that the import page at `path` is for, and which file, if it is the page of one; none for any other
/// page. What cannot be the id of a file leads to the upload of one.
#[must_use]
pub fn import_of(path: &str) -> Option<(ImportKind, Option<ImportUploadId>)> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match *segments.as_slice() {
        ["e", _, kind, "import"] => Some((ImportKind::parse(kind)?, None)),
        ["e", _, kind, "import", id] => Some((ImportKind::parse(kind)?, id.parse().ok())),
        _ => None,
    }
}

/// The rejected rows of an uploaded file, as a file; no page.
#[must_use]
pub fn import_rejected(enterprise: &EnterpriseSlug, kind: ImportKind, id: ImportUploadId) -> String {
    format!("{}/rejected.csv", import_file(enterprise, kind, id))
}

/// A file to begin with; no page.
#[must_use]
pub fn import_template(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{}/template.csv", import(enterprise, kind))
}

/// How the addresses of all calls for imports begin.
pub const IMPORT_CALLS: &str = "/rpc/import/";

/// Where a file is sent to; no page. Its name is added, escaped.
#[must_use]
pub fn import_upload(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{IMPORT_CALLS}upload/{enterprise}/{}?name=", kind.as_str())
}

/// The dialog of an SMS group.
#[must_use]
pub fn group(enterprise: &EnterpriseSlug, id: SmsGroupId) -> String {
    with_query(
        &sms_tab(enterprise, SmsTab::Groups),
        &[&GroupDialog::Update(id).parameters()],
    )
}

/// The stream of live updates of an enterprise; no page.
#[must_use]
pub fn live(enterprise: &EnterpriseSlug) -> String {
    format!("/rpc/live/{enterprise}")
}

/// The last part of the address of an exported table.
const EXPORT: &str = "/export.csv";

/// The rows of the table on the page at `path` that a query (in its text form) finds, as a file.
#[must_use]
pub fn export(path: &str, query: &str) -> String {
    with_query(&format!("{}{EXPORT}", path.trim_end_matches('/')), &[query])
}

/// The page whose table `address` exports, with the same search and filters; `address` itself if it exports none.
#[must_use]
pub fn page_of_export(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    match path.strip_suffix(EXPORT) {
        Some(page) => with_query(page, &[query]),
        None => address.to_owned(),
    }
}

/// Whether `path` is that of a page below an enterprise's services.
#[must_use]
pub fn is_service(path: &str) -> bool {
    path.strip_prefix("/e/")
        .and_then(|rest| rest.split_once('/'))
        .is_some_and(|(_, page)| page.starts_with("services/"))
}

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
    /// Numbers.
    Numbers,
    /// The Dashboard.
    Dashboard,
    /// Users.
    Users,
    /// Importing files.
    Importing,
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
            Self::SmsGeneral => "sms-general",
            Self::SmsGroups => "sms-groups",
            Self::SmsCarriers => "sms-carriers",
            Self::SmsDomains => "sms-domains",
            Self::Configuration => "configuration",
            Self::AuditLog => "audit-log",
            Self::Numbers => "numbers",
            Self::Dashboard => "dashboard",
            Self::Users => "users",
            Self::Importing => "importing",
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

/// A dialog of the Dashboard; it has an address, so that Back closes it and a link opens it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskDialog {
    /// Everything about a task.
    Details(TaskId),
    /// The question whether to try a failed task again.
    Retry(TaskId),
}

impl TaskDialog {
    /// Reads it from the `dialog` and `id` parameters of an address.
    #[must_use]
    pub fn from_parameters(dialog: Option<&str>, id: Option<&str>) -> Option<Self> {
        let id = id?.parse().ok()?;
        match dialog? {
            "task" => Some(Self::Details(id)),
            "retry" => Some(Self::Retry(id)),
            _ => None,
        }
    }

    /// Writes it as parameters of an address.
    #[must_use]
    pub fn parameters(self) -> String {
        match self {
            Self::Details(id) => format!("dialog=task&id={id}"),
            Self::Retry(id) => format!("dialog=retry&id={id}"),
        }
    }
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

/// `path` with the parts of a query string that are not empty.
#[must_use]
pub fn with_query(path: &str, parts: &[&str]) -> String {
    let query: Vec<&str> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// Where to go after signing in: `next` if it is an address inside the portal, else the start page.
///
/// Refuses everything a browser could read as another host: `//host`, `/\host`, control characters that browsers drop.
#[must_use]
pub fn after_sign_in(next: Option<&str>) -> String {
    next.filter(|next| is_inside(next)).map_or_else(home, str::to_owned)
}

fn is_inside(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/sign-in")
        && !next.starts_with("/rpc")
        && next.len() <= 2_000
        && !next.chars().any(|c| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_only_to_addresses_of_the_portal() {
        let inside = "/e/alder-clinics/services/sms/groups?search=a%20b";
        assert_eq!(after_sign_in(Some(inside)), inside);
        for outside in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "",
            "/sign-in?next=/",
        ] {
            assert_eq!(after_sign_in(Some(outside)), "/", "{outside:?}");
        }
    }

    #[test]
    fn every_address() {
        let slug = EnterpriseSlug::parse("alder-clinics").unwrap();
        assert_eq!(sms_tab(&slug, SmsTab::General), "/e/alder-clinics/services/sms");
        assert_eq!(sms_tab(&slug, SmsTab::Groups), "/e/alder-clinics/services/sms/groups");
        assert_eq!(
            sms_tab(&slug, SmsTab::Carriers),
            "/e/alder-clinics/services/sms/carriers"
        );
        assert_eq!(sms_tab(&slug, SmsTab::Domains), "/e/alder-clinics/services/sms/domains");
        assert!(is_service(&sms_tab(&slug, SmsTab::General)) && is_service(&sms_tab(&slug, SmsTab::Domains)));
        assert!(!is_service(&enterprise(&slug)) && !is_service("/help/services/x"));
        assert_eq!(enterprise(&slug), "/e/alder-clinics");
        assert_eq!(dashboard(&slug), "/e/alder-clinics/dashboard");
        assert_eq!(configuration(&slug), "/e/alder-clinics/configuration");
        assert_eq!(numbers(&slug), "/e/alder-clinics/numbers");
        let id = "018f3c1e-0000-7000-8000-000000000001";
        assert_eq!(users(&slug), "/e/alder-clinics/users");
        assert_eq!(
            user(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/users?dialog=user&id={id}")
        );
        assert_eq!(
            group(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/services/sms/groups?dialog=update&id={id}")
        );
        assert_eq!(numbers(&slug), "/e/alder-clinics/numbers");
        assert_eq!(
            number(&slug, id.parse().unwrap()),
            format!("/e/alder-clinics/numbers?dialog=assign&id={id}")
        );
        assert_eq!(live(&slug), "/rpc/live/alder-clinics");
        assert_eq!(audit(&slug), "/e/alder-clinics/audit");
        assert_eq!(api_tokens(), "/account/tokens");
        assert_eq!(api_docs(), "/api/docs/");
        let groups = sms_tab(&slug, SmsTab::Groups);
        let export_of_desks = export(&groups, "search=desk");
        assert_eq!(
            export_of_desks,
            "/e/alder-clinics/services/sms/groups/export.csv?search=desk"
        );
        assert_eq!(page_of_export(&export_of_desks), format!("{groups}?search=desk"));
        assert_eq!(page_of_export(&export(&groups, "")), groups);
        assert_eq!(page_of_export("/?export.csv"), "/?export.csv");
        assert_eq!(help(HelpTopic::SmsGroups), "/help/sms-groups");
        assert_eq!(sign_in_and_return("/"), "/sign-in");
        assert_eq!(
            sign_in_and_return("/e/a?search=x y&page=2"),
            "/sign-in?next=/e/a%3Fsearch%3Dx%20y%26page%3D2"
        );
    }

    #[test]
    fn the_secret_of_a_link_is_in_no_log() {
        assert_eq!(invitation("secret"), "/invitation/secret");
        assert_eq!(without_secrets(&invitation("secret")), "/invitation/");
        assert_eq!(without_secrets("/provider"), "/provider");
    }

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
        for dialog in [MemberDialog::Invite, MemberDialog::Role(id)].into_iter().chain(asked) {
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
    }

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

    #[test]
    fn an_audit_entry_survives_the_address() {
        let id = "018f3c1e-0000-7000-8000-000000000001";
        let dialog = AuditDialog::from_parameters(Some("entry"), Some(id)).unwrap();
        assert_eq!(dialog.parameters(), format!("dialog=entry&id={id}"));
        assert_eq!(AuditDialog::from_parameters(Some("entry"), Some("7")), None);
        assert_eq!(AuditDialog::from_parameters(Some("update"), Some(id)), None);
        assert_eq!(AuditDialog::from_parameters(None, Some(id)), None);
    }

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
    #[test]
    fn a_dialog_about_a_task_survives_the_address() {
        let id: TaskId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for dialog in [TaskDialog::Details(id), TaskDialog::Retry(id)] {
            let text = dialog.parameters();
            let parameter = |name: &str| {
                text.split('&')
                    .find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
            };
            assert_eq!(
                TaskDialog::from_parameters(parameter("dialog"), parameter("id")),
                Some(dialog)
            );
        }
    }

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

    #[test]
    fn the_address_of_an_import_page_tells_what_it_is_for() {
        let slug = EnterpriseSlug::parse("alder-clinics").unwrap();
        let id: ImportUploadId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for kind in ImportKind::ALL {
            assert_eq!(import_of(&import(&slug, kind)), Some((kind, None)));
            assert_eq!(import_of(&import_file(&slug, kind, id)), Some((kind, Some(id))));
            assert_eq!(import_of(&imported(&slug, kind)), None);
        }
        assert_eq!(import_of("/e/alder-clinics/groups/import"), None);
        assert_eq!(
            import_of("/e/alder-clinics/users/import/17"),
            Some((ImportKind::Users, None))
        );
    }
}
