//! The chain of the audit log: it holds under many writers, and shows what was done to it behind the program's back.

use std::sync::Arc;

use backend::{
    context::{Actor, OpContext},
    services::{
        audit::{self, ChainReport},
        sms_group,
    },
    testing::{Engine, TestDb, TestEnterprise, TestPortal},
};
use chrono::Utc;
use domain::{
    access::{Action, Resource},
    audit::chain::START,
    error::Error,
    ids::{RequestId, TeamsUserId},
};
use migrations::Migrator;
use rstest::rstest;
use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use tokio::sync::Barrier;
use uuid::Uuid;

use crate::support::{input, sql};

const WRITERS: usize = 8;
const CHANGES_OF_EACH: usize = 10;

/// What a check says, chain by chain: the name, how many entries, what is wrong.
fn told(reports: &[ChainReport]) -> Vec<(String, u64, Vec<String>)> {
    let told = |report: &ChainReport| {
        let flaws = report.flaws.iter().map(ToString::to_string).collect();
        (report.name.clone(), report.entries, flaws)
    };
    reports.iter().map(told).collect()
}

fn unbroken(name: &str, entries: u64) -> (String, u64, Vec<String>) {
    (name.to_owned(), entries, Vec::new())
}

async fn check(portal: &TestPortal) -> Vec<(String, u64, Vec<String>)> {
    told(&audit::verify(&portal.system(), portal.backend()).await.unwrap())
}

/// Adds that many groups; each leaves an entry.
async fn changes(portal: &TestPortal, at: &TestEnterprise, owner: TeamsUserId, count: usize) {
    let admin = at.admin().await;
    for n in 0..count {
        sms_group::create(
            &admin,
            portal.backend(),
            at.slug(),
            &input(&format!("Group {n}"), owner),
        )
        .await
        .unwrap();
    }
}

/// An enterprise with five entries.
async fn five_entries(portal: &TestPortal) {
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    changes(portal, &clinic, ada, 5).await;
}

/// Switches off what keeps the log append-only, as whoever owns the database can.
async fn suspend_triggers(portal: &TestPortal, engine: Engine) {
    let statements = match engine {
        Engine::Sqlite => vec![
            "DROP TRIGGER audit_event_no_update",
            "DROP TRIGGER audit_event_no_delete",
            "DROP TRIGGER audit_event_no_replace",
            "DROP TRIGGER audit_chain_no_delete",
        ],
        Engine::Postgres => vec![
            "ALTER TABLE audit_event DISABLE TRIGGER USER",
            "ALTER TABLE audit_chain DISABLE TRIGGER USER",
        ],
    };
    for statement in statements {
        portal.execute(statement).await.unwrap();
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_writers_at_once_make_one_chain(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    let start = Arc::new(Barrier::new(WRITERS));
    let tasks: Vec<_> = (0..WRITERS)
        .map(|writer| {
            let (start, backend, admin, slug) = (
                start.clone(),
                portal.backend().clone(),
                admin.clone(),
                clinic.slug().clone(),
            );
            tokio::spawn(async move {
                start.wait().await;
                for n in 0..CHANGES_OF_EACH {
                    let group = input(&format!("Group {writer} {n}"), ada);
                    sms_group::create(&admin, &backend, &slug, &group).await.unwrap();
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }

    let all = (WRITERS * CHANGES_OF_EACH) as u64;
    assert_eq!(check(&portal).await, [unbroken("alder-clinics", all)]);
    let last = portal.number("SELECT MAX(sequence) FROM audit_event").await;
    assert_eq!(u64::try_from(last).unwrap(), all, "no place is left out");
}

#[rstest]
#[tokio::test]
async fn a_change_that_fails_leaves_no_gap(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    let admin = clinic.admin().await;
    for (name, is_new) in [("Front Desk", true), ("front desk", false), ("Lobby", true)] {
        let result = sms_group::create(&admin, portal.backend(), clinic.slug(), &input(name, ada)).await;
        assert_eq!(result.is_ok(), is_new, "{name}");
    }
    assert_eq!(check(&portal).await, [unbroken("alder-clinics", 2)]);
    assert_eq!(portal.number("SELECT sequence FROM audit_chain").await, 2);
}

#[rstest]
#[tokio::test]
async fn each_enterprise_has_a_chain_of_its_own(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    assert!(check(&portal).await.is_empty());
    for (slug, count) in [("borealis-freight", 1), ("alder-clinics", 3)] {
        let enterprise = portal.enterprise(slug).await;
        let owner = enterprise.user("Ada Brandt").insert().await;
        changes(&portal, &enterprise, owner, count).await;
    }
    assert_eq!(
        check(&portal).await,
        [unbroken("alder-clinics", 3), unbroken("borealis-freight", 1)]
    );
}

#[rstest]
#[case::who("UPDATE audit_event SET actor = 'eve' WHERE sequence = 2", &["entry 2 was changed or moved"])]
#[case::what_is_searched(
    "UPDATE audit_event SET actor_search = 'eve' WHERE sequence = 2",
    &["entry 2 was changed or moved"]
)]
#[case::what("UPDATE audit_event SET after = '{}' WHERE sequence = 1", &["entry 1 was changed or moved"])]
#[case::nothing_more("UPDATE audit_event SET after = NULL WHERE sequence = 5", &["entry 5 was changed or moved"])]
#[case::its_name("UPDATE audit_event SET subject = 'X' WHERE sequence = 3", &["entry 3 was changed or moved"])]
#[case::moment(
    "UPDATE audit_event SET created_at = '2020-01-01T00:00:00+00:00' WHERE sequence = 4",
    &["entry 4 was changed or moved"]
)]
#[case::hash(
    "UPDATE audit_event SET hash = (SELECT hash FROM audit_event WHERE sequence = 1) WHERE sequence = 2",
    &["entry 2 was changed or moved", "entry 3 was changed or moved"]
)]
#[case::removed("DELETE FROM audit_event WHERE sequence = 3", &["entry 3 is missing"])]
#[case::several_removed("DELETE FROM audit_event WHERE sequence IN (2, 3)", &["entries 2 to 3 are missing"])]
#[case::first_removed("DELETE FROM audit_event WHERE sequence = 1", &["entry 1 is missing"])]
#[case::last_removed("DELETE FROM audit_event WHERE sequence = 5", &["entry 5 is missing"])]
#[case::all_removed("DELETE FROM audit_event", &["entries 1 to 5 are missing"])]
#[case::swapped(
    "UPDATE audit_event SET sequence = 99 WHERE sequence = 2; UPDATE audit_event SET sequence = 2 WHERE sequence = 3; \
     UPDATE audit_event SET sequence = 3 WHERE sequence = 99",
    &["entry 2 was changed or moved", "entry 3 was changed or moved", "entry 4 was changed or moved"]
)]
#[case::end_forgotten(
    "DELETE FROM audit_event WHERE sequence = 5; UPDATE audit_chain SET sequence = 4",
    &["the head of the chain does not fit to its last entry"]
)]
#[case::head_removed("DELETE FROM audit_chain", &["the head of the chain does not fit to its last entry"])]
#[tokio::test]
async fn what_is_done_behind_the_programs_back_shows(
    #[case] tampering: &str,
    #[case] expected: &[&str],
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    five_entries(&portal).await;
    assert_eq!(check(&portal).await, [unbroken("alder-clinics", 5)]);
    suspend_triggers(&portal, engine).await;

    portal.execute(tampering).await.unwrap();

    let reports = check(&portal).await;
    let [(name, _, flaws)] = reports.as_slice() else {
        panic!("one chain, not {reports:?}");
    };
    assert_eq!(name, "alder-clinics");
    assert_eq!(flaws, expected);
}

#[rstest]
#[tokio::test]
async fn the_log_goes_on_behind_what_was_tampered_with(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let clinic = portal.enterprise("alder-clinics").await;
    let ada = clinic.user("Ada Brandt").insert().await;
    changes(&portal, &clinic, ada, 3).await;
    suspend_triggers(&portal, engine).await;
    portal
        .execute("UPDATE audit_event SET actor = 'eve' WHERE sequence = 2")
        .await
        .unwrap();

    let admin = clinic.admin().await;
    sms_group::create(&admin, portal.backend(), clinic.slug(), &input("Lobby", ada))
        .await
        .unwrap();

    let flaws = vec!["entry 2 was changed or moved".to_owned()];
    assert_eq!(check(&portal).await, [("alder-clinics".to_owned(), 4, flaws)]);
}

#[rstest]
#[tokio::test]
async fn only_the_system_checks_all_chains(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    let forbidden = Error::Forbidden {
        action: Action::Read,
        resource: Resource::AuditEvent,
    };
    let provider = portal.provider_admin().await;
    assert_eq!(audit::verify(&provider, portal.backend()).await, Err(forbidden));
}

#[rstest]
#[case::heads_stay("DELETE FROM audit_chain")]
#[case::no_place_before_the_first("UPDATE audit_chain SET sequence = -1")]
#[case::whole_hashes("UPDATE audit_chain SET hash = 'x'")]
#[tokio::test]
async fn the_database_refuses(#[case] statement: &str, #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let portal = TestPortal::open(engine).await;
    five_entries(&portal).await;
    let error = portal.execute(statement).await.expect_err(statement);
    let rules = ["constraint", "append-only"];
    assert!(rules.iter().any(|rule| error.contains(rule)), "{statement}: {error}");
}

/// A place in a chain has one entry, and an entry lies in the chain of its enterprise.
#[rstest]
#[case::place_taken("chain_id", "sequence")]
#[case::other_chain("request_id", "1000")]
#[tokio::test]
async fn an_entry_has_its_place(
    #[case] chain: &str,
    #[case] sequence: &str,
    #[values(Engine::Sqlite, Engine::Postgres)] engine: Engine,
) {
    let portal = TestPortal::open(engine).await;
    five_entries(&portal).await;
    let statement = format!(
        "INSERT INTO audit_event (id, enterprise_id, actor, actor_search, action, resource, request_id, created_at, \
         chain_id, sequence, hash) \
         SELECT {}, enterprise_id, actor, actor_search, action, resource, request_id, created_at, {chain}, {sequence}, \
         hash FROM audit_event WHERE sequence = 3",
        sql(engine, Uuid::now_v7())
    );
    let error = portal.execute(&statement).await.expect_err(&statement);
    let rules = ["constraint", "append-only"];
    assert!(rules.iter().any(|rule| error.contains(rule)), "{statement}: {error}");
}

const CHAINED_BY: &str = "m20261129_000010_audit_chain";

async fn execute(connection: &DatabaseConnection, statement: &str) {
    connection.execute_unprepared(statement).await.expect(statement);
}

/// What was in the database of a program that knew no chains.
async fn fill_before(connection: &DatabaseConnection, engine: Engine, enterprise: Uuid, provider: Uuid) {
    let (enterprise, provider) = (sql(engine, enterprise), sql(engine, provider));
    let at = "'2026-11-25T10:00:00.123456789+00:00'";
    execute(
        connection,
        &format!("INSERT INTO provider (id, name, created_at) VALUES ({provider}, 'Test Voice', {at})"),
    )
    .await;
    execute(
        connection,
        &format!(
            "INSERT INTO enterprise (id, provider_id, slug, name, name_search, sms, group_texting, secure_sms, \
             manages_own_numbers, connector_app, suspended, version, created_at, updated_at) \
             VALUES ({enterprise}, {provider}, 'alder-clinics', 'Alder', 'alder', true, true, true, true, 'unified', \
             false, 1, {at}, {at})"
        ),
    )
    .await;
    for (enterprise, provider, count) in [
        (enterprise.as_str(), provider.as_str(), 3),
        ("NULL", provider.as_str(), 2),
        ("NULL", "NULL", 1),
    ] {
        for _ in 0..count {
            let id = sql(engine, Uuid::now_v7());
            let insert = format!(
                "INSERT INTO audit_event (id, enterprise_id, provider_id, actor, action, resource, resource_id, after, \
                 request_id, created_at) VALUES ({id}, {enterprise}, {provider}, 'Zoë@company.example', 'create', \
                 'sms_group', {id}, '{{\"name\":\"Ärzte\"}}', {id}, {at})"
            );
            execute(connection, &insert).await;
        }
    }
}

#[rstest]
#[tokio::test]
async fn entries_of_an_older_program_are_chained(#[values(Engine::Sqlite, Engine::Postgres)] engine: Engine) {
    let database = TestDb::new(engine).await;
    let connection = database.connect().await;
    let before = Migrator::migrations()
        .iter()
        .position(|migration| migration.name() == CHAINED_BY)
        .unwrap();
    Migrator::up(&connection, u32::try_from(before).ok()).await.unwrap();
    let (enterprise, provider) = (Uuid::now_v7(), Uuid::now_v7());
    fill_before(&connection, engine, enterprise, provider).await;

    let backend = database.open().await;

    let system = OpContext {
        actor: Actor::System("test"),
        request_id: RequestId(Uuid::now_v7()),
        now: Utc::now(),
        peer: None,
    };
    let reports = audit::verify(&system, &backend).await.unwrap();
    assert_eq!(
        told(&reports),
        [
            unbroken("Test Voice", 2),
            unbroken("alder-clinics", 3),
            unbroken("installation", 1)
        ]
    );
    assert!(reports.iter().all(|report| report.last != START), "{reports:?}");
    for statement in ["UPDATE audit_event SET actor = 'x'", "DELETE FROM audit_event"] {
        let error = connection.execute_unprepared(statement).await.expect_err(statement);
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    let found = "SELECT 1 FROM audit_event WHERE subject = 'Ärzte' AND subject_search = 'arzte' \
                 AND actor_search = 'zoe@company.example'";
    let rows = connection
        .query_all_raw(sea_orm::Statement::from_string(
            connection.get_database_backend(),
            found,
        ))
        .await
        .unwrap();
    assert_eq!(rows.len(), 6);
}
