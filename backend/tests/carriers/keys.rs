//! Keys are replaced while everything can be read, also when that is cut off in the middle.

use std::{collections::HashSet, path::PathBuf, sync::Arc, time::Duration};

use backend::{
    Backend, Parts,
    context::OpContext,
    crypto::{KeyRing, KeySource},
    services::{
        carrier_profile,
        keys::{Rotation, rotate},
    },
    testing::{Engine, TestDb, TestPortal, anonymous},
};
use domain::error::Error;
use rstest::rstest;
use tokio::sync::Notify;

use crate::lab::{HOST, Lab, profile_input};

const OTHER_KEYS: &str = "SELECT COUNT(DISTINCT key_id) FROM carrier_credential";

/// The same database for a program whose keys are in that file.
async fn with_file(database: &TestDb, lab: &Lab, path: PathBuf) -> Backend {
    let parts = Parts {
        carriers: lab.carriers.clone(),
        keys: Some(KeySource::File(path)),
        ..Parts::default()
    };
    database.open_with_parts(parts).await
}

/// Twelve profiles with a key each.
async fn profiles(portal: &TestPortal, system: &OpContext, backend: &Backend) {
    let clinic = portal.enterprise("alder-clinics").await;
    for n in 0..12 {
        let input = profile_input(&format!("Profile {n}"), HOST, &[("api_key", "nss_demo_key")]);
        carrier_profile::create(system, backend, clinic.slug(), &input)
            .await
            .unwrap();
    }
}

#[rstest]
#[tokio::test]
async fn a_rotation_that_is_killed_in_the_middle_is_finished_by_the_next_one(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let lab = Lab::open(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let backend = with_file(lab.portal.database(), &lab, folder.path().join("portal.keys")).await;
    let system = lab.portal.system();
    profiles(&lab.portal, &system, &backend).await;

    let killed = Arc::new(Notify::new());
    let kill = Arc::clone(&killed);
    tokio::select! {
        biased;
        () = killed.notified() => {}
        done = rotate(&system, &backend, move |values| if values == 3 { kill.notify_one() }) => {
            unreachable!("it was to be cut off, and came to {done:?}");
        }
    }
    assert_eq!(
        lab.portal.number(OTHER_KEYS).await,
        2,
        "some are under the old key, some under the new one"
    );
    all_work(&lab, &backend).await;

    let Rotation { made, values, .. } = rotate(&system, &backend, |_| {}).await.unwrap();
    assert!(!made && values > 0, "it goes on with the key that is there");
    assert_eq!(lab.portal.number(OTHER_KEYS).await, 1);
    all_work(&lab, &backend).await;

    let Rotation { made, values, .. } = rotate(&system, &backend, |_| {}).await.unwrap();
    assert_eq!((made, values), (true, 12));
    all_work(&lab, &backend).await;
}

#[tokio::test]
async fn a_rotation_gives_way_to_one_that_begins_after_it() {
    let lab = Lab::open(Engine::Sqlite).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("portal.keys");
    let backend = with_file(lab.portal.database(), &lab, path.clone()).await;
    let system = lab.portal.system();
    profiles(&lab.portal, &system, &backend).await;

    let other = KeyRing::open(KeySource::File(path.clone())).unwrap();
    let begin_another = |values: u64| {
        if values == 1 {
            let keys = std::fs::read_to_string(&path).unwrap();
            let names = keys.lines().filter_map(|line| line.split_once(':'));
            let all: HashSet<String> = names.map(|(name, _)| name.to_owned()).collect();
            other.add(&all).unwrap();
        }
    };
    let rotation = rotate(&system, &backend, begin_another);
    let refused = tokio::time::timeout(Duration::from_secs(20), rotation)
        .await
        .expect("it ends");
    assert!(matches!(refused, Err(Error::Conflict(_))), "{refused:?}");
    all_work(&lab, &backend).await;

    let Rotation { made, values, .. } = rotate(&system, &backend, |_| {}).await.unwrap();
    assert_eq!((made, values), (false, 12));
    assert_eq!(lab.portal.number(OTHER_KEYS).await, 1);
    all_work(&lab, &backend).await;
}

/// Each profile signs in with what was stored.
async fn all_work(lab: &Lab, backend: &Backend) {
    let system = lab.portal.system();
    let slug = domain::enterprise::EnterpriseSlug::parse("alder-clinics").unwrap();
    let list = carrier_profile::list(&system, backend, &slug, &domain::table::TableQuery::default()).await;
    let rows = list.unwrap().rows;
    assert_eq!(rows.len(), 12);
    for row in rows {
        let profile = carrier_profile::check(&system, backend, &slug, row.id).await.unwrap();
        assert!(profile.check.is_some_and(|check| check.passed), "{}", row.name);
    }
}

#[tokio::test]
async fn only_the_system_replaces_keys() {
    let lab = Lab::open(Engine::Sqlite).await;
    let refused = rotate(&anonymous(), lab.portal.backend(), |_| {}).await;
    assert!(matches!(refused, Err(Error::Forbidden { .. })));
}

#[tokio::test]
async fn without_keys_no_credential_is_kept() {
    let lab = Lab::open(Engine::Sqlite).await;
    let clinic = lab.portal.enterprise("alder-clinics").await;
    let parts = Parts {
        carriers: lab.carriers.clone(),
        ..Parts::default()
    };
    let backend = lab.portal.database().open_with_parts(parts).await;
    let input = profile_input("Main", HOST, &[("api_key", "nss_demo_key")]);
    let refused = carrier_profile::create(&lab.portal.system(), &backend, clinic.slug(), &input).await;
    assert!(matches!(refused, Err(Error::NotSupported { .. })));
    assert_eq!(lab.portal.number("SELECT COUNT(*) FROM carrier_profile").await, 0);
}
