//! The border between enterprises: what lies behind it cannot be reached, changed, or even told from what is not there.

use backend::{
    context::OpContext,
    services::{carrier_profile, config_snapshot, domain_subscription, enterprise, number, sms_group, teams_user},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::{Action, Resource, Role},
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSlug,
    error::Error,
    ids::{PhoneNumberId, SmsGroupId, TeamsUserId},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::{input, nobody, with_members, with_numbers};

/// What every service function that works on an enterprise answers: first those that read, then those that change.
async fn everything(
    portal: &TestPortal,
    ctx: &OpContext,
    slug: &EnterpriseSlug,
    group: SmsGroupId,
    owner: TeamsUserId,
) -> (Vec<Result<(), Error>>, Vec<Result<(), Error>>) {
    let (backend, query) = (portal.backend(), TableQuery::default());
    let (input, renamed) = (input("Front Desk", owner), input("Lobby", owner));
    let reads = vec![
        enterprise::context(ctx, backend, slug).await.map(drop),
        sms_group::list(ctx, backend, slug, &query).await.map(drop),
        sms_group::get(ctx, backend, slug, group).await.map(drop),
        teams_user::options(ctx, backend, slug, "", 50).await.map(drop),
        number::options_for_group(ctx, backend, slug, Some(group), "", 50)
            .await
            .map(drop),
        sms_group::list_all(ctx, backend, slug, &[]).await.map(drop),
        carrier_profile::list_all(ctx, backend, slug, &[]).await.map(drop),
        domain_subscription::list_all(ctx, backend, slug, &[]).await.map(drop),
        carrier_profile::list(ctx, backend, slug, &query).await.map(drop),
        domain_subscription::list(ctx, backend, slug, &query).await.map(drop),
        sms_group::export(ctx, backend, slug, &query).await.map(drop),
        carrier_profile::export(ctx, backend, slug, &query).await.map(drop),
        domain_subscription::export(ctx, backend, slug, &query).await.map(drop),
        config_snapshot::pending(ctx, backend, slug).await.map(drop),
        config_snapshot::pending_count(ctx, backend, slug).await.map(drop),
        config_snapshot::history(ctx, backend, slug).await.map(drop),
        config_snapshot::configuration(ctx, backend, slug).await.map(drop),
        config_snapshot::list(ctx, backend, slug, &query).await.map(drop),
        config_snapshot::list_all(ctx, backend, slug, &[]).await.map(drop),
        config_snapshot::export(ctx, backend, slug, &query).await.map(drop),
    ];
    let changes = vec![
        sms_group::create(ctx, backend, slug, &input).await.map(drop),
        sms_group::update(ctx, backend, slug, group, 1, &renamed)
            .await
            .map(drop),
        sms_group::delete(ctx, backend, slug, group, 1).await,
        sms_group::restore(ctx, backend, slug, group).await.map(drop),
    ];
    (reads, changes)
}

async fn with_a_group(clinic: &TestEnterprise) -> (SmsGroupId, TeamsUserId) {
    let ada = clinic.user("Ada Brandt").insert().await;
    (clinic.group("Reception", ada).insert().await, ada)
}

#[rstest]
#[tokio::test]
async fn a_stranger_finds_no_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (group, ada) = with_a_group(&clinic).await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let not_found = Err(Error::NotFound {
        resource: Resource::Enterprise,
    });
    let missing = EnterpriseSlug::parse("no-such-enterprise").unwrap();

    for stranger in [
        neighbour.admin().await,
        neighbour.viewer().await,
        elsewhere.admin().await,
    ] {
        for slug in [clinic.slug(), &missing] {
            let (reads, changes) = everything(&portal, &stranger, slug, group, ada).await;
            for answer in reads.into_iter().chain(changes) {
                assert_eq!(answer, not_found, "{slug}");
            }
        }
    }
    assert_eq!(
        portal.number("SELECT COUNT(*) FROM sms_group WHERE version = 1").await,
        1
    );
}

#[rstest]
#[tokio::test]
async fn a_provider_reaches_its_own_enterprises_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (group, ada) = with_a_group(&clinic).await;
    let elsewhere = portal.enterprise_elsewhere("cedar-lines").await;
    let (other_group, eve) = with_a_group(&elsewhere).await;
    let provider = portal.provider_admin().await;

    let (reads, changes) = everything(&portal, &provider, clinic.slug(), group, ada).await;
    assert!(
        reads.iter().chain(&changes[..2]).all(Result::is_ok),
        "{reads:?} {changes:?}"
    );
    let (reads, changes) = everything(&portal, &provider, elsewhere.slug(), other_group, eve).await;
    assert!(
        reads
            .iter()
            .chain(&changes)
            .all(|answer| matches!(answer, Err(Error::NotFound { .. })))
    );
}

#[rstest]
#[tokio::test]
async fn a_viewer_reads_everything_and_changes_nothing(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (group, ada) = with_a_group(&clinic).await;
    let viewer = clinic.viewer().await;

    let (reads, changes) = everything(&portal, &viewer, clinic.slug(), group, ada).await;

    assert!(reads.iter().all(Result::is_ok), "{reads:?}");
    let refused = |action| {
        Err(Error::Forbidden {
            action,
            resource: Resource::SmsGroup,
        })
    };
    assert_eq!(
        changes,
        [
            refused(Action::Create),
            refused(Action::Update),
            refused(Action::Delete),
            refused(Action::Create)
        ]
    );
}

#[rstest]
#[tokio::test]
async fn nobody_gets_anything_while_signed_out(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (group, ada) = with_a_group(&clinic).await;

    let (reads, changes) = everything(&portal, &anonymous(), clinic.slug(), group, ada).await;

    for answer in reads.into_iter().chain(changes) {
        assert_eq!(answer, Err(Error::SignedOut));
    }
    let mine = enterprise::list_mine(&anonymous(), portal.backend()).await;
    assert_eq!(mine, Err(Error::SignedOut));
}

#[rstest]
#[tokio::test]
async fn a_suspended_enterprise_is_there_for_its_provider_only(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let (group, ada) = with_a_group(&clinic).await;
    let (admin, viewer, provider) = (
        clinic.admin().await,
        clinic.viewer().await,
        portal.provider_admin().await,
    );
    portal.execute("UPDATE enterprise SET suspended = true").await.unwrap();

    for person in [&admin, &viewer] {
        let (reads, changes) = everything(&portal, person, clinic.slug(), group, ada).await;
        assert!(
            reads
                .iter()
                .chain(&changes)
                .all(|answer| matches!(answer, Err(Error::NotFound { .. })))
        );
        assert_eq!(enterprise::list_mine(person, portal.backend()).await, Ok(Vec::new()));
    }
    let (reads, _) = everything(&portal, &provider, clinic.slug(), group, ada).await;
    assert!(reads.iter().all(Result::is_ok), "{reads:?}");
    assert_eq!(
        enterprise::list_mine(&provider, portal.backend()).await.unwrap().len(),
        1
    );
}

/// Ids of another enterprise are answered exactly as ids that nothing has.
#[rstest]
#[tokio::test]
async fn the_ids_of_another_enterprise_mean_nothing_here(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let own = clinic.group("Reception", ada).insert().await;
    let eve = freight.user("Eve Frost").insert().await;
    let theirs = freight.number("+12065550199").insert().await;
    let their_group = freight.group("Secret Freight", eve).numbers([theirs]).insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let attempts = |user: TeamsUserId, number: PhoneNumberId, group: SmsGroupId| {
        let admin = &admin;
        async move {
            let owner = with_members(input("Front Desk", user), &[ada]);
            let member = with_members(input("Front Desk", ada), &[ada, user]);
            let number_of = with_numbers(input("Front Desk", ada), &[number]);
            let mut answers = Vec::new();
            for input in [owner, member, number_of] {
                answers.push(sms_group::create(admin, backend, slug, &input).await.map(drop));
                answers.push(sms_group::update(admin, backend, slug, own, 1, &input).await.map(drop));
            }
            answers.push(sms_group::get(admin, backend, slug, group).await.map(drop));
            answers.push(
                sms_group::update(admin, backend, slug, group, 1, &input("Mine", ada))
                    .await
                    .map(drop),
            );
            answers.push(sms_group::delete(admin, backend, slug, group, 1).await);
            answers.push(sms_group::restore(admin, backend, slug, group).await.map(drop));
            answers
        }
    };

    let foreign = attempts(eve, theirs, their_group).await;
    assert!(foreign.iter().all(Result::is_err), "{foreign:?}");
    assert_eq!(foreign, attempts(nobody(), nobody(), nobody()).await);
    let offered = number::options_for_group(&admin, backend, slug, Some(their_group), "", 50)
        .await
        .unwrap();
    assert_eq!(offered, []);
    assert_eq!(
        portal.number("SELECT COUNT(*) FROM sms_group WHERE version = 1").await,
        2
    );
}

#[rstest]
#[tokio::test]
async fn lists_hold_rows_of_the_own_enterprise_only(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    for (enterprise, digit) in [(&clinic, 1), (&freight, 2)] {
        let ada = enterprise.user("Ada Brandt").insert().await;
        let profile = enterprise.profile("Main", CarrierKind::NetSapiens).await;
        enterprise.domain("voice.example", profile, 30).await;
        let number = enterprise.number(&format!("+1206555010{digit}")).insert().await;
        enterprise
            .number(&format!("+1206555020{digit}"))
            .profile(profile)
            .domain("voice.example")
            .insert()
            .await;
        enterprise.group("Front Desk", ada).numbers([number]).insert().await;
    }
    let admin = clinic.admin().await;
    let (backend, slug, query) = (portal.backend(), clinic.slug(), TableQuery::default());

    let groups = sms_group::list(&admin, backend, slug, &query).await.unwrap();
    assert_eq!(
        (groups.total, groups.rows.len(), groups.rows[0].member_count),
        (1, 1, 1)
    );
    assert_eq!(
        groups.rows[0]
            .numbers
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["+12065550101"]
    );
    assert_eq!(
        teams_user::options(&admin, backend, slug, "", 50).await.unwrap().len(),
        1
    );
    let numbers = number::options_for_group(&admin, backend, slug, None, "", 50)
        .await
        .unwrap();
    assert_eq!(
        numbers.iter().map(|number| number.e164.to_string()).collect::<Vec<_>>(),
        ["+12065550201"]
    );
    let profiles = carrier_profile::list(&admin, backend, slug, &query).await.unwrap();
    assert_eq!((profiles.total, profiles.rows[0].number_count), (1, 1));
    let domains = domain_subscription::list(&admin, backend, slug, &query).await.unwrap();
    assert_eq!((domains.total, domains.rows[0].number_count), (1, 1));
}

#[rstest]
#[tokio::test]
async fn everybody_is_led_to_the_enterprises_in_reach(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let freight = portal.enterprise("borealis-freight").await;
    portal.enterprise_elsewhere("cedar-lines").await;
    let list = |ctx: OpContext| {
        let backend = portal.backend();
        async move {
            let mine = enterprise::list_mine(&ctx, backend).await.unwrap();
            mine.into_iter()
                .map(|summary| (summary.slug.to_string(), summary.role))
                .collect::<Vec<_>>()
        }
    };
    let row = |slug: &str, role| (slug.to_owned(), role);

    assert_eq!(
        list(clinic.viewer().await).await,
        [row("alder-clinics", Role::EnterpriseViewer)]
    );
    assert_eq!(
        list(freight.admin().await).await,
        [row("borealis-freight", Role::EnterpriseAdmin)]
    );
    assert_eq!(
        list(portal.provider_admin().await).await,
        [
            row("alder-clinics", Role::ProviderAdmin),
            row("borealis-freight", Role::ProviderAdmin),
        ]
    );
}
