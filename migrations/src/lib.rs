//! The schema, one file per change. Forward only in production: expand first, contract in a later release.
//!
//! The statements are SQL that both databases understand; the few types they call differently are filled in by
//! `dialect`. What a migration works out of rows by the application's rules, such as a folded text or a hash, comes from
//! `domain`; nothing else here knows the application.

mod dialect;
mod m20261123_000001_tenants;
mod m20261123_000002_people_and_numbers;
mod m20261123_000003_groups_and_domains;
mod m20261123_000004_tasks_audit_snapshots;
mod m20261129_000005_domain_requests;
mod m20261129_000006_config_entries;
mod m20261129_000007_task_queue;
mod m20261129_000008_released_numbers;
mod m20261129_000010_audit_chain;
mod m20261129_000011_import_uploads;
mod m20261129_000012_api_tokens;
mod m20261129_000013_provider_console;
mod m20261129_000014_carrier_credentials;
mod m20261129_000015_find_people;
mod m20261129_000016_alerts;
mod m20261129_000017_domain_renewal;
mod m20261129_000018_domain_settling;
mod m20261129_000030_task_tokens;
mod m20261130_000031_task_files;
mod m20261130_000032_request_answers;
mod m20261130_000033_import_samples;
mod m20261130_000040_group_search;

use sea_orm_migration::prelude::*;

/// All changes in the order of their names. A database remembers by name which of them it has and gets those it lacks, so
/// it does not matter in which order an older program listed the others.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_tenants::Migration),
            Box::new(m20261123_000002_people_and_numbers::Migration),
            Box::new(m20261123_000003_groups_and_domains::Migration),
            Box::new(m20261123_000004_tasks_audit_snapshots::Migration),
            Box::new(m20261129_000005_domain_requests::Migration),
            Box::new(m20261129_000006_config_entries::Migration),
            Box::new(m20261129_000007_task_queue::Migration),
            Box::new(m20261129_000008_released_numbers::Migration),
            Box::new(m20261129_000010_audit_chain::Migration),
            Box::new(m20261129_000011_import_uploads::Migration),
            Box::new(m20261129_000012_api_tokens::Migration),
            Box::new(m20261129_000013_provider_console::Migration),
            Box::new(m20261129_000014_carrier_credentials::Migration),
            Box::new(m20261129_000015_find_people::Migration),
            Box::new(m20261129_000016_alerts::Migration),
            Box::new(m20261129_000017_domain_renewal::Migration),
            Box::new(m20261129_000018_domain_settling::Migration),
            Box::new(m20261129_000030_task_tokens::Migration),
            Box::new(m20261130_000031_task_files::Migration),
            Box::new(m20261130_000032_request_answers::Migration),
            Box::new(m20261130_000033_import_samples::Migration),
            Box::new(m20261130_000040_group_search::Migration),
        ]
    }
}
