//! What the server knew before it rendered the page: who asks, and the enterprise in the address.
//!
//! Layouts need both before they can render anything. Were they resources, every page below would be created inside of a
//! suspended view, which the server renders several times over, and the resources of the page would be counted
//! differently than in the browser. So the server finds both out first and the document carries them along.

use chrono::{DateTime, Utc};
use domain::enterprise::{EnterpriseContext, EnterpriseSlug};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

#[cfg(feature = "ssr")]
use crate::paths;
use crate::{error::AppError, sent_along::SentAlong, server_fns::session::CurrentSession};

/// What the server knew when it rendered the page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// The signed-in person, or why there is none; none on pages for anybody.
    pub session: Option<Result<CurrentSession, AppError>>,
    /// The enterprise that the address names, with that name, or why it cannot be shown.
    pub enterprise: Option<(String, Result<EnterpriseContext, AppError>)>,
    /// The time of the request.
    #[serde(default, with = "domain::moment")]
    pub at: Option<DateTime<Utc>>,
}

/// Takes over what the server knew; call it once in the root component.
pub fn provide_visit() {
    let visit = SharedValue::<Visit, SentAlong>::new_with_encoding(|| use_context::<Visit>().unwrap_or_default());
    provide_context(StoredValue::new(visit.into_inner()));
}

/// What the server knew. Only true of the first page that is shown: the browser goes on from there.
#[must_use]
pub fn use_visit() -> Visit {
    expect_context::<StoredValue<Visit>>().get_value()
}

/// When the server was asked for the first page that was shown. What depends on the time is rendered for this moment until
/// the browser's part runs, so that both render the same.
#[must_use]
pub fn use_time_of_visit() -> Option<DateTime<Utc>> {
    expect_context::<StoredValue<Visit>>().with_value(|visit| visit.at)
}

/// The name of the enterprise in a path, if it names one: `/e/{enterprise}/…`.
#[cfg(feature = "ssr")]
fn enterprise_in(path: &str) -> Option<&str> {
    path.strip_prefix("/e/")?
        .split('/')
        .next()
        .filter(|slug| !slug.is_empty())
}

/// Who asks, and where they can go.
#[cfg(feature = "ssr")]
pub(crate) async fn current_session(
    op: &backend::context::OpContext,
    backend: &backend::Backend,
) -> Result<CurrentSession, domain::error::Error> {
    use backend::services;

    let account = op.account()?.clone();
    let enterprises = services::enterprise::list_mine(op, backend).await?;
    let provider = services::provider::mine(op, backend).await?;
    Ok(CurrentSession {
        account,
        enterprises,
        provider,
    })
}

/// Where the start page leads to: the console of whoever runs a provider, or the only enterprise in reach. None for those
/// who have to choose.
#[cfg(feature = "ssr")]
async fn start(
    op: &backend::context::OpContext,
    backend: &backend::Backend,
    session: &CurrentSession,
) -> Result<Option<String>, domain::error::Error> {
    if session.provider.is_some() {
        return Ok(Some(paths::provider()));
    }
    let [only] = session.enterprises.as_slice() else {
        return Ok(None);
    };
    let enterprise = backend::services::enterprise::context(op, backend, &only.slug).await?;
    Ok(Some(paths::enterprise_start(&enterprise)))
}

/// Where somebody works who has just signed in. The browser goes there at once, rather than from one start page to the
/// next.
///
/// # Errors
/// The database cannot be reached.
#[cfg(feature = "ssr")]
pub async fn start_after_sign_in(
    context: &crate::server_context::ServerContext,
    account: domain::ids::AccountId,
) -> Result<String, domain::error::Error> {
    use backend::context::{Actor, OpContext};

    let signed_in = backend::services::session::actor(&context.op, &context.backend, account).await?;
    let Some(signed_in) = signed_in else {
        return Ok(paths::home());
    };
    let op = OpContext {
        actor: Actor::Account(std::sync::Arc::new(signed_in)),
        ..context.op.clone()
    };
    let session = current_session(&op, &context.backend).await?;
    let start = start(&op, &context.backend, &session).await?;
    Ok(start.unwrap_or_else(paths::home))
}

/// The page that a visit to `path` ends at, if `path` is only a way there.
#[cfg(feature = "ssr")]
pub async fn leads_on(context: &crate::server_context::ServerContext, visit: &Visit, path: &str) -> Option<String> {
    if path == paths::home() {
        let session = visit.session.as_ref()?.as_ref().ok()?;
        return start(&context.op, &context.backend, session).await.ok().flatten();
    }
    let (_, enterprise) = visit.enterprise.as_ref()?;
    let enterprise = enterprise.as_ref().ok()?;
    let is_start = path.trim_end_matches('/') == paths::enterprise(&enterprise.slug);
    is_start.then(|| paths::enterprise_start(enterprise))
}

/// Finds out what a visit to `path` needs.
#[cfg(feature = "ssr")]
pub async fn prepare(context: &crate::server_context::ServerContext, path: &str) -> Visit {
    let (op, backend) = (&context.op, &context.backend);
    let session = current_session(op, backend);
    let enterprise = match enterprise_in(path) {
        Some(slug) => Some((slug.to_owned(), enterprise(context, slug).await)),
        None => None,
    };
    Visit {
        session: Some(session.await.map_err(AppError::Domain)),
        enterprise,
        at: Some(op.now),
    }
}

#[cfg(feature = "ssr")]
async fn enterprise(context: &crate::server_context::ServerContext, slug: &str) -> Result<EnterpriseContext, AppError> {
    let slug = EnterpriseSlug::parse(slug).map_err(|_| no_such_enterprise())?;
    Ok(backend::services::enterprise::context(&context.op, &context.backend, &slug).await?)
}

/// The answer to the name of an enterprise that is out of reach.
#[must_use]
pub fn no_such_enterprise() -> AppError {
    AppError::Domain(domain::error::Error::NotFound {
        resource: domain::access::Resource::Enterprise,
    })
}

/// Loads the enterprise of that name.
///
/// # Errors
/// As the server function; [`no_such_enterprise`] for what cannot be a name.
pub async fn load(slug: String) -> Result<EnterpriseContext, AppError> {
    let slug = EnterpriseSlug::parse(&slug).map_err(|_| no_such_enterprise())?;
    crate::server_fns::enterprise::load_enterprise(slug).await
}
