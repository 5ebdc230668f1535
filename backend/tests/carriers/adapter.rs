//! The adapter against the stand-in: both sign-ins, and everything that servers do differently.

use backend::{
    carriers::{Access, CarrierError, SubscriptionApi, Wish},
    crypto::Secret,
    testing::Engine,
};
use chrono::TimeDelta;
use domain::{carrier_profile::CarrierKind, domain_subscription::DomainName, ids::CarrierProfileId};
use rstest::rstest;
use simulator::{Account, DateForm, Storm, Version};
use uuid::Uuid;

use crate::lab::{HOST, Lab, OURS};

pub(crate) fn access(credentials: &[(&str, &str)]) -> Access {
    Access {
        profile: CarrierProfileId(Uuid::from_u128(1)),
        host: Some(HOST.to_owned()),
        stamp: 1,
        credentials: credentials
            .iter()
            .map(|(field, value)| ((*field).to_owned(), Secret::from(*value)))
            .collect(),
    }
}

pub(crate) fn with_key() -> Access {
    access(&[("api_key", "nss_demo_key")])
}

fn with_password() -> Access {
    let account = Account::default();
    access(&[
        ("client_id", &account.client_id),
        ("client_secret", &account.client_secret),
        ("username", &account.username),
        ("password", &account.password),
    ])
}

fn wish(lab: &Lab) -> Wish {
    Wish {
        domain: DomainName::parse("voice.example").unwrap(),
        post_url: OURS.to_owned(),
        expires_at: lab.now() + TimeDelta::days(365),
    }
}

async fn verify(lab: &Lab, access: &Access) -> Result<String, CarrierError> {
    lab.carriers.get(CarrierKind::SkySwitch).unwrap().verify(access).await
}

/// Lists with the adapter of NetSapiens.
async fn list(lab: &Lab, access: &Access) -> Result<usize, CarrierError> {
    let adapter = lab.carriers.get(CarrierKind::NetSapiens).unwrap();
    let api: &dyn SubscriptionApi = adapter.subscriptions().unwrap();
    api.list(access).await.map(|found| found.len())
}

#[rstest]
#[case::key(with_key())]
#[case::password(with_password())]
#[tokio::test]
async fn both_ways_to_sign_in_tell_the_scope(#[case] access: Access) {
    let lab = Lab::open(Engine::Sqlite).await;
    let told = verify(&lab, &access).await.unwrap();
    assert_eq!(told, "Signed in as Reseller (reseller northwind): its domains.");
}

#[tokio::test]
async fn a_key_tells_its_scope_under_either_name() {
    let lab = Lab::open(Engine::Sqlite).await;
    for version in [Version::V44, Version::V45] {
        lab.stand_in.world().switches.version = version;
        let told = verify(&lab, &with_key()).await.unwrap();
        assert_eq!(told, "Signed in as Reseller (reseller northwind): its domains.");
    }
}

#[rstest]
#[case::key(access(&[("api_key", "nss_wrong")]), CarrierError::Auth { mfa: false })]
#[case::nothing(access(&[]), CarrierError::NoCredentials)]
#[tokio::test]
async fn wrong_credentials_are_told(#[case] access: Access, #[case] expected: CarrierError) {
    let lab = Lab::open(Engine::Sqlite).await;
    assert_eq!(verify(&lab, &access).await, Err(expected));
}

#[tokio::test]
async fn a_second_factor_is_told() {
    let lab = Lab::open(Engine::Sqlite).await;
    "MFA Required".clone_into(&mut lab.stand_in.world().accounts[0].scope);
    assert_eq!(
        verify(&lab, &with_password()).await,
        Err(CarrierError::Auth { mfa: true })
    );
}

#[rstest]
#[case::address(Some("127.0.0.1"))]
#[case::with_a_path(Some("api.carrier.example/elsewhere"))]
#[case::none(None)]
#[tokio::test]
async fn what_is_not_the_name_of_a_host_is_not_asked(#[case] host: Option<&str>) {
    let lab = Lab::open(Engine::Sqlite).await;
    let access = Access {
        host: host.map(str::to_owned),
        ..with_key()
    };
    assert_eq!(verify(&lab, &access).await, Err(CarrierError::NoHost));
}

#[tokio::test]
async fn a_token_is_made_once_for_many_who_ask_at_once_and_refreshed_when_it_ends() {
    let lab = Lab::open(Engine::Sqlite).await;
    let access = with_password();
    let (one, two, three) = tokio::join!(list(&lab, &access), list(&lab, &access), list(&lab, &access));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert_eq!(lab.stand_in.world().sign_ins, 1);
    lab.stand_in.clock().advance(TimeDelta::minutes(59));
    list(&lab, &access).await.unwrap();
    assert_eq!(lab.stand_in.world().sign_ins, 2, "a minute early");
    // The server has forgotten everything before its time.
    lab.stand_in.world().switches.token_seconds = 1;
    lab.stand_in.clock().advance(TimeDelta::minutes(59));
    list(&lab, &access).await.unwrap();
    list(&lab, &access).await.unwrap();
}

#[tokio::test]
async fn an_old_server_is_signed_in_to_the_old_way() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.stand_in.world().switches.oauth2_only = true;
    assert_eq!(list(&lab, &with_password()).await, Ok(0));
}

#[rstest]
#[case(false, DateForm::Bare)]
#[case(true, DateForm::Iso)]
#[tokio::test]
async fn long_lists_are_read_to_their_end(#[case] ignores_paging: bool, #[case] dates: DateForm) {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.stand_in.world().switches.ignores_paging = ignores_paging;
    lab.stand_in.world().switches.dates = dates;
    for n in 0..230 {
        lab.seed(&format!("d{n}.example"), 5, OURS);
    }
    assert_eq!(list(&lab, &with_key()).await, Ok(230));
}

#[tokio::test]
async fn half_an_answer_is_none() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.seed("voice.example", 5, OURS);
    lab.stand_in.world().switches.truncated_in_1000 = 1000;
    assert_eq!(list(&lab, &with_key()).await, Err(CarrierError::Protocol));
    lab.stand_in.world().switches.truncated_in_1000 = 0;
    lab.stand_in.world().switches.down = true;
    assert_eq!(list(&lab, &with_key()).await, Err(CarrierError::Transient));
}

#[tokio::test]
async fn several_refusals_in_a_row_are_a_storm_and_no_matter_of_credentials() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.stand_in.world().switches.storm = Some(Storm { requests: 3 });
    assert_eq!(list(&lab, &with_key()).await, Err(CarrierError::Forbidden));
    assert_eq!(list(&lab, &with_key()).await, Err(CarrierError::Forbidden));
    assert!(matches!(
        list(&lab, &with_key()).await,
        Err(CarrierError::RateLimited { .. })
    ));
    assert_eq!(list(&lab, &with_key()).await, Ok(0));
}

#[tokio::test]
async fn an_end_is_always_sent_and_the_same_twice_is_a_conflict() {
    let lab = Lab::open(Engine::Sqlite).await;
    let adapter = lab.carriers.get(CarrierKind::NetSapiens).unwrap();
    let api = adapter.subscriptions().unwrap();
    let made = api.create(&with_password(), &wish(&lab)).await.unwrap();
    assert_eq!(made.expires_at, Some(lab.now() + TimeDelta::days(365)));
    assert_eq!(
        api.create(&with_password(), &wish(&lab)).await,
        Err(CarrierError::Conflict)
    );
    assert_eq!(
        api.renew(&with_key(), "no-such-id", &wish(&lab)).await,
        Err(CarrierError::NotFound)
    );
}

#[tokio::test]
async fn many_writes_at_once_keep_the_pace() {
    let lab = Lab::open(Engine::Sqlite).await;
    let id = lab.seed("voice.example", 5, OURS);
    let adapter = lab.carriers.get(CarrierKind::NetSapiens).unwrap();
    let api = adapter.subscriptions().unwrap();
    for _ in 0..12 {
        api.renew(&with_key(), &id, &wish(&lab)).await.unwrap();
    }
    assert!(lab.stand_in.world().most_writes_a_second() <= 3);
}
