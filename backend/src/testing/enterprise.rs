//! An enterprise in tests, and builders for what is in it. Each asks only for what has no default.

use chrono::Utc;
use domain::{
    access::{Action, Resource, Role},
    carrier_profile::CarrierKind,
    config_snapshot::Published,
    enterprise::{EnterpriseSlug, EnterpriseSwitches},
    error::Error,
    ids::{CarrierProfileId, DomainSubscriptionId, EnterpriseId, PhoneNumberId, ProviderId, SmsGroupId, TeamsUserId},
    teams_user::LicenseState,
};
use uuid::Uuid;

use super::actors;
use crate::{
    Backend,
    access::authorize,
    context::{Actor, OpContext},
    crypto::{Place, Secret},
    error::internal,
    services::config_snapshot,
    store::{
        self,
        demo_data::{self as rows, NewDomain, NewEnterprise, NewGroup, NewNumber, NewProfile, NewUser, Tenant},
    },
};

/// One enterprise.
#[derive(Clone)]
pub struct TestEnterprise {
    backend: Backend,
    tenant: Tenant,
    slug: EnterpriseSlug,
}

impl TestEnterprise {
    pub(super) async fn insert(
        backend: &Backend,
        provider: ProviderId,
        slug: &'static str,
        switches: EnterpriseSwitches,
    ) -> Self {
        let tenant = Tenant {
            provider,
            enterprise: EnterpriseId(store::new_id()),
            now: Utc::now(),
        };
        let new = NewEnterprise {
            slug,
            name: slug,
            switches,
        };
        rows::insert_enterprise(backend.database(), &tenant, &new)
            .await
            .unwrap();
        Self {
            backend: backend.clone(),
            tenant,
            slug: EnterpriseSlug::parse(slug).unwrap(),
        }
    }

    /// Its name in addresses.
    #[must_use]
    pub fn slug(&self) -> &EnterpriseSlug {
        &self.slug
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> EnterpriseId {
        self.tenant.enterprise
    }

    pub(super) fn backend(&self) -> &Backend {
        &self.backend
    }

    /// One of its admins asks.
    pub async fn admin(&self) -> OpContext {
        self.account(Role::EnterpriseAdmin).await
    }

    /// One of its viewers asks.
    pub async fn viewer(&self) -> OpContext {
        self.account(Role::EnterpriseViewer).await
    }

    /// Somebody who runs its provider asks.
    pub async fn provider_admin(&self) -> OpContext {
        actors::account(&self.backend, self.tenant.provider, None).await
    }

    async fn account(&self, role: Role) -> OpContext {
        actors::account(
            &self.backend,
            self.tenant.provider,
            Some((self.tenant.enterprise, role)),
        )
        .await
    }

    /// Publishes what is not live, as a sync does.
    ///
    /// # Errors
    /// As the database.
    pub async fn publish(&self, ctx: &OpContext) -> Result<Published, Error> {
        let scope = authorize(ctx, &self.backend, &self.slug, Action::Read, Resource::ConfigSnapshot).await?;
        let failed = |error| internal(ctx, error);
        let db = store::begin_write(self.backend.database()).await.map_err(failed)?;
        let published = config_snapshot::publish(&db, ctx, &scope).await.map_err(failed)?;
        db.commit().await.map_err(failed)?;
        Ok(published)
    }

    /// A licensed Teams user, unless told otherwise.
    #[must_use]
    pub fn user(&self, display_name: &str) -> NewTestUser<'_> {
        let id = store::new_id();
        NewTestUser {
            enterprise: self,
            row: NewUser {
                id,
                display_name: display_name.to_owned(),
                user_principal_name: format!("{}@test.example", display_name.to_lowercase().replace(' ', ".")),
                license: LicenseState::Licensed,
                enabled: true,
            },
        }
    }

    /// A free number that can do SMS, unless told otherwise.
    #[must_use]
    pub fn number(&self, e164: &str) -> NewTestNumber<'_> {
        NewTestNumber {
            enterprise: self,
            row: NewNumber {
                id: store::new_id(),
                e164: e164.to_owned(),
                sms_capable: true,
                profile: None,
                domain: None,
            },
            user: None,
        }
    }

    /// A group with that owner, who is its only member unless told otherwise.
    #[must_use]
    pub fn group(&self, name: &str, owner: TeamsUserId) -> NewTestGroup<'_> {
        NewTestGroup {
            enterprise: self,
            row: NewGroup {
                id: store::new_id(),
                name: name.to_owned(),
                owner: owner.0,
                members: vec![owner.0],
                numbers: Vec::new(),
            },
        }
    }

    /// A carrier profile whose credentials were never tried.
    pub async fn profile(&self, name: &str, carrier: CarrierKind) -> CarrierProfileId {
        let new = NewProfile {
            id: store::new_id(),
            carrier,
            name: name.to_owned(),
            host: "api.carrier.example".to_owned(),
            checked: None,
        };
        let id = new.id;
        rows::insert_profiles(self.backend.database(), &self.tenant, &[new])
            .await
            .unwrap();
        CarrierProfileId(id)
    }

    /// Sets a credential of a carrier profile, whatever its carrier asks for.
    pub async fn credential(&self, profile: CarrierProfileId, field: &str, value: &str) {
        let ctx = actors::context(Actor::System("test"));
        let (action, resource) = (Action::Update, Resource::CarrierProfile);
        let scope = authorize(&ctx, &self.backend, &self.slug, action, resource)
            .await
            .unwrap();
        let place = Place {
            enterprise: self.tenant.enterprise.0,
            profile: profile.0,
            field,
        };
        let keys = self.backend.keys().unwrap();
        let sealed = keys.seal(place, &Secret::from(value)).unwrap();
        store::carrier_credential::set(self.backend.database(), &scope, profile, field, sealed, self.tenant.now)
            .await
            .unwrap();
    }

    /// A subscription of `domain` that ends in so many days.
    pub async fn domain(&self, domain: &str, profile: CarrierProfileId, days_left: i64) -> DomainSubscriptionId {
        let new = NewDomain {
            id: store::new_id(),
            profile: profile.0,
            domain: domain.to_owned(),
            subscription_id: Uuid::now_v7().simple().to_string(),
            subscribed_at: self.tenant.now - chrono::TimeDelta::days(100),
            expires_at: self.tenant.now + chrono::TimeDelta::days(days_left),
            failure: None,
        };
        let id = new.id;
        rows::insert_domains(self.backend.database(), &self.tenant, &[new])
            .await
            .unwrap();
        DomainSubscriptionId(id)
    }
}

/// A Teams user that is about to be added.
pub struct NewTestUser<'e> {
    enterprise: &'e TestEnterprise,
    row: NewUser,
}

impl NewTestUser<'_> {
    /// With what is known about the licence.
    #[must_use]
    pub fn license(mut self, license: LicenseState) -> Self {
        self.row.license = license;
        self
    }

    /// With blocked sign-in.
    #[must_use]
    pub fn disabled(mut self) -> Self {
        self.row.enabled = false;
        self
    }

    /// Adds it. The Entra object id is the returned id.
    pub async fn insert(self) -> TeamsUserId {
        let id = TeamsUserId(self.row.id);
        let TestEnterprise { backend, tenant, .. } = self.enterprise;
        rows::insert_users(backend.database(), tenant, &[self.row])
            .await
            .unwrap();
        id
    }
}

/// A number that is about to be added.
pub struct NewTestNumber<'e> {
    enterprise: &'e TestEnterprise,
    row: NewNumber,
    user: Option<TeamsUserId>,
}

impl NewTestNumber<'_> {
    /// That cannot do SMS.
    #[must_use]
    pub fn without_sms(mut self) -> Self {
        self.row.sms_capable = false;
        self
    }

    /// That sends through a carrier profile.
    #[must_use]
    pub fn profile(mut self, profile: CarrierProfileId) -> Self {
        self.row.profile = Some(profile.0);
        self
    }

    /// That a domain hosts.
    #[must_use]
    pub fn domain(mut self, domain: &str) -> Self {
        self.row.domain = Some(domain.to_owned());
        self
    }

    /// That belongs to a person.
    #[must_use]
    pub fn of_user(mut self, user: TeamsUserId) -> Self {
        self.user = Some(user);
        self
    }

    /// Adds it.
    pub async fn insert(self) -> PhoneNumberId {
        let id = self.row.id;
        let TestEnterprise { backend, tenant, .. } = self.enterprise;
        rows::insert_numbers(backend.database(), tenant, &[self.row])
            .await
            .unwrap();
        if let Some(user) = self.user {
            rows::assign_to_users(backend.database(), tenant, &[(id, user.0)])
                .await
                .unwrap();
        }
        PhoneNumberId(id)
    }
}

/// A group that is about to be added.
pub struct NewTestGroup<'e> {
    enterprise: &'e TestEnterprise,
    row: NewGroup,
}

impl NewTestGroup<'_> {
    /// With these members in place of the owner.
    #[must_use]
    pub fn members(mut self, members: impl IntoIterator<Item = TeamsUserId>) -> Self {
        self.row.members = members.into_iter().map(|member| member.0).collect();
        self
    }

    /// With these numbers.
    #[must_use]
    pub fn numbers(mut self, numbers: impl IntoIterator<Item = PhoneNumberId>) -> Self {
        self.row.numbers = numbers.into_iter().map(|number| number.0).collect();
        self
    }

    /// Adds it.
    pub async fn insert(self) -> SmsGroupId {
        let id = SmsGroupId(self.row.id);
        let TestEnterprise { backend, tenant, .. } = self.enterprise;
        rows::insert_groups(backend.database(), tenant, &[self.row])
            .await
            .unwrap();
        id
    }
}
