//! What the database refuses by itself, with every rule of the program out of the way: wrong values, second holders,
//! rewritten history. The borders between enterprises are in `schema_borders`.

use backend::{
    services::{membership, resubscription_request, sms_group},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{access::Role, carrier_profile::CarrierKind, invitation::InviteInput};
use rstest::rstest;
use uuid::Uuid;

use crate::support::{input, sql};

/// An enterprise with one of everything.
async fn full(portal: &TestPortal) -> TestEnterprise {
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let profile = clinic.profile("Main", CarrierKind::NetSapiens).await;
    let domain = clinic.domain("voice.example", profile, -1).await;
    resubscription_request::file(&portal.system(), portal.backend(), clinic.slug(), domain)
        .await
        .unwrap();
    let number = clinic.number("+12065550100").profile(profile).insert().await;
    clinic.number("+12065550101").of_user(ada).insert().await;
    clinic.group("Front Desk", ada).numbers([number]).insert().await;
    clinic.admin().await;
    clinic.viewer().await;
    let invited = InviteInput {
        email: "invited@test.example".to_owned(),
        role: Role::EnterpriseViewer,
    };
    membership::invite(&portal.system(), portal.backend(), clinic.slug(), &invited)
        .await
        .unwrap();
    clinic
}

/// Asserts that the database refuses `statement` for breaking a rule, and not for anything else about it.
async fn refused(portal: &TestPortal, statement: &str) {
    let error = portal.execute(statement).await.expect_err(statement);
    let rules = ["constraint", "append-only"];
    assert!(rules.iter().any(|rule| error.contains(rule)), "{statement}: {error}");
}

#[rstest]
#[case::connector_app("UPDATE enterprise SET connector_app = 'telex'")]
#[case::license("UPDATE teams_user SET license_state = 'expired'")]
#[case::carrier("UPDATE carrier_profile SET carrier_kind = 'pigeon'")]
#[case::renewal("UPDATE domain_subscription SET renewal_status = 'tired'")]
#[case::request("UPDATE resubscription_request SET state = 'lost'")]
#[case::request_done_without_a_time("UPDATE resubscription_request SET state = 'done'")]
#[case::open_request_with_an_answer("UPDATE resubscription_request SET answer = 'No'")]
#[case::request_declined_without_a_reason(
    "UPDATE resubscription_request SET state = 'declined', answered_at = requested_at"
)]
#[case::role("UPDATE membership SET role = 'emperor'")]
#[case::admin_of_nothing("UPDATE membership SET enterprise_id = NULL")]
#[case::provider_of_one("UPDATE membership SET role = 'provider_admin'")]
#[case::invitation_to_be_a_provider("UPDATE invitation SET role = 'provider_admin'")]
#[case::invitation_of_a_kind_of_its_own("UPDATE invitation SET kind = 'party'")]
#[case::reset_of_nobody("UPDATE invitation SET kind = 'password_reset'")]
#[case::invitation_that_never_worked("UPDATE invitation SET expires_at = created_at")]
#[case::capitals_in_an_invitation("UPDATE invitation SET email = upper(email)")]
#[case::two_invitations_of_one(
    "INSERT INTO invitation SELECT enterprise_id, provider_id, enterprise_id, kind, email, role, account_id, \
    substr(token_hash, 2), created_at, expires_at, used_at FROM invitation"
)]
#[case::two_links_with_one_token(
    "INSERT INTO invitation SELECT enterprise_id, provider_id, enterprise_id, kind, 'other@test.example', role, \
    account_id, token_hash, created_at, expires_at, used_at FROM invitation"
)]
#[case::capitals_in_an_address("UPDATE account SET email = upper(email)")]
#[case::capitals_in_a_domain("UPDATE domain_subscription SET domain = 'Voice.Example'")]
#[case::capitals_in_a_hosting_domain("UPDATE phone_number SET hosting_domain = 'Voice.Example'")]
#[case::number_without_plus("UPDATE phone_number SET e164 = '12065550100'")]
#[case::number_too_short("UPDATE phone_number SET e164 = '+120655'")]
#[case::number_too_long("UPDATE phone_number SET e164 = '+1234567890123456'")]
#[case::released_without_cause("UPDATE phone_number SET released_at = created_at, released_from = 'Ada'")]
#[case::released_from_nobody("UPDATE phone_number SET released_at = created_at, released_by = 'unassigned'")]
#[case::released_by_a_wonder(
    "UPDATE phone_number SET released_at = created_at, released_by = 'wonder', released_from = 'Ada'"
)]
#[case::cooling_off_for_no_day("UPDATE enterprise SET number_cooling_off_days = 0")]
#[case::check_without_result("UPDATE carrier_profile SET checked_at = created_at")]
#[case::credential_without_a_secret(
    "INSERT INTO carrier_credential (carrier_profile_id, field, enterprise_id, key_id, sealed, set_at) VALUES \
    ((SELECT id FROM carrier_profile), 'api_key', (SELECT enterprise_id FROM carrier_profile), 'one', 'short', \
    (SELECT created_at FROM carrier_profile))"
)]
#[case::credential_without_a_key(
    "INSERT INTO carrier_credential (carrier_profile_id, field, enterprise_id, key_id, sealed, set_at) VALUES \
    ((SELECT id FROM carrier_profile), 'api_key', (SELECT enterprise_id FROM carrier_profile), '', \
    '00000000000000000000000000000000000000000000000000', (SELECT created_at FROM carrier_profile))"
)]
#[case::turn_without_an_end(
    "INSERT INTO carrier_renewal (carrier_profile_id, enterprise_id, holder, held_until, due_at, failures) VALUES \
    ((SELECT id FROM carrier_profile), (SELECT enterprise_id FROM carrier_profile), \
    (SELECT id FROM carrier_profile), NULL, (SELECT created_at FROM carrier_profile), 0)"
)]
#[case::fewer_failures_than_none(
    "INSERT INTO carrier_renewal (carrier_profile_id, enterprise_id, holder, held_until, due_at, failures) VALUES \
    ((SELECT id FROM carrier_profile), (SELECT enterprise_id FROM carrier_profile), NULL, NULL, \
    (SELECT created_at FROM carrier_profile), -1)"
)]
#[case::alert_of_a_kind_of_its_own(
    "INSERT INTO alert (enterprise_id, thing_id, kind, name, since, told_at) \
    SELECT enterprise_id, id, 'tired', domain, created_at, created_at FROM domain_subscription"
)]
#[case::alert_told_before_it_began(
    "INSERT INTO alert (enterprise_id, thing_id, kind, name, since, told_at) \
    SELECT enterprise_id, id, 'domain_expired', domain, created_at, subscribed_at FROM domain_subscription"
)]
#[case::webhook_without_a_secret(
    "INSERT INTO alert_destination (id, provider_id, kind, address, created_at) \
    SELECT id, id, 'webhook', 'https://hooks.company.example', created_at FROM provider"
)]
#[case::destination_of_a_kind_of_its_own(
    "INSERT INTO alert_destination (id, provider_id, kind, address, created_at) \
    SELECT id, id, 'pigeon', 'loft', created_at FROM provider"
)]
#[case::message_to_nowhere(
    "INSERT INTO alert_delivery (id, provider_id, alert_destination_id, test, payload, state, attempts, \
    next_attempt_at, created_at) SELECT id, id, id, TRUE, '{}', 'waiting', 0, created_at, created_at FROM provider"
)]
#[case::number_of_two(
    "UPDATE number_assignment SET teams_user_id = (SELECT id FROM teams_user), \
    sms_group_id = (SELECT id FROM sms_group)"
)]
#[case::number_of_none("UPDATE number_assignment SET teams_user_id = NULL, sms_group_id = NULL")]
#[case::owner_deleted("DELETE FROM teams_user")]
#[case::assigned_number_deleted("DELETE FROM phone_number")]
#[case::profile_in_use_deleted("DELETE FROM carrier_profile")]
#[case::enterprise_in_use_deleted("DELETE FROM enterprise")]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    full(&portal).await;
    refused(&portal, statement).await;
}

/// A second row that differs from the first one only in its id and in what is listed here.
#[rstest]
#[case::slug("enterprise", &[])]
#[case::address("account", &[])]
#[case::group_name("sms_group", &[])]
#[case::profile_name("carrier_profile", &[])]
#[case::domain("domain_subscription", &[])]
#[case::open_request("resubscription_request", &[])]
#[case::number("phone_number", &[])]
#[case::object_id("teams_user", &["user_principal_name_key"])]
#[case::sign_in_name("teams_user", &["entra_object_id"])]
#[case::role_at_an_enterprise("membership", &[])]
#[tokio::test]
async fn no_two_rows_share(
    #[case] table: &str,
    #[case] differing: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    full(&portal).await;
    let copy = copy_of_a_row(&portal, engine, table, differing).await;
    let error = portal.execute(&copy).await.expect_err(&copy);
    assert!(error.to_lowercase().contains("unique"), "{copy}: {error}");
    let total = portal.number(&format!("SELECT COUNT(*) FROM {table}")).await;
    assert_eq!(
        portal.number(&format!("SELECT COUNT(DISTINCT id) FROM {table}")).await,
        total
    );
}

/// A statement that copies one row of `table`, with a new id, and new values in `differing`.
async fn copy_of_a_row(portal: &TestPortal, engine: Engine, table: &str, differing: &[&str]) -> String {
    let columns = match engine {
        Engine::Sqlite => format!("SELECT group_concat(name) FROM pragma_table_info('{table}')"),
        Engine::Postgres => {
            format!("SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE table_name = '{table}'")
        }
    };
    let columns = portal.text(&columns).await.unwrap();
    let id = sql(engine, Uuid::now_v7());
    let values: Vec<String> = columns
        .split(',')
        .map(|column| match column {
            "id" => id.clone(),
            "entra_object_id" if differing.contains(&column) => id.clone(),
            other if differing.contains(&other) => "'another'".to_owned(),
            other => other.to_owned(),
        })
        .collect();
    format!(
        "INSERT INTO {table} ({columns}) SELECT {} FROM {table} LIMIT 1",
        values.join(",")
    )
}

#[rstest]
#[tokio::test]
async fn nobody_runs_a_provider_twice(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    portal.provider_admin().await;
    let copy = copy_of_a_row(&portal, engine, "membership", &[]).await;
    let error = portal.execute(&copy).await.unwrap_err();
    assert!(error.to_lowercase().contains("unique"), "{error}");
}

#[rstest]
#[tokio::test]
async fn a_number_serves_one_person_or_group(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    full(&portal).await;
    refused(
        &portal,
        "INSERT INTO number_assignment (phone_number_id, enterprise_id, teams_user_id, assigned_at) \
         SELECT phone_number_id, enterprise_id, (SELECT id FROM teams_user), assigned_at FROM number_assignment \
         WHERE sms_group_id IS NOT NULL",
    )
    .await;
    assert_eq!(portal.number("SELECT COUNT(*) FROM number_assignment").await, 2);
}

#[rstest]
#[tokio::test]
async fn what_the_audit_log_says_stays(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    sms_group::create(&admin, portal.backend(), clinic.slug(), &input("Front Desk", ada))
        .await
        .unwrap();

    refused(&portal, "UPDATE audit_event SET actor = 'somebody else'").await;
    refused(&portal, "DELETE FROM audit_event").await;
    match engine {
        Engine::Sqlite => {
            let columns = portal
                .text("SELECT group_concat(name) FROM pragma_table_info('audit_event')")
                .await
                .unwrap();
            let values = columns.replace("actor,", "'somebody else',");
            let replace = format!("INSERT OR REPLACE INTO audit_event ({columns}) SELECT {values} FROM audit_event");
            refused(&portal, &replace).await;
        }
        Engine::Postgres => refused(&portal, "TRUNCATE audit_event").await,
    }
    let kept = "SELECT COUNT(*) FROM audit_event WHERE actor <> 'somebody else'";
    assert_eq!(portal.number(kept).await, 1);
}
