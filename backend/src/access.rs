//! Authorization: from "who asks for what" to a scope that queries can be made with.

use domain::{
    access::{Action, Grant, Resource, Role, allowed},
    enterprise::{EnterpriseSlug, EnterpriseSwitches},
    error::Error,
    ids::{EnterpriseId, ProviderId},
};
use sea_orm::ConnectionTrait;

use crate::{
    Backend,
    context::{Actor, OpContext},
    error::internal,
    store,
};

/// The permission to work on one enterprise's rows. Only [`authorize`] makes one, and store functions take it in place
/// of an id, so that a query without the tenant's filter does not compile.
#[derive(Clone, Copy, Debug)]
pub struct EnterpriseScope {
    enterprise: EnterpriseId,
    provider: ProviderId,
    role: Role,
    switches: EnterpriseSwitches,
}

impl EnterpriseScope {
    /// The enterprise.
    #[must_use]
    pub fn enterprise(&self) -> EnterpriseId {
        self.enterprise
    }

    /// Its provider.
    #[must_use]
    pub fn provider(&self) -> ProviderId {
        self.provider
    }

    /// What the asking person is there; the system counts as the provider.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether the asking person has to do with the carriers of numbers here.
    #[must_use]
    pub fn shows_carriers(&self) -> bool {
        self.switches.shows_carriers(self.role)
    }

    /// Whether the enterprise's own people have to do with them, whoever asks. Where they have not, nothing that is
    /// written down for all of the enterprise to read may name one.
    #[must_use]
    pub fn shows_carriers_to_its_people(&self) -> bool {
        self.switches.shows_carriers(Role::EnterpriseAdmin)
    }
}

/// The permission to work on the rows of all enterprises of one provider, and on the provider itself. Only
/// [`authorize_provider`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct ProviderScope {
    provider: ProviderId,
}

impl ProviderScope {
    /// The provider.
    #[must_use]
    pub fn provider(&self) -> ProviderId {
        self.provider
    }
}

/// May the asker do `action` to a `resource` of the provider they run, whichever of its enterprises it is in? Whoever
/// runs several works on the one that was there first.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] for everybody who runs no provider, the system included: it
/// works on one enterprise at a time; [`Error::Forbidden`] when no provider may do it.
pub fn authorize_provider(ctx: &OpContext, action: Action, resource: Resource) -> Result<ProviderScope, Error> {
    let grants: &[Grant] = match &ctx.actor {
        Actor::Anonymous => return Err(Error::SignedOut),
        Actor::System(_) => &[],
        Actor::Account(signed_in) => &signed_in.grants,
    };
    let provider = grants.iter().filter_map(Grant::provider).min();
    let provider = provider.ok_or(Error::NotFound {
        resource: Resource::Provider,
    })?;
    if !allowed(Role::ProviderAdmin, action, resource) {
        return Err(Error::Forbidden { action, resource });
    }
    Ok(ProviderScope { provider })
}

/// May the asker do `action` to a `resource` of `enterprise`?
///
/// A suspended enterprise is out of reach for everybody but its provider: its own people get the answer they would get
/// for one that does not exist.
///
/// # Errors
/// [`Error::SignedOut`] for nobody; [`Error::NotFound`] when the enterprise does not exist or is not in reach;
/// [`Error::Forbidden`] when it is, but the role does not allow the action.
pub async fn authorize(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    action: Action,
    resource: Resource,
) -> Result<EnterpriseScope, Error> {
    authorize_within(ctx, backend.database(), enterprise, action, resource).await
}

/// The same as a transaction sees it, for an enterprise that it has just added.
///
/// # Errors
/// As [`authorize`].
pub(crate) async fn authorize_within(
    ctx: &OpContext,
    db: &impl ConnectionTrait,
    enterprise: &EnterpriseSlug,
    action: Action,
    resource: Resource,
) -> Result<EnterpriseScope, Error> {
    if matches!(ctx.actor, Actor::Anonymous) {
        return Err(Error::SignedOut);
    }
    let not_found = Error::NotFound {
        resource: Resource::Enterprise,
    };
    let found = store::enterprise::reach(db, enterprise)
        .await
        .map_err(|error| internal(ctx, error))?
        .ok_or_else(|| not_found.clone())?;
    let role = role_at(ctx, found.id, found.provider).ok_or_else(|| not_found.clone())?;
    if found.suspended && role != Role::ProviderAdmin {
        return Err(not_found);
    }
    if !allowed(role, action, resource) {
        return Err(Error::Forbidden { action, resource });
    }
    Ok(EnterpriseScope {
        enterprise: found.id,
        provider: found.provider,
        role,
        switches: found.switches,
    })
}

/// May the asker do `action` to the numbers of `enterprise`, and are they among those who keep them?
///
/// # Errors
/// As [`authorize`]; [`Error::Forbidden`] also for the people of an enterprise whose numbers its provider keeps.
pub async fn authorize_keeper(
    ctx: &OpContext,
    backend: &Backend,
    enterprise: &EnterpriseSlug,
    action: Action,
) -> Result<EnterpriseScope, Error> {
    let resource = Resource::PhoneNumber;
    let scope = authorize(ctx, backend, enterprise, action, resource).await?;
    if scope.switches.keeps_numbers(scope.role) {
        return Ok(scope);
    }
    Err(Error::Forbidden { action, resource })
}

/// Does the asker run the whole provider of the enterprise? Not so through a token that reaches single enterprises.
pub(crate) fn runs_provider(ctx: &OpContext, scope: &EnterpriseScope) -> bool {
    match &ctx.actor {
        Actor::Anonymous => false,
        Actor::System(_) => true,
        Actor::Account(signed_in) => {
            let mut providers = signed_in.grants.iter().filter_map(Grant::provider);
            providers.any(|provider| provider == scope.provider)
        }
    }
}

/// The strongest role of the asker at an enterprise.
fn role_at(ctx: &OpContext, enterprise: EnterpriseId, provider: ProviderId) -> Option<Role> {
    match &ctx.actor {
        Actor::Anonymous => None,
        Actor::System(_) => Some(Role::ProviderAdmin),
        Actor::Account(signed_in) => signed_in
            .grants
            .iter()
            .filter_map(|grant| grant.role_at(enterprise, provider))
            .min(),
    }
}
