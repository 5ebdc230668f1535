//! The enterprises that the asker reaches.

use axum::Json;
use backend::services::enterprise as enterprises;
use domain::enterprise::{self, EnterpriseContext, EnterpriseSummary};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asked, Asker},
    common::{Role, all, words},
    reply::Reply,
};

const TAG: &str = "Enterprises";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new()
        .routes(routes!(list_enterprises))
        .routes(routes!(get_enterprise))
}

words! {
    /// Which app shows messages in Teams.
    ConnectorApp for enterprise::ConnectorApp {
        /// Changes are live after a sync.
        Legacy,
        /// Changes are live at once.
        Unified,
    }
}

/// An enterprise in the list.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct EnterpriseRow {
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What the token may be there.
    pub role: Role,
}

impl From<EnterpriseSummary> for EnterpriseRow {
    fn from(summary: EnterpriseSummary) -> Self {
        Self {
            slug: summary.slug.to_string(),
            name: summary.name,
            role: summary.role.into(),
        }
    }
}

/// The enterprises that the token reaches.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Enterprises {
    /// All of them, by name.
    pub rows: Vec<EnterpriseRow>,
}

/// An enterprise and what its provider has switched.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Enterprise {
    /// Its id.
    pub id: Uuid,
    /// Its name in addresses.
    pub slug: String,
    /// Its name for people.
    pub name: String,
    /// What the token may be there.
    pub role: Role,
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
    /// Who runs its portal.
    pub provider: Provider,
}

/// Who runs an enterprise's portal.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Provider {
    /// The provider's name.
    pub name: String,
    /// Where to write.
    pub email: Option<String>,
    /// Where to call.
    pub phone: Option<String>,
}

impl From<EnterpriseContext> for Enterprise {
    fn from(context: EnterpriseContext) -> Self {
        let switches = context.switches;
        Self {
            id: context.id.0,
            slug: context.slug.to_string(),
            name: context.name,
            role: context.role.into(),
            sms: switches.sms,
            group_texting: switches.group_texting,
            secure_sms: switches.secure_sms,
            manages_own_numbers: switches.manages_own_numbers,
            connector_app: switches.connector_app.into(),
            provider: Provider {
                name: context.provider.name,
                email: context.provider.email,
                phone: context.provider.phone,
            },
        }
    }
}

/// Lists the enterprises that the token reaches.
#[utoipa::path(get, path = "/enterprises", tag = TAG, responses((status = 200, body = Enterprises)))]
async fn list_enterprises(Asker { op, backend }: Asker) -> Reply<Enterprises> {
    let reached = enterprises::list_mine(&op, &backend).await?;
    Ok(Json(Enterprises { rows: all(reached) }))
}

/// Reads an enterprise.
#[utoipa::path(get, path = "/enterprises/{enterprise}", tag = TAG, responses((status = 200, body = Enterprise)))]
async fn get_enterprise(asked: Asked) -> Reply<Enterprise> {
    let context = enterprises::context(&asked.op, &asked.backend, &asked.enterprise).await?;
    Ok(Json(context.into()))
}
