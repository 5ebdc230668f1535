//! Listing numbers with the adapter, whatever the server makes of paging.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use backend::{
    carriers::{Access, CarrierError, CarrierSettings, Carriers, RemoteNumber, Timing},
    jobs,
    testing::Engine,
};
use chrono::Utc;
use domain::{carrier_profile::CarrierKind, domain_subscription::DomainName};
use rstest::rstest;
use simulator::{Account, Clock, NumberSeed, SmsNumber, StandIn, Version};
use tokio::{net::TcpListener, sync::mpsc};

use crate::{
    adapter::{access, with_key},
    lab::{FIRST_NUMBER, HOST, Lab},
};

fn domain(name: &str) -> DomainName {
    DomainName::parse(name).unwrap()
}

/// Everything that is handed over, and how it ended.
async fn listed(
    carriers: &Carriers,
    access: &Access,
    domains: &[DomainName],
) -> (Vec<RemoteNumber>, Result<(), CarrierError>) {
    let adapter = carriers.get(CarrierKind::RingLogix).unwrap();
    let (found, mut answers) = mpsc::channel(1);
    let taking = async {
        let mut all = Vec::new();
        while let Some(numbers) = answers.recv().await {
            all.extend(numbers);
        }
        all
    };
    let (ended, all) = tokio::join!(adapter.list_numbers(access, domains, found), taking);
    (all, ended)
}

/// The numbers of a list that came to its end.
async fn numbers(lab: &Lab, domains: &[DomainName]) -> Vec<String> {
    let (all, ended) = listed(&lab.carriers, &with_key(), domains).await;
    assert_eq!(ended, Ok(()));
    all.into_iter().map(|number| number.number).collect()
}

fn expected(count: u64) -> Vec<String> {
    (FIRST_NUMBER..FIRST_NUMBER + count)
        .map(|number| number.to_string())
        .collect()
}

#[rstest]
#[case::in_whole_pages(false, 1_000, 2_000)]
#[case::with_a_rest(false, 1_000, 1_001)]
#[case::in_pages_of_the_servers_size(false, 100, 250)]
#[case::at_once(true, 1_000, 2_500)]
#[case::at_once_as_much_as_a_page(true, 1_000, 1_000)]
#[case::few(true, 1_000, 3)]
#[case::none(false, 1_000, 0)]
#[tokio::test]
async fn every_number_is_handed_over_once(#[case] ignores_paging: bool, #[case] most: usize, #[case] count: u64) {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.seed_numbers("voice.example", count);
    lab.stand_in.world().switches.ignores_paging = ignores_paging;
    lab.stand_in.world().switches.most_in_a_page = most;
    assert_eq!(numbers(&lab, &[]).await, expected(count));
    assert_eq!(numbers(&lab, &[domain("voice.example")]).await, expected(count));
}

#[rstest]
#[case(Version::V44)]
#[case(Version::V45)]
#[tokio::test]
async fn only_the_numbers_of_the_domains_are_handed_over(#[case] version: Version) {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.stand_in.world().switches.version = version;
    lab.seed_numbers("voice.example", 2);
    for (host, domain, number) in [
        (HOST, "Other.Example", "12535550100"),
        (HOST, "somebody-else.example", "12535550101"),
        ("api.elsewhere.example", "voice.example", "12535550102"),
    ] {
        lab.stand_in.world().numbers.push(SmsNumber::new(host, domain, number));
    }
    assert_eq!(numbers(&lab, &[domain("voice.example")]).await, expected(2));
    let of_two = [domain("other.example"), domain("gone.example"), domain("voice.example")];
    let mut found = numbers(&lab, &of_two).await;
    found.sort();
    assert_eq!(found, [&expected(2)[..], &["12535550100".to_owned()]].concat());
    assert_eq!(numbers(&lab, &[]).await.len(), 4);
}

#[tokio::test]
async fn what_a_carrier_writes_is_handed_over_as_it_is() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.stand_in
        .world()
        .seed_odd_numbers(HOST, "voice.example", FIRST_NUMBER);
    let (all, ended) = listed(&lab.carriers, &with_key(), &[]).await;
    assert_eq!(ended, Ok(()));
    let told: Vec<_> = all
        .iter()
        .map(|number| (number.number.as_str(), number.mms.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("12065550100", "false"),
            ("12065550101", "yes"),
            ("+12065550102", ""),
            ("2065550103", "false"),
            ("12065", "false"),
            ("", "false"),
            ("12065550106", "perhaps"),
        ]
    );
}

#[tokio::test]
async fn failures_are_told_and_half_a_list_is_none() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.seed_numbers("voice.example", 5);
    let wrong = access(&[("api_key", "nss_wrong")]);
    let (_, ended) = listed(&lab.carriers, &wrong, &[]).await;
    assert_eq!(ended, Err(CarrierError::Auth { mfa: false }));
    lab.stand_in.world().switches.truncated_in_1000 = 1000;
    let (_, ended) = listed(&lab.carriers, &with_key(), &[]).await;
    assert_eq!(ended, Err(CarrierError::Protocol));
    lab.stand_in.world().switches.truncated_in_1000 = 0;
    lab.stand_in.world().switches.down = true;
    let (_, ended) = listed(&lab.carriers, &with_key(), &[]).await;
    assert_eq!(ended, Err(CarrierError::Transient));
}

#[tokio::test]
async fn listing_ends_when_nobody_takes_numbers_any_more() {
    let lab = Lab::open(Engine::Sqlite).await;
    lab.seed_numbers("voice.example", 3);
    let adapter = lab.carriers.get(CarrierKind::NetSapiens).unwrap();
    let (found, answers) = mpsc::channel(1);
    drop(answers);
    assert_eq!(adapter.list_numbers(&with_key(), &[], found).await, Ok(()));
}

/// Carriers for whom the stand-in breaks down while they wait for the second page, and works again while they wait for
/// another try; unless it stays `down`.
async fn unsteady(stand_in: &StandIn, down: bool) -> (Carriers, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = CarrierSettings {
        stand_in: Some(listener.local_addr().unwrap()),
        ..CarrierSettings::default()
    };
    tokio::spawn(stand_in.clone().serve(listener));
    let tries = Arc::new(AtomicU32::new(0));
    let (clock, world, counted) = (stand_in.clock().clone(), stand_in.clone(), Arc::clone(&tries));
    let timing = Timing::new(jobs::Clock::new(move || clock.now()), move |pause| {
        let is_for_another_try = pause >= Duration::from_secs(1);
        if is_for_another_try {
            counted.fetch_add(1, Ordering::SeqCst);
        }
        world.world().switches.down = down || !is_for_another_try;
        world.clock().advance(chrono::TimeDelta::from_std(pause).unwrap());
        Box::pin(std::future::ready(()))
    });
    (Carriers::all(&settings, &timing).unwrap(), tries)
}

#[rstest]
// The empty page after the second breaks off once too.
#[case::for_a_moment(false, Ok(()), 2)]
#[case::for_good(true, Err(CarrierError::Transient), 2)]
#[tokio::test]
async fn a_page_that_breaks_off_is_asked_for_again(
    #[case] down: bool,
    #[case] expected_end: Result<(), CarrierError>,
    #[case] expected_tries: u32,
) {
    let stand_in = StandIn::new(Clock::standing_at(Utc::now()));
    stand_in.world().accounts.push(Account::default());
    stand_in.world().switches.most_in_a_page = 100;
    let seed = NumberSeed {
        host: HOST.to_owned(),
        domain: "voice.example".to_owned(),
        first: FIRST_NUMBER,
        count: 150,
    };
    stand_in.world().seed_numbers(&seed);
    let (carriers, tries) = unsteady(&stand_in, down).await;
    let (all, ended) = listed(&carriers, &with_key(), &[]).await;
    assert_eq!((ended, tries.load(Ordering::SeqCst)), (expected_end, expected_tries));
    assert_eq!(all.len(), if down { 100 } else { 150 });
}
