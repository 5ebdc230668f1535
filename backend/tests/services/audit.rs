//! The audit log as people read it: the table, an entry, the history of a thing, and who may.

use backend::{
    services::{audit, number, sms_group},
    testing::{Engine, TestEnterprise, TestPortal, anonymous},
};
use domain::{
    access::Resource,
    audit::{AuditEventRow, Change, FieldChange, TABLE},
    carrier_profile::CarrierKind,
    error::Error,
    ids::{AuditEventId, SmsGroupId},
    number::{AssignTo, CoolingOff, NumberInput, NumberPatch, ProfileChoice},
    table::TableQuery,
};
use rstest::rstest;

use crate::support::{input, nobody, with_members};

/// Adds Front Desk and Lobby, gives Front Desk a member and another name, deletes Lobby; the id of Front Desk.
async fn life_of_two_groups(portal: &TestPortal, clinic: &TestEnterprise) -> SmsGroupId {
    let ada = clinic.user("Ada Brandt").insert().await;
    let bo = clinic.user("Bo Chen").insert().await;
    let admin = clinic.admin().await;
    let (backend, slug) = (portal.backend(), clinic.slug());
    let desk = sms_group::create(&admin, backend, slug, &input("Front Desk", ada))
        .await
        .unwrap();
    let lobby = sms_group::create(&admin, backend, slug, &input("Lobby", ada))
        .await
        .unwrap();
    let wanted = with_members(input("Empfang Süd", ada), &[ada, bo]);
    sms_group::update(&admin, backend, slug, desk.id, 1, &wanted)
        .await
        .unwrap();
    sms_group::delete(&admin, backend, slug, lobby.id, 1).await.unwrap();
    desk.id
}

/// Action and thing of each row.
fn deeds(rows: &[AuditEventRow]) -> Vec<(&str, &str)> {
    rows.iter()
        .map(|row| (row.action.as_str(), row.subject.as_deref().unwrap_or_default()))
        .collect()
}

fn query(text: &str) -> TableQuery {
    TableQuery::parse_lenient(text, &TABLE)
}

const ALL: [(&str, &str); 4] = [
    ("delete", "Lobby"),
    ("update", "Empfang Süd"),
    ("create", "Lobby"),
    ("create", "Front Desk"),
];

#[rstest]
#[case::everything("", &ALL)]
#[case::thing("search=empfang sud", &ALL[1..2])]
#[case::action_in_words("search=deleted", &ALL[..1])]
#[case::kind_in_words("search=sms group", &ALL)]
#[case::person("search=test.example", &ALL)]
#[case::by_action("filter=action:in:create", &ALL[2..])]
#[case::by_thing("filter=subject:contains:lob", &[ALL[0], ALL[2]])]
#[case::by_another_kind("filter=resource:in:task", &[])]
#[case::by_date("filter=at:last:1", &ALL)]
#[case::before("filter=at:before:2020-01-01", &[])]
#[case::oldest_first("sort=at", &[ALL[3], ALL[2], ALL[1], ALL[0]])]
#[tokio::test]
async fn entries_are_found(
    #[case] asked: &str,
    #[case] expected: &[(&str, &str)],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    life_of_two_groups(&portal, &clinic).await;
    let viewer = clinic.viewer().await;

    let asked = query(&asked.replace(' ', "%20"));
    let page = audit::list(&viewer, portal.backend(), clinic.slug(), &asked)
        .await
        .unwrap();

    let mut found = deeds(&page.rows);
    let mut expected = expected.to_vec();
    // All of it was done at one moment, so the latest is not first.
    if asked.sort.is_empty() {
        found.sort_unstable();
        expected.sort_unstable();
    }
    assert_eq!(found, expected);
    assert_eq!((page.total, page.matching), (4, expected.len() as u64));
    let mut export = audit::export(&viewer, portal.backend(), clinic.slug(), &asked)
        .await
        .unwrap();
    let mut exported = 0;
    while let Some(piece) = export.next_piece().await.unwrap() {
        exported += piece.len();
    }
    assert_eq!(exported, expected.len());
}

#[rstest]
#[tokio::test]
async fn an_entry_and_a_history_tell_what_changed(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let desk = life_of_two_groups(&portal, &clinic).await;
    let viewer = clinic.viewer().await;
    let (backend, slug) = (portal.backend(), clinic.slug());

    let history = audit::history(&viewer, backend, slug, Resource::SmsGroup, desk.0)
        .await
        .unwrap();
    assert!(!history.older);
    let [update, create] = history.entries.as_slice() else {
        panic!("two entries, not {history:?}");
    };
    assert_eq!((update.action.as_str(), update.sequence), ("update", 3));
    assert_eq!((create.action.as_str(), create.sequence), ("create", 1));
    let expected = [
        FieldChange {
            field: "name".to_owned(),
            change: Change::Value {
                before: Some("Front Desk".to_owned()),
                after: Some("Empfang Süd".to_owned()),
            },
        },
        FieldChange {
            field: "members".to_owned(),
            change: Change::List {
                added: vec!["Bo Chen".to_owned()],
                removed: Vec::new(),
                more: 0,
            },
        },
    ];
    assert_eq!(update.changes, expected);
    let entry = audit::get(&viewer, backend, slug, update.id).await.unwrap();
    assert_eq!(entry, *update);
    let elsewhere = audit::history(&viewer, backend, slug, Resource::Task, desk.0)
        .await
        .unwrap();
    assert!(elsewhere.entries.is_empty());
}

/// Adding it, changing it and giving it away are entries of different kinds.
#[rstest]
#[tokio::test]
async fn the_history_of_a_number_tells_whom_it_served(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let (admin, backend, slug) = (clinic.admin().await, portal.backend(), clinic.slug());
    let input = NumberInput {
        number: "+12065550183".to_owned(),
        settings: NumberPatch {
            sms: Some(true),
            ..NumberPatch::default()
        },
    };
    let added = number::create(&admin, backend, slug, &input).await.unwrap();
    let to_ada = Some(AssignTo::TeamsUser(ada));
    number::assign(
        &admin,
        backend,
        slug,
        added.id,
        added.version,
        to_ada,
        CoolingOff::Heeded,
    )
    .await
    .unwrap();

    let history = audit::history(&admin, backend, slug, Resource::PhoneNumber, added.id.0).await;
    let entries = history.unwrap().entries;
    let kinds: Vec<_> = entries.iter().map(|entry| entry.resource.as_str()).collect();
    assert_eq!(kinds, ["number_assignment", "phone_number"]);
    let of_ada = FieldChange {
        field: "assignee".to_owned(),
        change: Change::Value {
            before: None,
            after: Some("Ada Brandt".to_owned()),
        },
    };
    assert!(entries[0].changes.contains(&of_ada), "{:?}", entries[0].changes);
}

/// Whether the entry says anything of a carrier.
fn names_a_carrier(changes: &[FieldChange]) -> bool {
    changes.iter().any(|change| change.field.contains("carrier"))
}

#[rstest]
#[tokio::test]
async fn carriers_of_numbers_are_only_told_to_those_who_manage_numbers(
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise_without_numbers("alder-clinics").await;
    let profile = clinic.profile("Main Line", CarrierKind::Twilio).await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let (provider, backend, slug) = (portal.provider_admin().await, portal.backend(), clinic.slug());
    let input = NumberInput {
        number: "+12065550183".to_owned(),
        settings: NumberPatch {
            sms: Some(true),
            carrier_profile: Some(ProfileChoice::Profile(profile)),
            ..NumberPatch::default()
        },
    };
    let added = number::create(&provider, backend, slug, &input).await.unwrap();
    let patch = NumberPatch {
        mms: Some(true),
        carrier_profile: Some(ProfileChoice::None),
        ..NumberPatch::default()
    };
    let changed = number::update(&provider, backend, slug, added.id, added.version, &patch)
        .await
        .unwrap();
    let to_ada = Some(AssignTo::TeamsUser(ada));
    number::assign(
        &provider,
        backend,
        slug,
        changed.id,
        changed.version,
        to_ada,
        CoolingOff::Heeded,
    )
    .await
    .unwrap();

    let (admin, viewer) = (clinic.admin().await, clinic.viewer().await);
    for (ctx, told) in [(&provider, true), (&admin, false), (&viewer, false)] {
        let history = audit::history(ctx, backend, slug, Resource::PhoneNumber, added.id.0)
            .await
            .unwrap();
        assert_eq!(history.entries.len(), 3);
        let entries = || history.entries.iter();
        assert_eq!(entries().any(|entry| names_a_carrier(&entry.changes)), told);
        let of_update = entries().find(|entry| entry.action == "update" && entry.resource == "phone_number");
        let update = of_update.unwrap();
        assert!(update.changes.iter().any(|change| change.field == "mms"));
        let entry = audit::get(ctx, backend, slug, update.id).await.unwrap();
        assert_eq!(names_a_carrier(&entry.changes), told);
        let page = audit::list(ctx, backend, slug, &query("")).await.unwrap();
        assert_eq!(page.rows.iter().any(|row| names_a_carrier(&row.changes)), told);
        let mut export = audit::export(ctx, backend, slug, &query("")).await.unwrap();
        let exported = export.next_piece().await.unwrap().unwrap();
        assert_eq!(exported.iter().any(|entry| names_a_carrier(&entry.changes)), told);
    }
}

#[rstest]
#[tokio::test]
async fn nobody_reads_the_log_of_another_enterprise(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let neighbour = portal.enterprise("borealis-freight").await;
    let desk = life_of_two_groups(&portal, &clinic).await;
    let backend = portal.backend();
    let own = clinic.admin().await;
    let history = audit::history(&own, backend, clinic.slug(), Resource::SmsGroup, desk.0)
        .await
        .unwrap();
    let entry = history.entries[0].id;

    let stranger = neighbour.admin().await;
    let not_found = Error::NotFound {
        resource: Resource::Enterprise,
    };
    let all = query("");
    let refused = audit::list(&stranger, backend, clinic.slug(), &all).await;
    assert_eq!(refused.unwrap_err(), not_found);
    let refused = audit::get(&stranger, backend, clinic.slug(), entry).await;
    assert_eq!(refused.unwrap_err(), not_found);
    let refused = audit::history(&stranger, backend, clinic.slug(), Resource::SmsGroup, desk.0).await;
    assert_eq!(refused.unwrap_err(), not_found);

    let mine = audit::list(&stranger, backend, neighbour.slug(), &all).await.unwrap();
    assert_eq!((mine.total, mine.rows.len()), (0, 0));
    let theirs = audit::history(&stranger, backend, neighbour.slug(), Resource::SmsGroup, desk.0)
        .await
        .unwrap();
    assert!(theirs.entries.is_empty());
    let no_entry = Error::NotFound {
        resource: Resource::AuditEvent,
    };
    for id in [entry, nobody::<AuditEventId>()] {
        let refused = audit::get(&stranger, backend, neighbour.slug(), id).await;
        assert_eq!(refused.unwrap_err(), no_entry);
    }
    let signed_out = audit::list(&anonymous(), backend, clinic.slug(), &all).await;
    assert_eq!(signed_out.unwrap_err(), Error::SignedOut);
}
