//! Who gets what from which server function: every one that exists has its case here.

use std::{collections::BTreeSet, fmt::Write};

use backend::{
    services::{import_upload, membership, resubscription_request, sms_group, teams_user},
    testing::TestEnterprise,
};
use domain::{
    access::Role,
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSlug,
    ids::{DomainSubscriptionId, ImportUploadId, TaskId},
    import::ImportKind,
    invitation::InviteInput,
    teams_user::OffboardInput,
};
use http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;

use crate::{
    support::{Answer, Browser, SIGN_IN, TestServer},
    test_calls,
};

/// Whose business a server function is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reach {
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
/// was just deleted), `{domain}` (one that has expired), `{entry}` (of the audit log), `{number}` (a free one), `{profile}`
/// (a carrier profile that nothing uses), `{task}`
/// (one that has failed), `{user}`, `{upload}` (a
/// checked file with a number), `{run}` (of that check), `{leaver}` (a person without anything), `{offboarded}` (one who was just offboarded),
/// `{member}` (who can sign in), `{invitation}` and `{request}` (an open one) stand for ids, `{settings}` for those of an
/// enterprise, `{n}` for the place of who asks.
struct Case<'a> {
    path: &'static str,
    reach: Reach,
    arguments: &'a str,
}

const fn case(path: &'static str, reach: Reach, arguments: &'static str) -> Case<'static> {
    Case { path, reach, arguments }
}

const INPUT: &str = r#""input":{"name":"Lobby","owner_id":"{user}","member_ids":["{user}"],"number_ids":[]}"#;

const SETTINGS: &str = r#"{"name":"New","switches":{"sms":true,"group_texting":false,"secure_sms":false,
    "manages_own_numbers":true,"connector_app":"legacy"},"number_cooling_off_days":""}"#;

/// One for each server function.
const CASES: &[Case<'static>] = &[
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
    case("/rpc/invitation/get", Reach::Everybody, "token=no-such-token"),
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

fn registered() -> BTreeSet<(String, String)> {
    server_fn_paths()
        .filter(|(path, _)| !path.starts_with(test_calls::PREFIX))
        .map(|(path, method)| (path.to_owned(), method.to_string()))
        .collect()
}

fn method_of(path: &str) -> Method {
    let (_, method) = registered().into_iter().find(|(known, _)| known == path).unwrap();
    method.parse().unwrap()
}

#[test]
fn every_server_function_has_a_case() {
    let paths: BTreeSet<String> = registered().into_iter().map(|(path, _)| path).collect();
    let cases: BTreeSet<String> = CASES.iter().map(|case| case.path.to_owned()).collect();
    let missing: Vec<_> = paths.difference(&cases).collect();
    assert!(
        missing.is_empty(),
        "No case says who may call {missing:?}. Add one to CASES in server/tests/http/access.rs: its path, whose \
         business it is (Reach), and arguments that succeed for an admin. Then look at what the snapshot shows: a \
         stranger gets 404, a viewer 403 where something changes. If it shows anything else, the service is missing \
         its call of authorize."
    );
    let gone: Vec<_> = cases.difference(&paths).collect();
    assert!(
        gone.is_empty(),
        "There is no server function at {gone:?} any more; remove the case from CASES."
    );
}

/// A request that changes nothing may be repeated and foretold by browsers, so whatever changes something is a POST.
#[test]
fn every_changing_server_function_is_a_post() {
    for case in CASES {
        let method = method_of(case.path);
        if case.reach == Reach::Reads {
            assert_eq!(method, Method::GET, "{}", case.path);
        }
        if case.reach == Reach::Changes {
            assert_eq!(method, Method::POST, "{}", case.path);
        }
    }
}

/// Calls it with the case's arguments. Where no entry was looked up, the call is refused before one is looked for.
async fn call(browser: &mut Browser<'_>, case: &Case<'_>, ids: &[(&str, String)]) -> Answer {
    let arguments = ids
        .iter()
        .fold(case.arguments.to_owned(), |text, (name, id)| text.replace(name, id));
    if method_of(case.path) == Method::GET {
        return browser.get(&format!("{}?{arguments}", case.path)).await;
    }
    if arguments.starts_with('{') {
        return browser.post_json(case.path, &arguments).await;
    }
    let fields: Vec<(&str, &str)> = arguments.split('&').filter_map(|pair| pair.split_once('=')).collect();
    browser.post_form(case.path, &fields).await
}

/// A file with a number that was uploaded and checked, and the run of the check.
async fn uploaded(server: &TestServer, at: &EnterpriseSlug) -> (ImportUploadId, String) {
    let (op, backend, kind) = (server.portal.system(), server.portal.backend(), ImportKind::Numbers);
    let mut receiving = import_upload::receive(&op, backend, at, kind, "numbers.csv")
        .await
        .unwrap();
    receiving.write(b"Number\n+12065550183\n").await.unwrap();
    let upload = receiving.finish().await.unwrap();
    let columns = upload.shape.columns;
    let checked = import_upload::check(&op, backend, at, (kind, upload.id), columns)
        .await
        .unwrap();
    (upload.id, checked.run.unwrap().to_string())
}

/// The statuses for: nobody, an admin of another provider's enterprise, an admin of a neighbour, a viewer, an admin,
/// the provider. The order matters: those who may change something come last.
async fn statuses(case: &Case<'_>) -> Vec<StatusCode> {
    let server = TestServer::start().await;
    // Only with the legacy app there is anything to sync.
    let clinic = server.portal.legacy_enterprise("alder-clinics").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let elsewhere = server.portal.enterprise_elsewhere("cedar-lines").await;
    let user = clinic.user("Ada Brandt").insert().await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let admin = Role::EnterpriseAdmin;
    let people: [Option<Option<(&EnterpriseSlug, Role)>>; 6] = [
        None,
        Some(Some((elsewhere.slug(), admin))),
        Some(Some((neighbour.slug(), admin))),
        Some(Some((clinic.slug(), Role::EnterpriseViewer))),
        Some(Some((clinic.slug(), admin))),
        Some(None),
    ];
    let mut statuses = Vec::new();
    for (n, person) in people.into_iter().enumerate() {
        let group = clinic.group(&format!("Front Desk {n}"), user).insert().await;
        let number = clinic.number(&format!("+1206555010{n}")).insert().await;
        if case.arguments.contains("{deleted}") || case.arguments.contains("{entry}") {
            let (op, backend) = (server.portal.system(), server.portal.backend());
            sms_group::delete(&op, backend, clinic.slug(), group, 1).await.unwrap();
        }
        let leaver = clinic.user(&format!("Leaver {n}")).insert().await;
        if case.arguments.contains("{offboarded}") {
            let (op, backend) = (server.portal.system(), server.portal.backend());
            let nothing = OffboardInput::default();
            teams_user::offboard(&op, backend, clinic.slug(), leaver, &nothing)
                .await
                .unwrap();
        }
        let domain = clinic.domain(&format!("d{n}.example"), profile, -1).await;
        let spare = clinic.profile(&format!("Spare {n}"), CarrierKind::NetSapiens).await;
        let (member, invitation, request) = of_the_console(&server, &clinic, domain, case).await;
        let entry = server.portal.text("SELECT lower(hex(max(id))) FROM audit_event").await;
        let ids = [
            ("{input}", INPUT.to_owned()),
            ("{group}", group.to_string()),
            ("{deleted}", group.to_string()),
            ("{task}", group.to_string()),
            ("{user}", user.to_string()),
            ("{leaver}", leaver.to_string()),
            ("{offboarded}", leaver.to_string()),
            ("{domain}", domain.to_string()),
            ("{profile}", spare.to_string()),
            ("{number}", number.to_string()),
            ("{n}", n.to_string()),
            ("{entry}", entry.unwrap_or_default()),
            ("{settings}", SETTINGS.to_owned()),
            ("{member}", member),
            ("{invitation}", invitation),
            ("{request}", request),
        ];
        let (upload, run) = if case.arguments.contains("{upload}") {
            let (upload, run) = uploaded(&server, clinic.slug()).await;
            (upload.to_string(), run)
        } else {
            (String::new(), String::new())
        };
        let of_file = [("{upload}", upload), ("{run}", run)];
        let ids = ids.into_iter().chain(of_file).collect::<Vec<_>>();
        if case.arguments.contains("{task}") {
            clinic.failed_task(TaskId(group.0)).await;
        }
        let mut browser = match person {
            Some(at) => server.signed_in(at).await,
            None => server.browser(),
        };
        let answer = call(&mut browser, case, &ids).await;
        statuses.push(answer.status);
        server
            .portal
            .execute("DELETE FROM sms_group WHERE name = 'Lobby'")
            .await
            .unwrap();
    }
    statuses
}

/// What the provider's console is about, if the case asks for it: somebody who can sign in, somebody who is invited, and an
/// open request.
async fn of_the_console(
    server: &TestServer,
    clinic: &TestEnterprise,
    domain: DomainSubscriptionId,
    case: &Case<'_>,
) -> (String, String, String) {
    let (op, backend) = (server.portal.system(), server.portal.backend());
    let (mut member, mut invitation, mut request) = Default::default();
    if case.arguments.contains("{member}") {
        clinic.viewer().await;
        let newest = "SELECT lower(hex(max(id))) FROM membership WHERE enterprise_id IN \
            (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
        member = server.portal.text(newest).await.unwrap_or_default();
    }
    if case.arguments.contains("{invitation}") {
        let input = InviteInput {
            email: "invited@company.example".to_owned(),
            role: Role::EnterpriseViewer,
        };
        let link = membership::invite(&op, backend, clinic.slug(), &input).await.unwrap();
        invitation = link.id.to_string();
    }
    if case.arguments.contains("{request}") {
        let filed = resubscription_request::file(&op, backend, clinic.slug(), domain).await;
        request = filed.unwrap().id.to_string();
    }
    (member, invitation, request)
}

#[tokio::test]
async fn who_gets_what() {
    let mut matrix = format!("{:<36}", "");
    for person in ["nobody", "elsewhere", "neighbour", "viewer", "admin", "provider"] {
        write!(matrix, "{person:>10}").unwrap();
    }
    matrix.push('\n');
    for case in CASES {
        let statuses = statuses(case).await;
        write!(matrix, "{:<36}", case.path).unwrap();
        for status in &statuses {
            write!(matrix, "{:>10}", status.as_u16()).unwrap();
        }
        matrix.push('\n');
        let expected: [u16; 6] = match case.reach {
            Reach::Everybody => [statuses[0].as_u16(); 6],
            Reach::SignedIn => [401, 200, 200, 200, 200, 200],
            Reach::MakesTokens => [401, 200, 200, 403, 200, 200],
            Reach::OwnsNone => [401, 404, 404, 404, 404, 404],
            Reach::Reads | Reach::ReadsMany => [401, 404, 404, 200, 200, 200],
            Reach::Changes => [401, 404, 404, 403, 200, 200],
            Reach::OfProvider => [401, 404, 404, 403, 403, 200],
            Reach::Provider => [401, 404, 404, 404, 404, 200],
        };
        assert_eq!(
            statuses.iter().map(StatusCode::as_u16).collect::<Vec<_>>(),
            expected,
            "{} answers somebody otherwise than {:?} says. If its arguments in CASES are right, the service lacks its \
             call of authorize, or asks for the wrong action.",
            case.path,
            case.reach
        );
    }
    insta::assert_snapshot!(matrix);
}

/// What lies in another enterprise is answered word by word as what is not there.
#[tokio::test]
async fn a_stranger_cannot_tell_what_exists() {
    let server = TestServer::start().await;
    let clinic = server.portal.enterprise("alder-clinics").await;
    let neighbour = server.portal.enterprise("borealis-freight").await;
    let user = clinic.user("Ada Brandt").insert().await;
    let group = clinic.group("Front Desk", user).insert().await;
    let number = clinic.number("+12065550100").insert().await;
    let ids = [
        ("{input}", INPUT.to_owned()),
        ("{group}", group.to_string()),
        ("{deleted}", group.to_string()),
        ("{user}", user.to_string()),
        ("{leaver}", user.to_string()),
        ("{profile}", user.to_string()),
        ("{number}", number.to_string()),
        ("{n}", "1".to_owned()),
        ("{settings}", SETTINGS.to_owned()),
    ];
    let mut stranger = server.signed_in(Some((neighbour.slug(), Role::EnterpriseAdmin))).await;
    for case in CASES.iter().filter(|case| {
        matches!(
            case.reach,
            Reach::Reads | Reach::ReadsMany | Reach::Changes | Reach::OfProvider
        )
    }) {
        let there = call(&mut stranger, case, &ids).await;
        let missing = Case {
            arguments: &case.arguments.replace("alder-clinics", "no-such-enterprise"),
            path: case.path,
            reach: case.reach,
        };
        let not_there = call(&mut stranger, &missing, &ids).await;
        assert_eq!(there.body, not_there.body, "{}", case.path);
        assert_eq!(there.status, not_there.status, "{}", case.path);
    }
}
