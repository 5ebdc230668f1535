//! Who gets what from which server function: every one that exists has its case here.

pub(crate) mod cases;
mod crossing;
mod things;

use std::{collections::BTreeSet, fmt::Write};

use domain::{access::Role, carrier_profile::CarrierKind, enterprise::EnterpriseSlug};
use http::{Method, StatusCode};
use leptos::server_fn::axum::server_fn_paths;

use self::cases::{CASES, Case, INPUT, Reach, SETTINGS};
use crate::{
    support::{Answer, Browser, TestServer},
    test_calls,
};

pub(crate) fn registered() -> BTreeSet<(String, String)> {
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
        "No case says who may call {missing:?}. Add one to its area in server/tests/http/access/cases: its path, whose \
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
    for case in CASES.iter() {
        let method = method_of(case.path);
        if case.reach == Reach::Reads {
            assert_eq!(method, Method::GET, "{}", case.path);
        }
        if case.reach == Reach::Changes {
            assert_eq!(method, Method::POST, "{}", case.path);
        }
    }
}

/// Addresses stand in the logs of proxies and in the history of browsers.
#[test]
fn no_server_function_takes_a_secret_in_its_address() {
    let secret = |case: &&Case<'_>| ["token", "password"].iter().any(|name| case.arguments.contains(name));
    let with_secrets: Vec<_> = CASES.iter().filter(secret).collect();
    assert!(with_secrets.len() >= 3, "signing in, and both calls of an invitation");
    for case in with_secrets {
        assert_eq!(method_of(case.path), Method::POST, "{}", case.path);
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
        return browser.post_call(case.path, &arguments).await;
    }
    let fields: Vec<(&str, &str)> = arguments.split('&').filter_map(|pair| pair.split_once('=')).collect();
    browser.post_form(case.path, &fields).await
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
        let ids = things::of(&server, &clinic, (user, profile), n, case).await;
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

#[tokio::test]
async fn who_gets_what() {
    let mut matrix = format!("{:<36}", "");
    for person in ["nobody", "elsewhere", "neighbour", "viewer", "admin", "provider"] {
        write!(matrix, "{person:>10}").unwrap();
    }
    matrix.push('\n');
    for case in CASES.iter() {
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

/// Whether the call adds, imports, changes or deletes numbers.
fn keeps_numbers(case: &Case<'_>) -> bool {
    let of_numbers = case.path.starts_with("/rpc/number/") && !case.path.starts_with("/rpc/number/assign");
    case.reach == Reach::Changes && (of_numbers || case.path.starts_with("/rpc/import/"))
}

/// Where an enterprise does not manage its own numbers, its provider does, and nobody else.
#[tokio::test]
async fn numbers_are_kept_by_the_provider_where_the_enterprise_does_not_manage_its_own() {
    let mut asked = 0;
    for case in CASES.iter().filter(|case| keeps_numbers(case)) {
        asked += 1;
        let server = TestServer::start().await;
        let clinic = server.portal.enterprise_without_numbers("alder-clinics").await;
        let user = clinic.user("Ada Brandt").insert().await;
        let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
        let people = [
            (Some((clinic.slug(), Role::EnterpriseViewer)), 403),
            (Some((clinic.slug(), Role::EnterpriseAdmin)), 403),
            (None, 200),
        ];
        for (n, (at, expected)) in people.into_iter().enumerate() {
            let ids = things::of(&server, &clinic, (user, profile), n, case).await;
            let mut browser = server.signed_in(at).await;
            let answer = call(&mut browser, case, &ids).await;
            assert_eq!(
                answer.status.as_u16(),
                expected,
                "{} for {at:?}: {}",
                case.path,
                answer.body
            );
        }
    }
    assert_eq!(asked, 9, "five calls change numbers, four import them");
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
        ("{carrier}", user.to_string()),
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
