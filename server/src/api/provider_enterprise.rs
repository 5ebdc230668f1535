//! Enterprises as their provider keeps them.

use backend::services::enterprise as enterprises;
use domain::enterprise::{
    EnterpriseRecord, EnterpriseRow, EnterpriseSettingsInput, EnterpriseSwitches, NewEnterpriseInput, TABLE,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Asker, IfMatch, Input, Rows, TableParams},
    enterprise::ConnectorApp,
    problem::Problem,
    reply::{Created, PageOf, Reply, Versioned, page},
};

const TAG: &str = "Provider";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_provider_enterprises, create_enterprise))
        .routes(routes!(get_provider_enterprise, update_enterprise))
        .routes(routes!(suspend_enterprise))
        .routes(routes!(resume_enterprise))
}

/// What a provider has set for an enterprise.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProviderEnterprise {
    /// Its id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// Its name in addresses, which never changes.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// Whether its own people are locked out for now.
    pub suspended: bool,
    /// Whether it uses SMS at all.
    pub sms: bool,
    /// Whether Group Texting is on.
    pub group_texting: bool,
    /// Whether Secure SMS is on.
    pub secure_sms: bool,
    /// Whether it keeps its own numbers, rather than the provider.
    pub manages_own_numbers: bool,
    /// The app in use.
    pub connector_app: ConnectorApp,
    /// For how many days a released number is kept back; null for not at all.
    pub number_cooling_off_days: Option<u32>,
}

impl From<EnterpriseRecord> for ProviderEnterprise {
    fn from(record: EnterpriseRecord) -> Self {
        let switches = record.switches;
        Self {
            id: record.id.0,
            version: record.version,
            slug: record.slug.to_string(),
            name: record.name,
            suspended: record.suspended,
            sms: switches.sms,
            group_texting: switches.group_texting,
            secure_sms: switches.secure_sms,
            manages_own_numbers: switches.manages_own_numbers,
            connector_app: switches.connector_app.into(),
            number_cooling_off_days: record.number_cooling_off_days,
        }
    }
}

/// An enterprise in the provider's table.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ProviderEnterpriseRow {
    /// What is set for it.
    pub enterprise: ProviderEnterprise,
    /// How many Teams users it has.
    pub user_count: u32,
    /// How many numbers it has.
    pub number_count: u32,
    /// How many SMS groups it has.
    pub group_count: u32,
    /// How many of its domains have expired.
    pub expired_domains: u32,
    /// How many of its domains expire soon.
    pub expiring_domains: u32,
}

impl From<EnterpriseRow> for ProviderEnterpriseRow {
    fn from(row: EnterpriseRow) -> Self {
        Self {
            enterprise: row.record.into(),
            user_count: row.user_count,
            number_count: row.number_count,
            group_count: row.group_count,
            expired_domains: row.expired_domains,
            expiring_domains: row.expiring_domains,
        }
    }
}

/// What is to be set for an enterprise.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EnterpriseSettings {
    /// Its name for people, 1 to 100 characters.
    pub name: String,
    /// Whether it uses SMS at all.
    pub sms: bool,
    /// Whether Group Texting is on.
    pub group_texting: bool,
    /// Whether Secure SMS is on.
    pub secure_sms: bool,
    /// Whether it keeps its own numbers, rather than the provider.
    pub manages_own_numbers: bool,
    /// The app in use. With the unified one in place of the legacy one, what waited for a sync becomes live at once.
    pub connector_app: ConnectorApp,
    /// For how many days a released number is kept back; null for not at all.
    #[serde(default)]
    pub number_cooling_off_days: Option<u32>,
}

impl From<EnterpriseSettings> for EnterpriseSettingsInput {
    fn from(settings: EnterpriseSettings) -> Self {
        let days = settings.number_cooling_off_days;
        Self {
            name: settings.name,
            switches: EnterpriseSwitches {
                sms: settings.sms,
                group_texting: settings.group_texting,
                secure_sms: settings.secure_sms,
                manages_own_numbers: settings.manages_own_numbers,
                connector_app: settings.connector_app.into(),
            },
            number_cooling_off_days: days.map(|days| days.to_string()).unwrap_or_default(),
        }
    }
}

/// A new enterprise.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEnterprise {
    /// Its name in addresses: 1 to 40 lower-case letters, digits and inner hyphens. It never changes.
    pub slug: String,
    /// What is set for it.
    pub settings: EnterpriseSettings,
}

impl From<NewEnterprise> for NewEnterpriseInput {
    fn from(new: NewEnterprise) -> Self {
        Self {
            slug: new.slug,
            settings: new.settings.into(),
        }
    }
}

fn versioned(record: EnterpriseRecord) -> Versioned<ProviderEnterprise> {
    Versioned {
        version: record.version,
        body: record.into(),
    }
}

/// Lists the enterprises of the provider.
#[utoipa::path(
    get,
    path = "/provider/enterprises",
    tag = TAG,
    params(TableParams),
    responses((status = 200, body = PageOf<ProviderEnterpriseRow>))
)]
async fn list_provider_enterprises(Asker { op, backend }: Asker, rows: Rows) -> Reply<PageOf<ProviderEnterpriseRow>> {
    let query = rows.of(&TABLE)?;
    Ok(page(enterprises::list(&op, &backend, &query).await?))
}

/// Adds an enterprise.
#[utoipa::path(
    post,
    path = "/provider/enterprises",
    tag = TAG,
    request_body = NewEnterprise,
    responses((status = 201, body = ProviderEnterprise))
)]
async fn create_enterprise(
    Asker { op, backend }: Asker,
    Input(new): Input<NewEnterprise>,
) -> Result<Created<ProviderEnterprise>, Problem> {
    let record = enterprises::create(&op, &backend, &new.into()).await?;
    Ok(Created {
        location: format!("/api/v1/provider/enterprises/{}", record.slug),
        version: Some(record.version),
        body: record.into(),
    })
}

/// Reads what is set for an enterprise.
#[utoipa::path(
    get,
    path = "/provider/enterprises/{enterprise}",
    tag = TAG,
    responses((status = 200, body = ProviderEnterprise))
)]
async fn get_provider_enterprise(asked: Asked) -> Result<Versioned<ProviderEnterprise>, Problem> {
    let record = enterprises::get(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(versioned(record))
}

/// Renames an enterprise and sets its switches.
#[utoipa::path(
    put,
    path = "/provider/enterprises/{enterprise}",
    tag = TAG,
    request_body = EnterpriseSettings,
    responses((status = 200, body = ProviderEnterprise))
)]
async fn update_enterprise(
    asked: Asked,
    IfMatch(version): IfMatch,
    Input(settings): Input<EnterpriseSettings>,
) -> Result<Versioned<ProviderEnterprise>, Problem> {
    let (op, backend) = (&asked.op, &asked.backend);
    let record = enterprises::update(op, backend, &asked.enterprise, version, &settings.into()).await?;
    Ok(versioned(record))
}

/// Suspends an enterprise: its own people are locked out, and nothing else changes.
#[utoipa::path(
    post,
    path = "/provider/enterprises/{enterprise}/suspend",
    tag = TAG,
    responses((status = 200, body = ProviderEnterprise))
)]
async fn suspend_enterprise(asked: Asked, IfMatch(version): IfMatch) -> Result<Versioned<ProviderEnterprise>, Problem> {
    let record = enterprises::set_suspended(&asked.op, &asked.backend, &asked.enterprise, version, true).await?;
    Ok(versioned(record))
}

/// Resumes an enterprise that was suspended.
#[utoipa::path(
    post,
    path = "/provider/enterprises/{enterprise}/resume",
    tag = TAG,
    responses((status = 200, body = ProviderEnterprise))
)]
async fn resume_enterprise(asked: Asked, IfMatch(version): IfMatch) -> Result<Versioned<ProviderEnterprise>, Problem> {
    let record = enterprises::set_suspended(&asked.op, &asked.backend, &asked.enterprise, version, false).await?;
    Ok(versioned(record))
}
