//! Carrier profiles, as their provider keeps them.

use backend::{
    services::carrier_profile,
    testing::{Engine, TestEnterprise},
};
use domain::{carrier_profile::CarrierProfileDetails, error::Error, ids::CarrierProfileId};
use rstest::rstest;
use simulator::Account;

use crate::lab::{HOST, Lab, profile_input};

async fn create(lab: &Lab, clinic: &TestEnterprise, secrets: &[(&str, &str)]) -> CarrierProfileDetails {
    let provider = lab.portal.provider_admin().await;
    let input = profile_input("Main", HOST, secrets);
    carrier_profile::create(&provider, lab.portal.backend(), clinic.slug(), &input)
        .await
        .unwrap()
}

async fn update(
    lab: &Lab,
    clinic: &TestEnterprise,
    profile: &CarrierProfileDetails,
    host: &str,
    secrets: &[(&str, &str)],
) -> Result<CarrierProfileDetails, Error> {
    let provider = lab.portal.provider_admin().await;
    let input = profile_input(&profile.name, host, secrets);
    let (backend, slug) = (lab.portal.backend(), clinic.slug());
    carrier_profile::update(&provider, backend, slug, profile.id, profile.version, &input).await
}

fn fields(profile: &CarrierProfileDetails) -> Vec<&str> {
    profile.credentials.iter().map(|set| set.field.as_str()).collect()
}

fn wrong_at(refused: Result<CarrierProfileDetails, Error>) -> String {
    refused.unwrap_err().field_errors()[0].field.clone()
}

#[rstest]
#[tokio::test]
async fn credentials_are_set_kept_and_replaced(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let made = create(&lab, &clinic, &[("api_key", "nss_demo_key")]).await;
    assert_eq!(fields(&made), ["api_key"]);

    let kept = update(&lab, &clinic, &made, HOST, &[]).await.unwrap();
    assert_eq!(kept.credentials, made.credentials);

    let account = Account::default();
    let others = [
        ("client_id", account.client_id.as_str()),
        ("client_secret", &account.client_secret),
        ("username", &account.username),
        ("password", &account.password),
    ];
    let replaced = update(&lab, &clinic, &kept, HOST, &others).await.unwrap();
    assert_eq!(
        fields(&replaced),
        ["client_id", "client_secret", "password", "username"]
    );

    let one = update(&lab, &clinic, &replaced, HOST, &[("password", "another")])
        .await
        .unwrap();
    assert_eq!(fields(&one), fields(&replaced));
    let outdated = update(&lab, &clinic, &made, HOST, &[]).await;
    assert!(matches!(outdated, Err(Error::Outdated { .. })));
}

#[tokio::test]
async fn another_host_asks_for_the_credentials_again() {
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let made = create(&lab, &clinic, &[("api_key", "nss_demo_key")]).await;
    assert_eq!(
        wrong_at(update(&lab, &clinic, &made, "api.other.example", &[]).await),
        "host"
    );
    let moved = update(&lab, &clinic, &made, "api.other.example", &[("api_key", "nss_new")]).await;
    assert_eq!(moved.unwrap().host.as_deref(), Some("api.other.example"));
}

#[rstest]
#[case(&[("password", "x")], "client_id")]
#[case(&[("api_key", "x"), ("password", "x")], "api_key")]
#[case(&[("pin", "1234")], "pin")]
#[tokio::test]
async fn half_a_way_to_sign_in_is_refused(#[case] secrets: &[(&str, &str)], #[case] field: &str) {
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let made = create(&lab, &clinic, &[]).await;
    assert_eq!(wrong_at(update(&lab, &clinic, &made, HOST, secrets).await), field);
}

#[rstest]
#[tokio::test]
async fn a_name_is_there_once(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    create(&lab, &clinic, &[]).await;
    let provider = lab.portal.provider_admin().await;
    let again = profile_input("MAIN", HOST, &[]);
    let refused = carrier_profile::create(&provider, lab.portal.backend(), clinic.slug(), &again).await;
    assert_eq!(wrong_at(refused), "name");
}

#[rstest]
#[tokio::test]
async fn the_test_of_a_connection_tells_the_scope_or_the_reason(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let made = create(&lab, &clinic, &[("api_key", "nss_demo_key")]).await;
    let provider = lab.portal.provider_admin().await;
    let check = async || {
        let checked = carrier_profile::check(&provider, lab.portal.backend(), clinic.slug(), made.id).await;
        let check = checked.unwrap().check.unwrap();
        (check.passed, check.message)
    };
    let (passed, message) = check().await;
    assert!(passed && message.starts_with("Signed in as Reseller"), "{message}");
    lab.stand_in.world().accounts.clear();
    assert_eq!(
        check().await,
        (false, "The carrier refused the credentials.".to_owned())
    );
    lab.stand_in.world().switches.down = true;
    assert_eq!(
        check().await,
        (
            false,
            "The carrier did not answer. Try again in a few minutes.".to_owned()
        )
    );
}

#[rstest]
#[tokio::test]
async fn a_profile_in_use_is_not_deleted_and_what_uses_it_is_named(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let made = create(&lab, &clinic, &[("api_key", "nss_demo_key")]).await;
    clinic.domain("voice.example", made.id, 3).await;
    clinic.number("+12065550100").profile(made.id).insert().await;
    let provider = lab.portal.provider_admin().await;
    let delete = async |id: CarrierProfileId| {
        carrier_profile::delete(&provider, lab.portal.backend(), clinic.slug(), id, 1).await
    };
    let refused = delete(made.id).await.unwrap_err().to_string();
    assert!(
        refused.contains("voice.example") && refused.contains("555"),
        "{refused}"
    );
    lab.portal.execute("DELETE FROM domain_subscription").await.unwrap();
    lab.portal.execute("DELETE FROM phone_number").await.unwrap();
    delete(made.id).await.unwrap();
    assert_eq!(lab.portal.number("SELECT COUNT(*) FROM carrier_credential").await, 0);
}

#[tokio::test]
async fn only_the_provider_changes_profiles_and_nobody_elsewhere_sees_them() {
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let neighbour = lab.portal.enterprise("borealis-freight").await;
    let made = create(&lab, &clinic, &[]).await;
    let (admin, stranger) = (clinic.admin().await, neighbour.admin().await);
    let (backend, input) = (lab.portal.backend(), profile_input("Other", HOST, &[]));
    let refused = carrier_profile::create(&admin, backend, clinic.slug(), &input).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let refused = carrier_profile::check(&admin, backend, clinic.slug(), made.id).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
    let hidden = carrier_profile::get(&stranger, backend, clinic.slug(), made.id).await;
    assert!(matches!(hidden, Err(Error::NotFound { .. })));
    let other = carrier_profile::get(&stranger, backend, neighbour.slug(), made.id).await;
    assert!(matches!(other, Err(Error::NotFound { .. })));
}
