//! Ids of one enterprise in calls about another one, by somebody who reaches both: there they stand for nothing.

use domain::carrier_profile::CarrierKind;

use super::{
    call,
    cases::{CASES, Case, Reach},
    things,
};
use crate::support::TestServer;

/// An id that nothing has.
const NOTHING: &str = "018f3c1e-0000-7000-8000-000000000001";

/// The text with each id in the place of its name.
fn filled_in(text: &str, ids: &[(&str, String)]) -> String {
    ids.iter()
        .fold(text.to_owned(), |text, (name, id)| text.replace(name, id))
}

fn is_id(text: &str) -> bool {
    text.parse::<uuid::Uuid>().is_ok()
}

/// How many changes the log of `alder-clinics` tells of.
async fn changes(server: &TestServer) -> i64 {
    let sql = "SELECT COUNT(*) FROM audit_event WHERE enterprise_id = \
               (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
    server.portal.number(sql).await
}

#[tokio::test]
async fn no_id_leads_into_another_enterprise() {
    let of_one = [Reach::Reads, Reach::ReadsMany, Reach::Changes, Reach::OfProvider];
    let mut crossed = 0;
    for case in CASES.iter().filter(|case| of_one.contains(&case.reach)) {
        let server = TestServer::start().await;
        let clinic = server.portal.legacy_enterprise("alder-clinics").await;
        server.portal.legacy_enterprise("borealis-freight").await;
        let user = clinic.user("Ada Brandt").insert().await;
        let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
        let ids = things::of(&server, &clinic, (user, profile), 1, case).await;
        let nothing: Vec<(&str, String)> = ids
            .iter()
            .map(|(name, id)| (*name, if is_id(id) { NOTHING.to_owned() } else { id.clone() }))
            .collect();
        let arguments = case.arguments.replace("alder-clinics", "borealis-freight");
        if filled_in(&arguments, &ids) == filled_in(&arguments, &nothing) {
            continue;
        }
        crossed += 1;
        let there = Case {
            arguments: &arguments,
            path: case.path,
            reach: case.reach,
        };
        let mut provider = server.signed_in(None).await;
        let before = changes(&server).await;
        let answer = call(&mut provider, &there, &ids).await;
        let of_nothing = call(&mut provider, &there, &nothing).await;
        let told = ids
            .iter()
            .filter(|(_, id)| is_id(id))
            .fold(answer.body, |body, (_, id)| body.replace(id, NOTHING));
        assert_eq!(
            (answer.status, told),
            (of_nothing.status, of_nothing.body),
            "{} tells what is in another enterprise",
            case.path
        );
        assert_eq!(changes(&server).await, before, "{}", case.path);
    }
    assert!(crossed > 15, "{crossed} calls take ids");
}
