//! Marked secrets are planted in every field, used in every way, and looked for in everything that left the process.

use std::fmt::Write as _;

use backend::{
    services::{audit, carrier_profile, import_upload},
    testing::{Engine, Seen, TestLog},
};
use chrono::TimeDelta;
use domain::{
    access::Resource, enterprise::EnterpriseSlug, ids::CarrierProfileId, import::ImportKind, table::TableQuery,
};
use simulator::{Account, SmsNumber};

use crate::lab::{HOST, Lab, profile_input};

/// What no answer, log line, audit entry or stored byte may hold.
const MARK: &str = "MARKED-c0ffee";

fn marked() -> Account {
    Account {
        api_key: format!("{MARK}-key"),
        client_id: format!("{MARK}-client"),
        client_secret: format!("{MARK}-client-secret"),
        username: format!("{MARK}-user"),
        password: format!("{MARK}-password"),
        // A carrier that echoes what it was given.
        reseller: format!("{MARK}-key {MARK}-password"),
        ..Account::default()
    }
}

#[tokio::test]
async fn no_secret_leaves_the_process_but_to_its_carrier() {
    let (log, guard) = TestLog::keep();
    let lab = Lab::open(Engine::Sqlite).await;
    let account = marked();
    lab.stand_in.world().accounts.push(account.clone());
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let (provider, backend, slug) = (lab.portal.provider_admin().await, lab.portal.backend(), clinic.slug());
    let mut seen = Seen::default();

    let with_key = profile_input("Main", HOST, &[("api_key", &account.api_key)]);
    let with_password = profile_input(
        "Main",
        HOST,
        &[
            ("client_id", &account.client_id),
            ("client_secret", &account.client_secret),
            ("username", &account.username),
            ("password", &account.password),
        ],
    );
    let broken = profile_input("", "https://x", &[("api_key", &account.api_key)]);
    let unknown = profile_input("Main", HOST, &[("pin", &account.api_key)]);
    write!(seen.0, "{with_key:?} {with_password:?}").unwrap();
    seen.add(carrier_profile::create(&provider, backend, slug, &broken).await);
    seen.add(carrier_profile::create(&provider, backend, slug, &unknown).await);
    let made = carrier_profile::create(&provider, backend, slug, &with_key)
        .await
        .unwrap();
    clinic.domain("voice.example", made.id, -1).await;
    plant_numbers(&lab, &account);
    for input in [&with_key, &with_password] {
        let version = carrier_profile::get(&provider, backend, slug, made.id)
            .await
            .unwrap()
            .version;
        seen.add(carrier_profile::update(&provider, backend, slug, made.id, version, input).await);
        seen.add(carrier_profile::check(&provider, backend, slug, made.id).await);
        list_numbers(&lab, slug, made.id, &mut seen).await;
        lab.pass(TimeDelta::minutes(10)).await;
        lab.stand_in.world().switches.down = true;
        seen.add(carrier_profile::check(&provider, backend, slug, made.id).await);
        lab.pass(TimeDelta::minutes(10)).await;
        lab.stand_in.world().switches.down = false;
    }
    seen.add(carrier_profile::get(&provider, backend, slug, made.id).await);
    seen.add(carrier_profile::list(&provider, backend, slug, &TableQuery::default()).await);
    seen.add(carrier_profile::forms(&provider, backend, slug).await);
    seen.add(audit::history(&provider, backend, slug, Resource::CarrierProfile, made.id.0).await);
    seen.add(carrier_profile::delete(&provider, backend, slug, made.id, 1).await);
    drop(guard);

    assert!(
        seen.0.contains("Signed in as Reseller"),
        "the test has seen nothing: {}",
        seen.0
    );
    assert!(!seen.0.contains(MARK), "{}", seen.0);
    let log = log.text();
    assert!(log.contains("could not be looked after"), "nothing was logged");
    let line = log.lines().find(|line| line.contains(MARK));
    assert_eq!(line, None);
    stored(&lab);
}

/// Numbers of a carrier that echoes what it was given in every field.
fn plant_numbers(lab: &Lab, account: &Account) {
    let plain = || SmsNumber::new(HOST, "voice.example", "12065550100");
    // Both, as the profile has first the one and then the other.
    let echo = serde_json::Value::from(format!("{} {}", account.api_key, account.password));
    let numbers = [
        SmsNumber::new(HOST, "voice.example", echo.clone()),
        SmsNumber::new(HOST, "voice.example", format!("1 {}", echo.as_str().unwrap())),
        SmsNumber {
            mms_capable: echo.clone(),
            ..plain()
        },
        SmsNumber {
            group_mms_capable: echo,
            ..plain()
        },
        SmsNumber::new(HOST, &account.api_key, "12065550101"),
    ];
    lab.stand_in.world().numbers.extend(numbers);
}

/// Everything that comes of them up to the rejected rows.
async fn list_numbers(lab: &Lab, at: &EnterpriseSlug, profile: CarrierProfileId, seen: &mut Seen) {
    let (provider, backend) = (lab.portal.provider_admin().await, lab.portal.backend());
    let upload = import_upload::receive_from_carrier(&provider, backend, at, profile).await;
    let upload = upload.unwrap();
    let which = (ImportKind::Numbers, upload.id);
    let columns = upload.shape.columns.clone();
    seen.add(import_upload::check(&provider, backend, at, which, columns).await);
    let query = TableQuery::default();
    let rows = import_upload::outcomes(&provider, backend, at, which.0, which.1, &query).await;
    assert_eq!(rows.as_ref().map(|page| page.rows.len()), Ok(4));
    seen.add(rows);
    let rejected = import_upload::rejected(&provider, backend, at, which.0, which.1).await;
    let mut rejected = rejected.map_err(|error| error.to_string()).unwrap();
    while let Some(piece) = rejected.next_piece().await.unwrap() {
        seen.0.push_str(&String::from_utf8_lossy(&piece));
    }
}

/// Nothing in the files of the database is readable.
fn stored(lab: &Lab) {
    let stored = lab.portal.database().stored();
    let holds = |mark: &str| stored.windows(mark.len()).any(|window| window == mark.as_bytes());
    assert!(holds("voice.example"), "what is stored is found");
    assert!(!holds(MARK));
}
