//! The stand-in and a core that talks to it, by one clock.

use std::time::Duration;

use backend::{
    carriers::{CarrierSettings, Carriers, Timing},
    jobs::{self, Renewal, RenewalSettings},
    services::{carrier_profile, domain_subscription},
    testing::{Engine, TestEnterprise, TestPortal},
};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    carrier_profile::{CarrierKind, CarrierProfileInput, NewSecret, SecretText},
    domain_subscription::{DomainInput, DomainSubscriptionRow},
    error::Error,
    ids::{CarrierProfileId, DomainSubscriptionId},
};
use simulator::{Account, Clock, NumberSeed, Seed, StandIn, Subscription};
use tokio::net::TcpListener;

/// Where the portal lets carriers send, in tests.
pub(crate) const OURS: &str = "https://inbound.portal.example/netsapiens";
pub(crate) const HOST: &str = "api.carrier.example";
/// The first number that is put at the stand-in.
pub(crate) const FIRST_NUMBER: u64 = 12_065_550_100;

pub(crate) struct Lab {
    pub(crate) stand_in: StandIn,
    pub(crate) portal: TestPortal,
    pub(crate) carriers: Carriers,
    pub(crate) timing: Timing,
}

impl Lab {
    pub(crate) async fn open(engine: Engine) -> Self {
        let clock = Clock::standing_at(Utc::now().trunc_subsecs(0));
        let stand_in = StandIn::new(clock.clone());
        stand_in.world().accounts.push(Account::default());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let settings = CarrierSettings {
            stand_in: Some(listener.local_addr().unwrap()),
            request_time: Duration::from_secs(5),
            ..CarrierSettings::default()
        };
        tokio::spawn(stand_in.clone().serve(listener));
        let timing = timing(&clock);
        let carriers = Carriers::all(&settings, &timing).unwrap();
        let portal = TestPortal::open_with(engine, carriers.clone()).await;
        Self {
            stand_in,
            portal,
            carriers,
            timing,
        }
    }

    /// With an enterprise and its profile.
    pub(crate) async fn with_clinic(engine: Engine) -> (Self, TestEnterprise, CarrierProfileId) {
        let lab = Self::open(engine).await;
        let clinic = lab.portal.enterprise("alder-clinics").await;
        let profile = lab.profile(&clinic, "Main", HOST).await;
        (lab, clinic, profile)
    }

    /// With an enterprise whose domain is subscribed for 100 more days, and the id that the carrier has given to that.
    pub(crate) async fn with_domain(engine: Engine) -> (Self, TestEnterprise, DomainSubscriptionId, String) {
        let (lab, clinic, profile) = Self::with_clinic(engine).await;
        let id = clinic.domain("voice.example", profile, 100).await;
        let there = lab.seed("voice.example", 100, OURS);
        lab.pass(TimeDelta::zero()).await;
        (lab, clinic, id, there)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.stand_in.clock().now()
    }

    /// Renewing, as another server would do it too.
    pub(crate) fn renewal(&self) -> Renewal {
        let settings = RenewalSettings {
            check: Duration::from_secs(300),
            ..RenewalSettings::default()
        };
        Renewal::new(self.portal.backend(), settings, self.timing.clone())
    }

    /// A profile that signs in with a key that the stand-in takes.
    pub(crate) async fn profile(&self, clinic: &TestEnterprise, name: &str, host: &str) -> CarrierProfileId {
        let input = profile_input(name, host, &[("api_key", &Account::default().api_key)]);
        carrier_profile::create(&self.portal.system(), self.portal.backend(), clinic.slug(), &input)
            .await
            .unwrap()
            .id
    }

    /// Puts a subscription at the stand-in.
    pub(crate) fn seed(&self, domain: &str, days_left: i64, post_url: &str) -> String {
        let seed = Seed {
            host: HOST.to_owned(),
            domain: domain.to_owned(),
            post_url: post_url.to_owned(),
            days_left,
            id: None,
        };
        let now = self.now();
        self.stand_in.world().seed(seed, now)
    }

    /// Puts as many numbers at the stand-in, from +1 206 555 0100 on.
    pub(crate) fn seed_numbers(&self, domain: &str, count: u64) {
        let seed = NumberSeed {
            host: HOST.to_owned(),
            domain: domain.to_owned(),
            first: FIRST_NUMBER,
            count,
        };
        self.stand_in.world().seed_numbers(&seed);
    }

    /// What the stand-in has of a domain.
    pub(crate) fn at_carrier(&self, domain: &str) -> Vec<Subscription> {
        let world = self.stand_in.world();
        let found = world.subscriptions.iter().filter(|found| found.domain == domain);
        found.cloned().collect()
    }

    /// The one subscription that the stand-in has of a domain.
    pub(crate) fn only(&self, domain: &str) -> Subscription {
        let mut found = self.at_carrier(domain);
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }

    pub(crate) async fn row(&self, clinic: &TestEnterprise, id: DomainSubscriptionId) -> DomainSubscriptionRow {
        domain_subscription::get(&self.portal.system(), self.portal.backend(), clinic.slug(), id)
            .await
            .unwrap()
            .row
    }

    /// Adds a domain, as its provider.
    pub(crate) async fn subscribe(
        &self,
        clinic: &TestEnterprise,
        domain: &str,
        profile: CarrierProfileId,
    ) -> Result<DomainSubscriptionRow, Error> {
        let provider = self.portal.provider_admin().await;
        let input = domain_input(domain, profile);
        domain_subscription::subscribe(&provider, self.portal.backend(), clinic.slug(), &input).await
    }

    /// Deletes a domain, to its end.
    pub(crate) async fn delete(&self, clinic: &TestEnterprise, id: DomainSubscriptionId) {
        let (system, backend) = (self.portal.system(), self.portal.backend());
        let version = self.row(clinic, id).await.version;
        domain_subscription::delete(&system, backend, clinic.slug(), id, version)
            .await
            .unwrap();
        let gone = async {
            while domain_subscription::get(&system, backend, clinic.slug(), id)
                .await
                .is_ok()
            {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(10), gone).await.unwrap();
    }

    /// Lets time pass, and everything that is due be done.
    pub(crate) async fn pass(&self, time: TimeDelta) {
        self.stand_in.clock().advance(time);
        self.renewal().round().await.unwrap();
    }
}

/// Time that stands until somebody waits or moves it.
fn timing(clock: &Clock) -> Timing {
    let (told, moved) = (clock.clone(), clock.clone());
    Timing::new(jobs::Clock::new(move || told.now()), move |pause| {
        moved.advance(TimeDelta::from_std(pause).unwrap());
        Box::pin(std::future::ready(()))
    })
}

pub(crate) fn domain_input(domain: &str, profile: CarrierProfileId) -> DomainInput {
    DomainInput {
        domain: domain.to_owned(),
        carrier_profile_id: Some(profile),
    }
}

pub(crate) fn profile_input(name: &str, host: &str, secrets: &[(&str, &str)]) -> CarrierProfileInput {
    CarrierProfileInput {
        name: name.to_owned(),
        carrier: CarrierKind::NetSapiens,
        host: host.to_owned(),
        secrets: secrets
            .iter()
            .map(|(field, value)| NewSecret {
                field: (*field).to_owned(),
                value: SecretText::new(*value),
            })
            .collect(),
    }
}
