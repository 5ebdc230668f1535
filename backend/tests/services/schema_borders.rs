//! The border between enterprises in the database: no row of one can point at a row of another, whatever a query forgot.

use backend::{
    services::{membership, resubscription_request},
    testing::{Engine, TestEnterprise, TestPortal},
};
use domain::{access::Role, carrier_profile::CarrierKind, invitation::InviteInput};
use rstest::rstest;

/// Something of everything that another row can point at, with names that tell the two enterprises apart.
async fn fill(portal: &TestPortal, enterprise: &TestEnterprise, digit: u8) {
    let ada = enterprise.user("Ada Brandt").insert().await;
    let profile = enterprise.profile("Main", CarrierKind::NetSapiens).await;
    let domain = enterprise.domain("voice.example", profile, -1).await;
    resubscription_request::file(&portal.system(), portal.backend(), enterprise.slug(), domain)
        .await
        .unwrap();
    let number = enterprise
        .number(&format!("+1206555010{digit}"))
        .profile(profile)
        .insert()
        .await;
    enterprise
        .number(&format!("+1206555020{digit}"))
        .of_user(ada)
        .insert()
        .await;
    enterprise.number(&format!("+1206555030{digit}")).insert().await;
    enterprise.group("Front Desk", ada).numbers([number]).insert().await;
    enterprise.admin().await;
}

const OURS: &str = "(SELECT id FROM enterprise WHERE slug = 'alder-clinics')";
const THEIRS: &str = "(SELECT id FROM enterprise WHERE slug = 'borealis-freight')";

/// Makes `statement` about our rows and theirs; `{their t}` is the id of their row of `t`.
fn statement(template: &str) -> String {
    let mut sql = template.replace("{ours}", &format!("enterprise_id = {OURS}"));
    for table in ["teams_user", "sms_group", "carrier_profile", "domain_subscription"] {
        let id = format!("(SELECT id FROM {table} WHERE enterprise_id = {THEIRS})");
        sql = sql.replace(&format!("{{their {table}}}"), &id);
    }
    let free = format!("(SELECT id FROM phone_number WHERE enterprise_id = {THEIRS} AND e164 LIKE '+1206555030_')");
    sql.replace("{their number}", &free)
        .replace("{their enterprise}", THEIRS)
}

#[rstest]
#[case::turn_of_a_profile(
    "INSERT INTO carrier_renewal (carrier_profile_id, enterprise_id, due_at, failures) \
    SELECT {their carrier_profile}, enterprise_id, created_at, 0 FROM carrier_profile WHERE {ours}"
)]
#[case::owner("UPDATE sms_group SET owner_id = {their teams_user} WHERE {ours}")]
#[case::member("UPDATE sms_group_member SET teams_user_id = {their teams_user} WHERE {ours}")]
#[case::group_of_a_member("UPDATE sms_group_member SET sms_group_id = {their sms_group} WHERE {ours}")]
#[case::number(
    "UPDATE number_assignment SET phone_number_id = {their number} WHERE {ours} AND sms_group_id IS NOT NULL"
)]
#[case::user_of_a_number(
    "UPDATE number_assignment SET teams_user_id = {their teams_user} \
    WHERE {ours} AND teams_user_id IS NOT NULL"
)]
#[case::group_of_a_number(
    "UPDATE number_assignment SET sms_group_id = {their sms_group} \
    WHERE {ours} AND sms_group_id IS NOT NULL"
)]
#[case::profile_of_a_number("UPDATE phone_number SET carrier_profile_id = {their carrier_profile} WHERE {ours}")]
#[case::profile_of_a_domain("UPDATE domain_subscription SET carrier_profile_id = {their carrier_profile} WHERE {ours}")]
#[case::domain_of_a_request(
    "UPDATE resubscription_request SET domain_subscription_id = {their domain_subscription} WHERE {ours}"
)]
#[case::whole_request("UPDATE resubscription_request SET enterprise_id = {their enterprise} WHERE {ours}")]
#[case::whole_group("UPDATE sms_group SET enterprise_id = {their enterprise}, name_key = 'x' WHERE {ours}")]
#[case::whole_user(
    "UPDATE teams_user SET enterprise_id = {their enterprise}, user_principal_name_key = 'x' WHERE {ours}"
)]
#[case::whole_number("UPDATE phone_number SET enterprise_id = {their enterprise} WHERE {ours}")]
#[case::whole_profile("UPDATE carrier_profile SET enterprise_id = {their enterprise}, name_key = 'x' WHERE {ours}")]
#[case::whole_membership("UPDATE sms_group_member SET enterprise_id = {their enterprise} WHERE {ours}")]
#[case::whole_assignment("UPDATE number_assignment SET enterprise_id = {their enterprise} WHERE {ours}")]
#[tokio::test]
async fn no_row_points_across_the_border(
    #[case] template: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    fill(&portal, &portal.enterprise("alder-clinics").await, 1).await;
    fill(&portal, &portal.enterprise("borealis-freight").await, 2).await;
    let sql = statement(template);
    let error = portal.execute(&sql).await.expect_err(&sql).to_lowercase();
    assert!(error.contains("foreign key"), "{sql}: {error}");
}

/// An account's role at an enterprise cannot name another provider than the enterprise's own.
#[rstest]
#[tokio::test]
async fn no_role_names_the_wrong_provider(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    portal.enterprise("alder-clinics").await.admin().await;
    portal.enterprise_elsewhere("cedar-lines").await;
    let sql = "UPDATE membership SET provider_id = (SELECT provider_id FROM enterprise WHERE slug = 'cedar-lines')";
    let error = portal.execute(sql).await.unwrap_err().to_lowercase();
    assert!(error.contains("foreign key"), "{error}");
}

/// Neither can an invitation.
#[rstest]
#[tokio::test]
async fn no_invitation_names_the_wrong_provider(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    portal.enterprise_elsewhere("cedar-lines").await;
    let input = InviteInput {
        email: "invited@test.example".to_owned(),
        role: Role::EnterpriseViewer,
    };
    membership::invite(&portal.system(), portal.backend(), clinic.slug(), &input)
        .await
        .unwrap();
    let sql = "UPDATE invitation SET provider_id = (SELECT provider_id FROM enterprise WHERE slug = 'cedar-lines')";
    let error = portal.execute(sql).await.unwrap_err().to_lowercase();
    assert!(error.contains("foreign key"), "{error}");
}

/// A reference without the enterprise in it would be a hole in the border. Accounts and their tokens are of no enterprise,
/// and destinations of alerts are of a provider.
#[rstest]
#[tokio::test]
async fn every_reference_between_rows_of_enterprises_includes_the_enterprise(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let holes = match engine {
        Engine::Sqlite => {
            "SELECT COUNT(*) FROM (SELECT child.name AS child, reference.id AS id, \
               max(reference.\"from\" = 'enterprise_id') AS guarded \
             FROM sqlite_master child, pragma_foreign_key_list(child.name) reference \
             WHERE child.type = 'table' AND reference.\"table\" NOT IN \
               ('enterprise', 'provider', 'account', 'api_token', 'alert_destination') \
             GROUP BY 1, 2) AS found WHERE guarded = 0"
        }
        Engine::Postgres => {
            "SELECT COUNT(*) FROM pg_constraint WHERE contype = 'f' \
             AND confrelid::regclass::text NOT IN \
               ('enterprise', 'provider', 'account', 'api_token', 'alert_destination') \
             AND NOT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey) \
               AND attname = 'enterprise_id')"
        }
    };
    assert_eq!(portal.number(holes).await, 0);
}
