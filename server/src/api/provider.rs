//! The provider's own details.

use backend::services::provider;
use domain::enterprise::{ContactInput, ProviderDetails};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use super::{
    asked::{Asker, IfMatch, Input},
    problem::Problem,
    reply::Versioned,
};

const TAG: &str = "Provider";

pub(super) fn routes() -> OpenApiRouter {
    OpenApiRouter::new().routes(routes!(get_provider, update_provider))
}

/// The provider that the token's account runs.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct OwnProvider {
    /// Its id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// Where its enterprises write to.
    pub email: Option<String>,
    /// Where they call.
    pub phone: Option<String>,
}

impl From<ProviderDetails> for OwnProvider {
    fn from(details: ProviderDetails) -> Self {
        Self {
            id: details.contact.id.0,
            version: details.version,
            name: details.contact.name,
            email: details.contact.email,
            phone: details.contact.phone,
        }
    }
}

/// What the provider's details are to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OwnProviderInput {
    /// Its name, 1 to 100 characters.
    pub name: String,
    /// Where its enterprises write to; null for nowhere.
    #[serde(default)]
    pub email: Option<String>,
    /// Where they call; null for nowhere.
    #[serde(default)]
    pub phone: Option<String>,
}

impl From<OwnProviderInput> for ContactInput {
    fn from(input: OwnProviderInput) -> Self {
        Self {
            name: input.name,
            email: input.email.unwrap_or_default(),
            phone: input.phone.unwrap_or_default(),
        }
    }
}

fn versioned(details: ProviderDetails) -> Versioned<OwnProvider> {
    Versioned {
        version: details.version,
        body: details.into(),
    }
}

/// Reads the provider's details, as the pages of its enterprises show them.
#[utoipa::path(get, path = "/provider", tag = TAG, responses((status = 200, body = OwnProvider)))]
async fn get_provider(Asker { op, backend }: Asker) -> Result<Versioned<OwnProvider>, Problem> {
    let details = provider::details(&op, &backend).await?;
    Ok(versioned(details))
}

/// Changes the provider's details.
#[utoipa::path(
    put,
    path = "/provider",
    tag = TAG,
    request_body = OwnProviderInput,
    responses((status = 200, body = OwnProvider))
)]
async fn update_provider(
    Asker { op, backend }: Asker,
    IfMatch(version): IfMatch,
    Input(input): Input<OwnProviderInput>,
) -> Result<Versioned<OwnProvider>, Problem> {
    let details = provider::update(&op, &backend, version, &input.into()).await?;
    Ok(versioned(details))
}
