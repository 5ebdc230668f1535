//! `audit verify`: what it prints and how it ends.

use backend::{
    services::sms_group,
    testing::{Engine, TestPortal},
};
use domain::sms_group::SmsGroupInput;
use rstest::rstest;

use crate::program::Place;

const BROKEN: i32 = 3;

/// Runs the check; its status and what it prints.
fn verify(portal: &TestPortal) -> (Option<i32>, String) {
    let output = Place::new().run(&["--database-url", portal.database().url(), "audit", "verify"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[rstest]
#[tokio::test]
async fn each_chain_has_a_line(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    assert_eq!(verify(&portal), (Some(0), "The audit log is empty.\n".to_owned()));
    for slug in ["borealis-freight", "alder-clinics"] {
        let enterprise = portal.enterprise(slug).await;
        let ada = enterprise.user("Ada Brandt").insert().await;
        let admin = enterprise.admin().await;
        for name in ["Front Desk", "Lobby"] {
            let input = SmsGroupInput {
                name: name.to_owned(),
                owner_id: Some(ada),
                member_ids: vec![ada],
                ..SmsGroupInput::default()
            };
            sms_group::create(&admin, portal.backend(), enterprise.slug(), &input)
                .await
                .unwrap();
        }
    }
    let (status, text) = verify(&portal);
    assert_eq!(status, Some(0), "{text}");
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert!(
        lines[0].starts_with("alder-clinics: 2 entries, unbroken, last hash "),
        "{text}"
    );
    assert!(
        lines[1].starts_with("borealis-freight: 2 entries, unbroken, last hash "),
        "{text}"
    );

    match engine {
        Engine::Sqlite => portal.execute("DROP TRIGGER audit_event_no_update").await.unwrap(),
        Engine::Postgres => {
            let suspend = "ALTER TABLE audit_event DISABLE TRIGGER USER";
            portal.execute(suspend).await.unwrap();
        }
    }
    let tamper = "UPDATE audit_event SET actor = 'eve' WHERE sequence = 1 AND enterprise_id IN \
                  (SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
    portal.execute(tamper).await.unwrap();
    let (status, text) = verify(&portal);
    assert_eq!(status, Some(BROKEN), "{text}");
    assert!(
        text.starts_with(
            "alder-clinics: 2 entries, BROKEN: entry 1 was changed or moved\nborealis-freight: 2 entries, unbroken"
        ),
        "{text}"
    );
}

#[test]
fn a_log_that_cannot_be_read_is_told() {
    let sentence = Place::new().fails(&["--database-url", "sqlite:site", "audit", "verify"]);
    assert!(sentence.contains("cannot be opened"), "{sentence}");
}
