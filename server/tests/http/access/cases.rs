//! The case of each server function.

use crate::support::SIGN_IN;

/// Whose business a server function is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reach {
    /// Anybody's, signed in or not.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is an admin anywhere.
    MakesTokens,
    /// Whoever is signed in; here nobody has the token that is named.
    OwnsNone,
    /// Reads in one enterprise.
    Reads,
    /// Reads in one enterprise, and is asked with more than fits into an address, so by a POST.
    ReadsMany,
    /// Changes something in one enterprise.
    Changes,
    /// In one enterprise, but only its provider's.
    OfProvider,
    /// Of a provider and all its enterprises.
    Provider,
}

/// A server function with arguments that succeed for an admin of `alder-clinics`; `{group}`, `{deleted}` (a group that
/// was just deleted), `{domain}` (one that has expired), `{entry}` (of the audit log), `{number}` (a free one),
/// `{profile}` (a carrier profile that nothing uses), `{carrier}` (one with a domain and a credential), `{task}` (one
/// that has failed), `{user}`, `{upload}` (a checked file with a number), `{run}` (of that check), `{leaver}` (a person
/// without anything), `{offboarded}` (one who was just offboarded), `{member}` (who can sign in), `{token}` (of that
/// member), `{invitation}`, `{request}` (an open one) and `{destination}` (of alerts) stand for ids, `{settings}` for
/// those of an enterprise, `{n}` for the place of who asks.
pub(crate) struct Case<'a> {
    pub(crate) path: &'static str,
    pub(crate) reach: Reach,
    pub(super) arguments: &'a str,
}

const fn case(path: &'static str, reach: Reach, arguments: &'static str) -> Case<'static> {
    Case { path, reach, arguments }
}

pub(super) const INPUT: &str =
    r#""input":{"name":"Lobby","owner_id":"{user}","member_ids":["{user}"],"number_ids":[]}"#;

pub(super) const SETTINGS: &str = r#"{"name":"New","switches":{"sms":true,"group_texting":false,"secure_sms":false,
    "manages_own_numbers":true,"connector_app":"legacy"},"number_cooling_off_days":""}"#;

/// One for each server function.
pub(crate) const CASES: &[Case<'static>] = &[
    case(
        "/rpc/alert_destination/create",
        Reach::Provider,
        r#"{"input":{"kind":"webhook","address":"https://hooks.company.example/{n}"}}"#,
    ),
    case("/rpc/alert_destination/list", Reach::Provider, ""),
    case(
        "/rpc/alert_destination/remove",
        Reach::Provider,
        r#"{"id":"{destination}"}"#,
    ),
    case(
        "/rpc/alert_destination/send_test",
        Reach::Provider,
        r#"{"id":"{destination}"}"#,
    ),
    case("/rpc/audit/get", Reach::Reads, "enterprise=alder-clinics&id={entry}"),
    case(
        "/rpc/audit/history",
        Reach::Reads,
        "enterprise=alder-clinics&resource=sms_group&id={group}",
    ),
    case("/rpc/audit/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/api_token/create",
        Reach::MakesTokens,
        r#"{"input":{"name":"Report","enterprise":null,"role":"enterprise_viewer","days":7}}"#,
    ),
    case("/rpc/api_token/list", Reach::SignedIn, ""),
    case("/rpc/api_token/revoke", Reach::OwnsNone, r#"{"id":"{group}"}"#),
    case(
        "/rpc/carrier_profile/check",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{profile}"}"#,
    ),
    case(
        "/rpc/carrier_profile/create",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","input":{"name":"New {n}","carrier":"twilio","host":""}}"#,
    ),
    case(
        "/rpc/carrier_profile/delete",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{profile}","version":1}"#,
    ),
    case("/rpc/carrier_profile/forms", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/carrier_profile/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={profile}",
    ),
    case(
        "/rpc/carrier_profile/list",
        Reach::Reads,
        "enterprise=alder-clinics&query=",
    ),
    case(
        "/rpc/carrier_profile/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/carrier_profile/update",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{profile}","version":1,"input":{"name":"Other {n}","carrier":"netsapiens","host":"api.carrier.example"}}"#,
    ),
    case("/rpc/config_snapshot/history", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/config_snapshot/list",
        Reach::Reads,
        "enterprise=alder-clinics&query=",
    ),
    case(
        "/rpc/config_snapshot/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case("/rpc/config_snapshot/pending", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/config_snapshot/pending_count",
        Reach::Reads,
        "enterprise=alder-clinics",
    ),
    case(
        "/rpc/domain_subscription/delete",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{domain}","version":1}"#,
    ),
    case(
        "/rpc/domain_subscription/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={domain}",
    ),
    case(
        "/rpc/domain_subscription/list",
        Reach::Reads,
        "enterprise=alder-clinics&query=",
    ),
    case(
        "/rpc/domain_subscription/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/domain_subscription/renew",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{domain}"}"#,
    ),
    case(
        "/rpc/domain_subscription/subscribe",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","input":{"domain":"new{n}.example","carrier_profile_id":"{profile}"}}"#,
    ),
    case("/rpc/enterprise/context", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/enterprise/create",
        Reach::Provider,
        r#"{"input":{"slug":"new-enterprise-{n}","settings":{settings}}}"#,
    ),
    case("/rpc/enterprise/get", Reach::OfProvider, "enterprise=alder-clinics"),
    case("/rpc/enterprise/list", Reach::Provider, "query="),
    case("/rpc/enterprise/list_all", Reach::Provider, r#"{"ids":[]}"#),
    case(
        "/rpc/enterprise/set_suspended",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","version":1,"suspended":true}"#,
    ),
    case(
        "/rpc/enterprise/update",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","version":1,"input":{settings}}"#,
    ),
    case("/rpc/finder/find", Reach::Reads, "enterprise=alder-clinics&search=ada"),
    case("/rpc/health/summary", Reach::Reads, "enterprise=alder-clinics"),
    case(
        "/rpc/import/apply",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","kind":"numbers","id":"{upload}","run":"{run}","disable_missing":false}"#,
    ),
    case(
        "/rpc/import/check",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","kind":"numbers","id":"{upload}","columns":[0,null,null,null,null,null,null,null]}"#,
    ),
    case(
        "/rpc/import/from_carrier",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","profile":"{carrier}"}"#,
    ),
    case(
        "/rpc/import/get",
        Reach::Reads,
        "enterprise=alder-clinics&kind=numbers&id={upload}",
    ),
    case(
        "/rpc/import/outcomes",
        Reach::Reads,
        "enterprise=alder-clinics&kind=numbers&id={upload}&query=",
    ),
    case(
        "/rpc/import/read_as",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","kind":"numbers","id":"{upload}","encoding":"utf8","separator":"comma"}"#,
    ),
    case(
        "/rpc/invitation/accept",
        Reach::Everybody,
        "token=no-such-token&password=fifteen-characters",
    ),
    case("/rpc/invitation/get", Reach::Everybody, r#"{"token":"no-such-token"}"#),
    case(
        "/rpc/membership/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={member}",
    ),
    case(
        "/rpc/membership/invite",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","input":{"email":"new@company.example","role":"enterprise_viewer"}}"#,
    ),
    case("/rpc/membership/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/membership/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/membership/remove",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}"}"#,
    ),
    case(
        "/rpc/membership/renew_invitation",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{invitation}"}"#,
    ),
    case(
        "/rpc/membership/reset_password",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}"}"#,
    ),
    case(
        "/rpc/membership/revoke_token",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","token":"{token}"}"#,
    ),
    case(
        "/rpc/membership/set_disabled",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","disabled":true}"#,
    ),
    case(
        "/rpc/membership/set_role",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{member}","was":"enterprise_viewer","role":"enterprise_admin"}"#,
    ),
    case(
        "/rpc/membership/tokens",
        Reach::OfProvider,
        "enterprise=alder-clinics&id={member}",
    ),
    case(
        "/rpc/membership/withdraw_invitation",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{invitation}"}"#,
    ),
    case(
        "/rpc/number/assign",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{number}","version":1,"to":{"teams_user":"{user}"}}"#,
    ),
    case(
        "/rpc/number/assign_in_cooling_off",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{number}","version":1,"to":{"teams_user":"{user}"}}"#,
    ),
    case(
        "/rpc/number/create",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","input":{"number":"+1 206 555 019{n}","settings":{}}}"#,
    ),
    case(
        "/rpc/number/delete",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{number}","version":1}"#,
    ),
    case(
        "/rpc/number/delete_many",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","selection":{"ids":["{number}"]}}"#,
    ),
    case("/rpc/number/get", Reach::Reads, "enterprise=alder-clinics&id={number}"),
    case("/rpc/number/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/number/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/number/options_for_group",
        Reach::Reads,
        "enterprise=alder-clinics&group={group}&search=",
    ),
    case(
        "/rpc/number/options_for_user",
        Reach::Reads,
        "enterprise=alder-clinics&user={user}&search=",
    ),
    case(
        "/rpc/number/update",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{number}","version":1,"patch":{"mms":true}}"#,
    ),
    case(
        "/rpc/number/update_many",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","selection":{"ids":["{number}"]},"patch":{"mms":true}}"#,
    ),
    case("/rpc/provider/get", Reach::Provider, ""),
    case(
        "/rpc/provider/update",
        Reach::Provider,
        r#"{"version":1,"input":{"name":"Test Voice","email":"","phone":""}}"#,
    ),
    case(
        "/rpc/resubscription_request/answer",
        Reach::OfProvider,
        r#"{"enterprise":"alder-clinics","id":"{request}","input":{"verdict":"done","text":""}}"#,
    ),
    case(
        "/rpc/resubscription_request/file",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{domain}"}"#,
    ),
    case("/rpc/resubscription_request/get", Reach::Provider, "id={request}"),
    case("/rpc/resubscription_request/list", Reach::Provider, "query="),
    case("/rpc/resubscription_request/list_all", Reach::Provider, r#"{"ids":[]}"#),
    case("/rpc/session/current", Reach::SignedIn, ""),
    case(
        SIGN_IN,
        Reach::Everybody,
        "email={group}@company.example&password=wrong",
    ),
    case("/rpc/session/sign_out", Reach::Everybody, ""),
    case("/rpc/session/sign_out_everywhere", Reach::SignedIn, ""),
    case(
        "/rpc/sms_group/create",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics",{input}}"#,
    ),
    case(
        "/rpc/sms_group/delete",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{group}","version":1}"#,
    ),
    case(
        "/rpc/sms_group/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={group}",
    ),
    case("/rpc/sms_group/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/sms_group/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/sms_group/restore",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{deleted}"}"#,
    ),
    case(
        "/rpc/sms_group/update",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{group}","version":1,{input}}"#,
    ),
    case("/rpc/task/get", Reach::Reads, "enterprise=alder-clinics&id={task}"),
    case("/rpc/task/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/task/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/task/retry",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{task}"}"#,
    ),
    case(
        "/rpc/task/start_sync",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics"}"#,
    ),
    case(
        "/rpc/teams_user/get",
        Reach::Reads,
        "enterprise=alder-clinics&id={user}",
    ),
    case("/rpc/teams_user/list", Reach::Reads, "enterprise=alder-clinics&query="),
    case(
        "/rpc/teams_user/list_all",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","ids":[]}"#,
    ),
    case(
        "/rpc/teams_user/offboard",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{leaver}","input":{"numbers_to":null}}"#,
    ),
    case(
        "/rpc/teams_user/offboard_preview",
        Reach::ReadsMany,
        r#"{"enterprise":"alder-clinics","id":"{leaver}","input":{"numbers_to":null}}"#,
    ),
    case(
        "/rpc/teams_user/options",
        Reach::Reads,
        "enterprise=alder-clinics&search=",
    ),
    case(
        "/rpc/teams_user/set_numbers",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{leaver}","had":[],"number_ids":["{number}"]}"#,
    ),
    case(
        "/rpc/teams_user/undo_offboard",
        Reach::Changes,
        r#"{"enterprise":"alder-clinics","id":"{offboarded}"}"#,
    ),
];
