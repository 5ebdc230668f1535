//! What the demo content is made of, and writing it.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    access::Role,
    alert::{AlertKind, OpenAlert},
    carrier_profile::CarrierKind,
    domain_subscription::EXPIRING_SOON,
    enterprise::{ConnectorApp, EnterpriseSwitches},
    ids::{EnterpriseId, ProviderId},
    teams_user::LicenseState,
};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{ALDER, BOREALIS, DemoSize, SIGN_INS, names};
use crate::store::demo_data::{
    self as rows, NewDomain, NewEnterprise, NewGroup, NewNumber, NewProfile, NewUser, Tenant,
};

/// What ids are of, so that each kind has its own range.
#[derive(Clone, Copy)]
enum Kind {
    Provider = 1,
    Enterprise = 2,
    Account = 3,
    User = 4,
    Number = 5,
    Group = 6,
    Profile = 7,
    Domain = 8,
}

/// The id of thing `n` of a kind in tenant `tenant`: shaped like a version 7 UUID of a fixed moment, the same each time.
fn id(kind: Kind, tenant: u8, n: usize) -> Uuid {
    const MOMENT: u128 = 0x019a_0000_0000;
    let n = n as u128;
    Uuid::from_u128(
        (MOMENT << 80) | (0x7 << 76) | ((kind as u128) << 64) | (0b10 << 62) | (u128::from(tenant) << 48) | n,
    )
}

/// Writes everything, Borealis as it was when it was synced last.
pub(super) async fn write(
    db: &impl ConnectionTrait,
    now: DateTime<Utc>,
    size: DemoSize,
    hashes: &[String],
) -> Result<(), DbErr> {
    let provider = ProviderId(id(Kind::Provider, 0, 1));
    rows::insert_provider(
        db,
        provider,
        "Northwind Voice",
        "support@northwind-voice.example",
        "+1 206 555 0100",
        now,
    )
    .await?;
    let alder = Tenant {
        provider,
        enterprise: EnterpriseId(id(Kind::Enterprise, 0, 1)),
        now,
    };
    let borealis = Tenant {
        enterprise: EnterpriseId(id(Kind::Enterprise, 0, 2)),
        ..alder
    };
    write_alder(db, &alder, size).await?;
    write_borealis(db, &borealis).await?;
    write_accounts(db, &[(ALDER, alder), (BOREALIS, borealis)], hashes).await
}

async fn write_accounts(db: &impl ConnectionTrait, tenants: &[(&str, Tenant)], hashes: &[String]) -> Result<(), DbErr> {
    for (n, (sign_in, hash)) in SIGN_INS.iter().zip(hashes).enumerate() {
        let account = account(n);
        let (_, tenant) = tenants[0];
        rows::insert_account(db, account, sign_in.email, sign_in.display_name, hash, tenant.now).await?;
        if sign_in.at.is_empty() {
            rows::grant(db, account, &tenant, None).await?;
        }
        for (slug, role) in sign_in.at {
            for (_, tenant) in tenants.iter().filter(|(name, _)| name == slug) {
                rows::grant(db, account, tenant, Some::<Role>(*role)).await?;
            }
        }
    }
    Ok(())
}

async fn write_alder(db: &impl ConnectionTrait, tenant: &Tenant, size: DemoSize) -> Result<(), DbErr> {
    let switches = EnterpriseSwitches {
        sms: true,
        group_texting: true,
        secure_sms: true,
        manages_own_numbers: true,
        connector_app: ConnectorApp::Unified,
    };
    let enterprise = NewEnterprise {
        slug: ALDER,
        name: "Alder Clinics",
        switches,
    };
    rows::insert_enterprise(db, tenant, &enterprise).await?;
    rows::insert_profiles(db, tenant, &alder_profiles(tenant.now)).await?;
    let domains = alder_domains(tenant.now);
    rows::insert_domains(db, tenant, &domains).await?;
    rows::insert_alerts(db, tenant, &alerts(&domains, tenant.now)).await?;
    rows::insert_users(db, tenant, &users(1, size.users, "alderclinics.example")).await?;
    rows::insert_numbers(db, tenant, &alder_numbers(size.numbers)).await?;
    rows::insert_groups(db, tenant, &groups(1, size, names::clinic_group)).await?;
    rows::assign_to_users(db, tenant, &own_numbers(1, size)).await
}

async fn write_borealis(db: &impl ConnectionTrait, tenant: &Tenant) -> Result<(), DbErr> {
    let switches = EnterpriseSwitches {
        sms: true,
        group_texting: false,
        secure_sms: false,
        manages_own_numbers: false,
        connector_app: ConnectorApp::Legacy,
    };
    let enterprise = NewEnterprise {
        slug: BOREALIS,
        name: "Borealis Freight",
        switches,
    };
    let (mut groups, mut own_numbers) = borealis_today();
    groups.pop();
    own_numbers.pop();
    if let Some(group) = groups.last_mut() {
        NAME_BEFORE.clone_into(&mut group.name);
    }
    rows::insert_enterprise(db, tenant, &enterprise).await?;
    rows::insert_users(db, tenant, &users(2, BOREALIS_SIZE.users, "borealisfreight.example")).await?;
    rows::insert_numbers(db, tenant, &borealis_numbers(BOREALIS_SIZE.numbers)).await?;
    rows::insert_groups(db, tenant, &groups).await?;
    rows::assign_to_users(db, tenant, &own_numbers).await
}

const BOREALIS_SIZE: DemoSize = DemoSize {
    groups: 6,
    users: 28,
    numbers: 24,
};

/// What the last group but one was called before it was renamed.
const NAME_BEFORE: &str = "Yard Crew";

/// The groups of Borealis and who has numbers of their own, with everything that was changed since the last sync.
fn borealis_today() -> (Vec<NewGroup>, Vec<(Uuid, Uuid)>) {
    let groups = groups(2, BOREALIS_SIZE, names::freight_group);
    (groups, own_numbers(2, BOREALIS_SIZE))
}

/// What was changed at Borealis since the last sync: [`write`] leaves it out.
pub(super) struct SinceSync {
    /// A group that had another name.
    pub(super) renamed: NewGroup,
    /// A group that was not there.
    pub(super) added: NewGroup,
    /// A number that nobody had, and who has it now.
    pub(super) assigned: (Uuid, Uuid),
}

impl SinceSync {
    pub(super) fn at_borealis() -> Option<Self> {
        let (mut groups, mut own_numbers) = borealis_today();
        Some(Self {
            added: groups.pop()?,
            renamed: groups.pop()?,
            assigned: own_numbers.pop()?,
        })
    }
}

/// The id of the account of that sign-in, counted from 0.
pub(super) fn account(n: usize) -> Uuid {
    id(Kind::Account, 0, n + 1)
}

/// The id of that carrier profile of Alder Clinics.
pub(super) fn profile(n: usize) -> Uuid {
    id(Kind::Profile, 1, n)
}

fn alder_profiles(now: DateTime<Utc>) -> Vec<NewProfile> {
    let profile = |n, carrier, name: &str, host: &str, checked: Option<bool>| NewProfile {
        id: id(Kind::Profile, 1, n),
        carrier,
        name: name.to_owned(),
        host: host.to_owned(),
        checked: checked.map(|passed| (now - TimeDelta::hours(6), passed)),
    };
    vec![
        profile(
            1,
            CarrierKind::NetSapiens,
            "Main NetSapiens",
            "api.netsapiens.example",
            Some(true),
        ),
        profile(
            2,
            CarrierKind::SkySwitch,
            "SkySwitch West",
            "api.skyswitch.example",
            Some(false),
        ),
        profile(
            3,
            CarrierKind::Bandwidth,
            "Bandwidth Backup",
            "messaging.bandwidth.example",
            None,
        ),
    ]
}

/// One of each state: active, expiring, expired, and expired with a renewal that fails.
fn alder_domains(now: DateTime<Utc>) -> Vec<NewDomain> {
    let domain = |n, profile, name: &str, days_left: i64, failure: Option<&str>| NewDomain {
        id: id(Kind::Domain, 1, n),
        profile: id(Kind::Profile, 1, profile),
        domain: name.to_owned(),
        subscription_id: format!("{:08x}", 0x5a3c_91d0_u32.wrapping_mul(u32::try_from(n).unwrap_or(1))),
        subscribed_at: now - TimeDelta::days(365 - days_left.clamp(-30, 300)),
        expires_at: now + TimeDelta::days(days_left),
        failure: failure.map(str::to_owned),
    };
    vec![
        domain(1, 1, "clinic.alder.example", 212, None),
        domain(2, 1, "urgent-care.alder.example", 5, None),
        domain(3, 1, "records.alder.example", -2, None),
        domain(
            4,
            2,
            "west.alder.example",
            -11,
            Some("The carrier refused the credentials (401)."),
        ),
    ]
}

/// What people were told of these domains by now.
fn alerts(domains: &[NewDomain], now: DateTime<Utc>) -> Vec<OpenAlert> {
    let alert = |domain: &NewDomain| {
        let kind = AlertKind::of_domain(Some(domain.expires_at), now)?;
        let since = domain.expires_at - EXPIRING_SOON;
        let told_at = if kind == AlertKind::DomainExpired {
            domain.expires_at
        } else {
            since
        };
        Some(OpenAlert {
            thing: domain.id,
            kind,
            name: domain.domain.clone(),
            since,
            told_at,
        })
    };
    domains.iter().filter_map(alert).collect()
}

/// People; every ninth without a licence, every thirty-first disabled, every seventeenth with an unknown licence.
fn users(tenant: u8, count: usize, domain: &str) -> Vec<NewUser> {
    (0..count)
        .map(|n| NewUser {
            id: id(Kind::User, tenant, n),
            display_name: names::person(n),
            user_principal_name: names::user_principal_name(n, domain),
            license: match n {
                n if n % 9 == 8 => LicenseState::Unlicensed,
                n if n % 17 == 16 => LicenseState::Unknown,
                _ => LicenseState::Licensed,
            },
            enabled: n % 31 != 30,
        })
        .collect()
}

/// Numbers from 555-0100 on in the exchanges of several area codes; every fourteenth cannot do SMS.
fn numbers(tenant: u8, count: usize, areas: &'static [u16]) -> impl Iterator<Item = (usize, NewNumber)> {
    (0..count).map(move |n| {
        let area = areas[n % areas.len()];
        let line = n / areas.len();
        // 555-0100 to 555-0199 are set aside for fiction; measurements need more and go on from there.
        let subscriber = if line < 100 { 5_550_100 + line } else { 5_560_000 + line };
        let number = NewNumber {
            id: id(Kind::Number, tenant, n),
            e164: format!("+1{area}{subscriber}"),
            sms_capable: n % 14 != 13,
            profile: None,
            domain: None,
        };
        (n, number)
    })
}

fn alder_numbers(count: usize) -> Vec<NewNumber> {
    const DOMAINS: [&str; 4] = [
        "clinic.alder.example",
        "urgent-care.alder.example",
        "records.alder.example",
        "west.alder.example",
    ];
    numbers(1, count, &[206, 253, 360, 425])
        .map(|(n, number)| {
            let domain = DOMAINS[n % DOMAINS.len()];
            let profile = if n % DOMAINS.len() == 3 { 2 } else { 1 };
            NewNumber {
                profile: (n % 23 != 22).then(|| id(Kind::Profile, 1, profile)),
                domain: (n % 23 != 22).then(|| domain.to_owned()),
                ..number
            }
        })
        .collect()
}

fn borealis_numbers(count: usize) -> Vec<NewNumber> {
    numbers(2, count, &[503, 541]).map(|(_, number)| number).collect()
}

/// The SMS-capable numbers in their order.
fn capable(tenant: u8, count: usize) -> impl Iterator<Item = Uuid> {
    (0..count)
        .filter(|n| n % 14 != 13)
        .map(move |n| id(Kind::Number, tenant, n))
}

/// How many numbers group `n` has: mostly one or two, some none, a few many.
fn numbers_of_group(n: usize) -> usize {
    match n % 12 {
        5 => 0,
        3 | 8 => 2,
        10 => 4,
        _ => 1,
    }
}

/// Groups with three to eleven members and the first numbers; four of five numbers stay free for something else.
fn groups(tenant: u8, size: DemoSize, name: fn(usize) -> String) -> Vec<NewGroup> {
    let mut free = capable(tenant, size.numbers / 2);
    (0..size.groups)
        .map(|n| {
            let members = (0..3 + n * 7 % 9).map(|m| (n * 5 + m * 3) % size.users);
            let mut members: Vec<Uuid> = members.map(|m| id(Kind::User, tenant, m)).collect();
            members.sort_unstable();
            members.dedup();
            NewGroup {
                id: id(Kind::Group, tenant, n),
                name: name(n),
                owner: id(Kind::User, tenant, n * 5 % size.users),
                members,
                numbers: free.by_ref().take(numbers_of_group(n)).collect(),
            }
        })
        .collect()
}

/// A quarter of the numbers, from the second half, belongs to licensed people.
fn own_numbers(tenant: u8, size: DemoSize) -> Vec<(Uuid, Uuid)> {
    let second_half =
        capable(tenant, size.numbers).filter(|number| *number >= id(Kind::Number, tenant, size.numbers / 2));
    let people = (0..size.users)
        .filter(|n| n % 9 != 8 && n % 31 != 30)
        .map(|n| id(Kind::User, tenant, n));
    second_half.take(size.numbers / 4).zip(people).collect()
}
