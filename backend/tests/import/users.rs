//! What becomes of rows with people.

use backend::{
    services::{
        config_snapshot,
        import::{ImportMode, MissingUsers},
    },
    testing::{Engine, TestPortal},
};
use domain::{
    config_snapshot::ConfigChange,
    import::{FieldChange, FieldValue, RowOutcome},
    teams_user::LicenseState,
};
use rstest::rstest;

use super::{Told, counts, sample, users, users_as};

const ADA: &str = "00000000-0000-4000-8000-00000000000a";
const BELA: &str = "00000000-0000-4000-8000-00000000000b";
const CARL: &str = "00000000-0000-4000-8000-00000000000c";

/// A file with people: object id, sign-in name without its host, display name.
fn file(people: &[(&str, &str, &str)]) -> String {
    let row = |(id, name, display): &(&str, &str, &str)| format!("{id},{name}@clinic.example,{display}\n");
    format!(
        "objectId,userPrincipalName,displayName\n{}",
        people.iter().map(row).collect::<String>()
    )
}

/// How many people have that sign-in name and that display name, in all forms in which they are kept.
async fn named(portal: &TestPortal, name: &str, display: &str) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM teams_user WHERE display_name = '{display}' AND user_principal_name = '{name}@clinic.example' \
         AND user_principal_name_key = lower('{name}@clinic.example') \
         AND user_principal_name_search = lower('{name}@clinic.example')"
    );
    portal.number(&sql).await
}

async fn in_state(portal: &TestPortal, license: LicenseState) -> i64 {
    let sql = format!(
        "SELECT COUNT(*) FROM teams_user WHERE license_state = '{}'",
        license.as_str()
    );
    portal.number(&sql).await
}

#[rstest]
#[case("entra-download-users.csv", "m365-active-users.csv")]
#[case("m365-active-users.csv", "entra-download-users.csv")]
#[tokio::test]
async fn both_exports_come_to_the_same_in_either_order(
    #[case] first: &str,
    #[case] second: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (summary, _) = users(&portal, &clinic, sample(first)).await;
    assert_eq!(counts(summary.rows), [240, 0, 0, 0]);
    let (summary, _) = users(&portal, &clinic, sample(second)).await;
    let updated = if first.starts_with("entra") { 240 } else { 0 };
    assert_eq!(counts(summary.rows), [0, updated, 240 - updated, 0]);
    assert_eq!((summary.missing, summary.disabled), (Some(0), 0));
    assert_eq!(in_state(&portal, LicenseState::Licensed).await, 211);
    assert_eq!(in_state(&portal, LicenseState::Unlicensed).await, 29);
    assert_eq!(
        portal.number("SELECT COUNT(*) FROM teams_user WHERE NOT enabled").await,
        11
    );
    for again in [first, second] {
        let (summary, _) = users(&portal, &clinic, sample(again)).await;
        assert_eq!(counts(summary.rows), [0, 0, 240, 0]);
    }
}

#[rstest]
#[tokio::test]
async fn a_licence_is_unknown_until_a_file_tells(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    users(&portal, &clinic, sample("entra-download-users.csv")).await;
    assert_eq!(in_state(&portal, LicenseState::Unknown).await, 240);
}

#[rstest]
#[tokio::test]
async fn people_are_found_by_object_id_and_then_by_name(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    users(&portal, &clinic, file(&[(ADA, "ada", "Ada"), ("", "bela", "Bela")])).await;
    let renamed = file(&[
        (ADA, "Ada.Brandt", "Ada Brandt"),
        (BELA, "BELA", "Bela"),
        (CARL, "carl", "Carl"),
    ]);
    let (summary, told) = users(&portal, &clinic, renamed.as_str()).await;
    assert_eq!(counts(summary.rows), [1, 2, 0, 0], "{:?}", told.lines());
    assert_eq!(
        told.lines(),
        [
            "2 Ada.Brandt@clinic.example: updated Name Ada → Ada Brandt; User principal name ada@clinic.example → \
             Ada.Brandt@clinic.example"
                .to_owned(),
            format!(
                "3 BELA@clinic.example: updated User principal name bela@clinic.example → BELA@clinic.example; \
                 Object id none → {BELA}"
            ),
            "4 carl@clinic.example: added".to_owned(),
        ]
    );
    assert_eq!(named(&portal, "Ada.Brandt", "Ada Brandt").await, 1);
    assert_eq!(named(&portal, "BELA", "Bela").await, 1);
    let with_ids = "SELECT COUNT(*) FROM teams_user WHERE entra_object_id IS NOT NULL";
    assert_eq!(portal.number(with_ids).await, 3);
    // Somebody who was deleted and made anew at Microsoft has another object id and is the same person to us.
    let (summary, _) = users(
        &portal,
        &clinic,
        renamed.replace(CARL, "00000000-0000-4000-8000-0000000000cc"),
    )
    .await;
    assert_eq!(counts(summary.rows), [0, 1, 2, 0]);
    assert_eq!(portal.number("SELECT COUNT(*) FROM teams_user").await, 3);
}

#[rstest]
#[tokio::test]
async fn a_row_says_what_it_changes_and_who_is_new(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let head = "User principal name,Display name,Licenses,Block credential\n";
    users(
        &portal,
        &clinic,
        file(&[("", "ada", "Ada Brandt"), ("", "bela", "Bela"), ("", "carl", "Carl")]),
    )
    .await;
    let first = format!(
        "{head}ada@clinic.example,Ada Brand,Microsoft 365 E3,False\nbela@clinic.example,Bela,Unlicensed,True\n\
         carl@clinic.example,Carl,,\ndora@clinic.example,Dora,Microsoft 365 E3,False\n\
         emil@clinic.example,Emil,Unlicensed,True\n"
    );
    let details = |told: &Told| -> Vec<String> {
        let rows = told.rows.iter();
        rows.map(|row| row.outcome.details().into_owned()).collect()
    };
    let (_, told) = users(&portal, &clinic, first).await;
    assert_eq!(
        details(&told),
        [
            "Name Ada Brandt → Ada Brand; License unknown → licensed",
            "License unknown → not licensed; Sign-in allowed → blocked",
            "License unknown → not licensed",
            "Name Dora; Licensed",
            "Name Emil; Not licensed; Sign-in blocked",
        ]
    );
    let RowOutcome::Updated { changes } = &told.rows[1].outcome else {
        panic!("{:?}", told.rows[1])
    };
    let blocked = FieldChange::between(FieldValue::Enabled(true), FieldValue::Enabled(false));
    assert_eq!(changes.last(), blocked.as_ref());
    let (_, told) = users(&portal, &clinic, file(&[("", "fay", "Fay")])).await;
    assert_eq!(details(&told), ["Name Fay; License unknown"]);
}

#[rstest]
#[tokio::test]
async fn sign_in_names_can_go_round_in_a_file(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    users(
        &portal,
        &clinic,
        file(&[(ADA, "ada", "Ada"), (BELA, "bela", "Bela"), (CARL, "carl", "Carl")]),
    )
    .await;
    // Two swap, and somebody new gets the name that the third gave up further down.
    let new = "00000000-0000-4000-8000-00000000000d";
    let swapped = file(&[
        (ADA, "bela", "Ada"),
        (BELA, "ada", "Bela"),
        (new, "carl", "Carla"),
        (CARL, "carl.old", "Carl"),
    ]);
    let (summary, told) = users(&portal, &clinic, swapped).await;
    assert_eq!(counts(summary.rows), [1, 3, 0, 0], "{:?}", told.lines());
    for (name, display) in [
        ("bela", "Ada"),
        ("ada", "Bela"),
        ("carl", "Carla"),
        ("carl.old", "Carl"),
    ] {
        assert_eq!(named(&portal, name, display).await, 1, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn sign_in_names_can_go_round_in_a_large_file(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let person =
        |id: u32, name: u32| format!("00000000-0000-4000-8000-{id:012},user{name}@clinic.example,Person {id}\n");
    let file = |shift: u32| {
        let rows: String = (0..2_500).map(|id| person(id, (id + shift) % 2_500)).collect();
        format!("objectId,userPrincipalName,displayName\n{rows}")
    };
    users(&portal, &clinic, file(0)).await;
    // Everybody gets the name of somebody in another batch.
    let (summary, _) = users(&portal, &clinic, file(1_200)).await;
    assert_eq!(counts(summary.rows), [0, 2_500, 0, 0]);
    assert_eq!(named(&portal, "user1207", "Person 7").await, 1);
    assert_eq!(named(&portal, "user7", "Person 1307").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_name_that_somebody_keeps_is_not_taken(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    users(
        &portal,
        &clinic,
        file(&[(ADA, "ada", "Ada"), (BELA, "bela", "Bela"), (CARL, "carl", "Carl")]),
    )
    .await;
    // Carl is not in the file and keeps his name, so Bela keeps hers, so Ada cannot have it.
    let (_, told) = users(&portal, &clinic, file(&[(ADA, "bela", "Ada"), (BELA, "carl", "Bela")])).await;
    assert_eq!(
        told.lines(),
        [
            "2 bela@clinic.example: The sign-in name belongs to “Bela”, whose own row on line 3 is rejected.",
            "3 carl@clinic.example: The sign-in name belongs to “Carl”, who is not in this file.",
        ]
    );
    for (name, display) in [("ada", "Ada"), ("bela", "Bela"), ("carl", "Carl")] {
        assert_eq!(named(&portal, name, display).await, 1, "{name}");
    }
}

#[rstest]
#[tokio::test]
async fn somebody_who_stands_twice_is_taken_from_the_first_row(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (_, told) = users(
        &portal,
        &clinic,
        file(&[
            (ADA, "ada", "Ada"),
            (ADA, "other", "Ada"),
            (BELA, "ADA", "Bela"),
            (CARL, "other", "Carl"),
        ]),
    )
    .await;
    assert_eq!(
        told.lines(),
        [
            "2 ada@clinic.example: added",
            "3 other@clinic.example: The same person, by object id, stands on line 2 already.",
            "4 ADA@clinic.example: The same sign-in name stands on line 2 already.",
            "5 other@clinic.example: added",
        ]
    );
}

#[rstest]
#[tokio::test]
async fn who_is_missing_is_told_and_disabled_only_on_request(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let gone = clinic.user("Gone Person").insert().await;
    clinic.user("Left Long Ago").disabled().insert().await;
    clinic.number("+12065550101").of_user(gone).insert().await;
    clinic.group("Front Desk", gone).insert().await;
    let elsewhere = portal.enterprise("borealis-freight").await;
    elsewhere.user("Somebody Else").insert().await;
    let ada = file(&[(ADA, "ada", "Ada")]);
    let (summary, told) = users(&portal, &clinic, ada.as_str()).await;
    assert_eq!((summary.missing, summary.disabled), (Some(1), 0));
    assert_eq!(told.missing_names(), ["Gone Person"]);
    assert_eq!((told.missing[0].numbers, told.missing[0].owned_groups), (1, 1));
    let disabled = "SELECT COUNT(*) FROM teams_user WHERE NOT enabled";
    assert_eq!(portal.number(disabled).await, 1);
    let (system, backend, disable) = (portal.system(), portal.backend(), MissingUsers::Disable);
    let (summary, _) = users_as(&system, backend, &clinic, ada.as_str(), disable, ImportMode::DryRun).await;
    assert_eq!(summary.unwrap().disabled, 1);
    assert_eq!(portal.number(disabled).await, 1);
    let (summary, _) = users_as(&system, backend, &clinic, ada.as_str(), disable, ImportMode::Apply).await;
    assert_eq!(summary.unwrap().disabled, 1);
    assert_eq!(portal.number(disabled).await, 2);
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 1);
    assert_eq!(portal.number("SELECT COUNT(*) FROM sms_group").await, 1);
    let (summary, _) = users_as(&system, backend, &clinic, ada, disable, ImportMode::Apply).await;
    assert_eq!(
        (summary.as_ref().unwrap().missing, summary.unwrap().disabled),
        (Some(0), 0)
    );
}

#[rstest]
#[tokio::test]
async fn nobody_is_missing_from_a_file_with_rejected_rows(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    clinic.user("Gone Person").insert().await;
    let broken = file(&[(ADA, "ada", "Ada"), ("17", "gone.person", "Gone Person")]);
    let (system, backend) = (portal.system(), portal.backend());
    let (summary, told) = users_as(
        &system,
        backend,
        &clinic,
        broken,
        MissingUsers::Disable,
        ImportMode::Apply,
    )
    .await;
    let summary = summary.unwrap();
    assert_eq!(
        (counts(summary.rows), summary.missing, summary.disabled),
        ([1, 0, 0, 1], None, 0)
    );
    assert!(told.missing.is_empty());
    assert_eq!(
        portal.number("SELECT COUNT(*) FROM teams_user WHERE NOT enabled").await,
        0
    );
}

#[rstest]
#[tokio::test]
async fn the_same_person_can_be_in_two_enterprises(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    users(&portal, &clinic, file(&[(ADA, "ada", "Ada")])).await;
    let (summary, _) = users(&portal, &freight, file(&[(ADA, "ada", "Ada B.")])).await;
    assert_eq!((counts(summary.rows), summary.missing), ([1, 0, 0, 0], Some(0)));
    assert_eq!(named(&portal, "ada", "Ada").await, 1);
}

/// A name that comes with a file is what connectors read afterwards, all of it with one snapshot.
#[rstest]
#[tokio::test]
async fn an_import_publishes_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    users(&portal, &clinic, file(&[(ADA, "ada", "Ada"), (BELA, "bela", "Bela")])).await;
    portal
        .execute(
            "INSERT INTO sms_group (id, enterprise_id, name, name_key, name_search, owner_id, version, created_at, \
             updated_at) SELECT id, enterprise_id, display_name, display_name, display_name, id, 1, created_at, \
             created_at FROM teams_user",
        )
        .await
        .unwrap();
    let snapshots = "SELECT COUNT(*) FROM config_snapshot";
    let before = portal.number(snapshots).await;
    users(
        &portal,
        &clinic,
        file(&[(ADA, "ada.brandt", "Ada"), (BELA, "bela.novak", "Bela")]),
    )
    .await;
    assert_eq!(portal.number(snapshots).await, before + 1);
    let live = "SELECT COUNT(*) FROM config_entry WHERE until_number IS NULL";
    let renamed = format!("{live} AND (content LIKE '%ada.brandt@%' OR content LIKE '%bela.novak@%')");
    assert_eq!((portal.number(live).await, portal.number(&renamed).await), (2, 2));
    users(
        &portal,
        &clinic,
        file(&[(ADA, "ada.brandt", "Ada"), (BELA, "bela.novak", "Bela")]),
    )
    .await;
    assert_eq!(portal.number(snapshots).await, before + 1);
}

#[rstest]
#[tokio::test]
async fn the_ledger_of_a_legacy_enterprise_names_the_import(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let freight = portal.enterprise_elsewhere("borealis-freight").await;
    users(&portal, &freight, file(&[(ADA, "ada", "Ada")])).await;
    portal
        .execute(
            "INSERT INTO sms_group (id, enterprise_id, name, name_key, name_search, owner_id, version, created_at, \
             updated_at) SELECT id, enterprise_id, 'Yard', 'yard', 'yard', id, 1, created_at, created_at FROM teams_user",
        )
        .await
        .unwrap();
    freight.publish(&portal.system()).await.unwrap();
    users(&portal, &freight, file(&[(ADA, "ada.brandt", "Ada")])).await;
    let pending = config_snapshot::pending(&portal.system(), portal.backend(), freight.slug())
        .await
        .unwrap();
    assert_eq!(pending.changes.len(), 1, "{pending:?}");
    let change = &pending.changes[0];
    assert!(matches!(change.what, ConfigChange::PersonChanged { .. }), "{change:?}");
    let last = &change.made.as_ref().unwrap().last;
    assert_eq!((last.by.as_str(), last.imported), ("test", true));
}
