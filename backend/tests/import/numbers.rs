//! What becomes of rows with numbers.

use backend::{
    services::import::ImportMode,
    testing::{Engine, TestPortal},
};
use domain::{
    carrier_profile::CarrierKind,
    import::{FieldChange, FieldValue, RowOutcome},
};
use rstest::rstest;

use super::{counts, numbers, numbers_as, sample};

const SMS: &str = "SELECT COUNT(*) FROM phone_number WHERE sms_capable";

#[rstest]
#[tokio::test]
async fn the_file_of_the_older_portal_is_imported_and_then_unchanged(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (summary, told) = numbers(&portal, &clinic, sample("numbers.csv")).await;
    assert_eq!(counts(summary), [320, 0, 0, 0]);
    assert_eq!(told.lines()[0], "2 1 2535550159: added");
    assert_eq!(portal.number(SMS).await, 281);
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM phone_number WHERE NOT voice_capable")
            .await,
        160
    );
    let (summary, _) = numbers(&portal, &clinic, sample("numbers.csv")).await;
    assert_eq!(counts(summary), [0, 0, 320, 0]);
    assert_eq!(portal.number("SELECT MAX(version) FROM phone_number").await, 1);
}

#[rstest]
#[tokio::test]
async fn every_row_of_the_messy_file_gets_an_answer_of_its_own(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    clinic.profile("Main NetSapiens", CarrierKind::NetSapiens).await;
    let (_, told) = numbers(&portal, &clinic, sample("numbers-messy.csv")).await;
    insta::assert_snapshot!(told.lines().join("\n"));
}

#[rstest]
#[tokio::test]
async fn only_what_the_row_tells_is_changed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let profile = clinic.profile("Main NetSapiens", CarrierKind::NetSapiens).await;
    clinic
        .number("+12065550101")
        .profile(profile)
        .domain("old.example")
        .insert()
        .await;
    clinic.number("+12065550102").without_sms().insert().await;
    let file = "Number,SMS,Domain\n+12065550101,,NEW.example\n+12065550102,TRUE,\n+12065550103,,\n";
    let (summary, told) = numbers(&portal, &clinic, file).await;
    assert_eq!(counts(summary), [1, 2, 0, 0], "{:?}", told.lines());
    assert_eq!(
        told.lines(),
        [
            "2 +12065550101: updated Hosting domain old.example → new.example",
            "3 +12065550102: updated SMS off → on",
            "4 +12065550103: added",
        ]
    );
    let kept = "SELECT COUNT(*) FROM phone_number WHERE e164 = '+12065550101' AND sms_capable AND voice_capable \
                AND carrier_profile_id IS NOT NULL AND hosting_domain = 'new.example' AND version = 2";
    assert_eq!(portal.number(kept).await, 1);
    let changed = "SELECT COUNT(*) FROM phone_number WHERE e164 = '+12065550102' AND sms_capable \
                   AND hosting_domain IS NULL AND version = 2";
    assert_eq!(portal.number(changed).await, 1);
    let new = "SELECT COUNT(*) FROM phone_number WHERE e164 = '+12065550103' AND digits = '12065550103' \
               AND NOT sms_capable AND NOT voice_capable AND version = 1";
    assert_eq!(portal.number(new).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_row_says_what_it_changes_and_what_a_new_number_is(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let main = clinic.profile("Main", CarrierKind::NetSapiens).await;
    clinic.profile("Backup West", CarrierKind::Twilio).await;
    clinic.number("+12065550101").profile(main).insert().await;
    clinic.number("+12065550102").without_sms().insert().await;
    let file = "Number,SMS,MMS,Group MMS,Voice,Carrier Profile,Domain\n\
                +12065550101,FALSE,,,,backup WEST,sms.example\n\
                +12065550102,,TRUE,TRUE,FALSE,,\n\
                +12065550103,TRUE,TRUE,,TRUE,main,\n\
                +12065550104,,,,,,\n";
    let (_, told) = numbers(&portal, &clinic, file).await;
    let details: Vec<_> = told.rows.iter().map(|row| row.outcome.details()).collect();
    assert_eq!(
        details,
        [
            "SMS on → off; Carrier profile Main → Backup West; Hosting domain none → sms.example",
            "MMS off → on; Group MMS off → on; Voice on → off",
            "SMS on; MMS on; Voice on; Carrier profile Main",
            "SMS off",
        ]
    );
    let RowOutcome::Updated { changes } = &told.rows[0].outcome else {
        panic!("{:?}", told.rows[0])
    };
    let sms = FieldChange::between(FieldValue::Sms(true), FieldValue::Sms(false));
    assert_eq!(changes.first(), sms.as_ref());
    let (_, again) = numbers(&portal, &clinic, file).await;
    assert!(
        again.rows.iter().all(|row| row.outcome.details().is_empty()),
        "{again:?}"
    );
}

#[rstest]
#[tokio::test]
async fn a_number_keeps_whom_it_serves(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    clinic.number("+12065550101").of_user(ada).insert().await;
    numbers(&portal, &clinic, "Number,MMS\n+12065550101,TRUE\n").await;
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 1);
}

#[rstest]
#[tokio::test]
async fn a_number_that_stands_twice_is_taken_from_its_first_row(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    // The two are in different batches.
    let between: String = (2_000_000..2_001_500)
        .map(|number| format!("+1425{number},FALSE\n"))
        .collect();
    let file = format!("Number,SMS\n+12065550101,TRUE\n{between}+1 206 555 0101,FALSE\n");
    let (summary, told) = numbers(&portal, &clinic, file).await;
    assert_eq!(counts(summary), [1_501, 0, 0, 1]);
    assert_eq!(
        told.lines()[1_501],
        "1503 +1 206 555 0101: The same number stands on line 2 already."
    );
    assert_eq!(portal.number(SMS).await, 1);
}

#[rstest]
#[tokio::test]
async fn two_enterprises_can_have_the_same_number(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    freight.profile("Freight", CarrierKind::Twilio).await;
    freight.number("+12065550101").without_sms().insert().await;
    let file = "Number,SMS,Carrier Profile\n+12065550101,TRUE,\n+12065550102,TRUE,Freight\n";
    let (summary, told) = numbers(&portal, &clinic, file).await;
    assert_eq!(counts(summary), [1, 0, 0, 1]);
    assert_eq!(
        told.lines()[1],
        "3 +12065550102: There is no carrier profile “Freight” in this enterprise."
    );
    assert_eq!(
        portal
            .number("SELECT COUNT(*) FROM phone_number WHERE e164 = '+12065550101'")
            .await,
        2
    );
    assert_eq!(portal.number(SMS).await, 1);
}

#[rstest]
#[tokio::test]
async fn a_dry_run_tells_the_same_and_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    clinic.number("+12065550101").without_sms().insert().await;
    let file = "Number;SMS\n+12065550101;TRUE\n+12065550102;TRUE\n+12065550102;TRUE\n1.2E+10;TRUE\n";
    let system = portal.system();
    let dry = numbers_as(&system, portal.backend(), &clinic, file, ImportMode::DryRun).await;
    assert_eq!(portal.number("SELECT COUNT(*) FROM phone_number").await, 1);
    assert_eq!(portal.number(SMS).await, 0);
    assert_eq!(portal.number("SELECT COUNT(*) FROM audit_event").await, 0);
    let (summary, told) = numbers(&portal, &clinic, file).await;
    assert_eq!((dry.0.unwrap(), dry.1), (summary, told));
    assert_eq!(counts(summary), [1, 1, 0, 2]);
}

#[rstest]
#[tokio::test]
async fn the_audit_log_names_the_file_and_the_counts(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    numbers(&portal, &clinic, "Number\n+12065550101\n+12065550101\n").await;
    let entry = r#"{"file":"file.csv","added":1,"updated":0,"unchanged":0,"rejected":1}"#;
    let written = format!(
        "SELECT COUNT(*) FROM audit_event WHERE action = 'import' AND resource = 'phone_number' AND actor = 'test' \
         AND resource_id IS NULL AND after = '{entry}'"
    );
    assert_eq!(portal.number(&written).await, 1);
}
