//! Writes demo content with ids that are given rather than made. Many rows go in one statement.

use chrono::{DateTime, Utc};
use domain::{
    access::Role,
    alert::OpenAlert,
    carrier_profile::CarrierKind,
    enterprise::EnterpriseSwitches,
    ids::{AccountId, EnterpriseId, ProviderId},
    sms_group::GroupName,
    table::fold,
    teams_user::LicenseState,
};
use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
};
use uuid::Uuid;

use super::{account, unknown_value};
use crate::entities::{
    account as account_rows, alert, carrier_profile, domain_subscription, enterprise, number_assignment, phone_number,
    provider, sms_group, sms_group_member, teams_user,
};

/// How many rows one statement carries; at most 16 values each, below SQLite's 32,766 values a statement.
const ROWS: usize = 2_000;

/// Whose rows are written, and when.
#[derive(Clone, Copy)]
pub(crate) struct Tenant {
    pub(crate) provider: ProviderId,
    pub(crate) enterprise: EnterpriseId,
    pub(crate) now: DateTime<Utc>,
}

/// An enterprise to write.
pub(crate) struct NewEnterprise {
    pub(crate) slug: &'static str,
    pub(crate) name: &'static str,
    pub(crate) switches: EnterpriseSwitches,
}

/// A carrier profile to write.
pub(crate) struct NewProfile {
    pub(crate) id: Uuid,
    pub(crate) carrier: CarrierKind,
    pub(crate) name: String,
    pub(crate) host: String,
    pub(crate) checked: Option<(DateTime<Utc>, bool)>,
}

/// A domain subscription to write.
pub(crate) struct NewDomain {
    pub(crate) id: Uuid,
    pub(crate) profile: Uuid,
    pub(crate) domain: String,
    pub(crate) subscription_id: String,
    pub(crate) subscribed_at: DateTime<Utc>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(crate) failure: Option<String>,
}

/// A Teams user to write.
pub(crate) struct NewUser {
    pub(crate) id: Uuid,
    pub(crate) display_name: String,
    pub(crate) user_principal_name: String,
    pub(crate) license: LicenseState,
    pub(crate) enabled: bool,
}

/// A phone number to write.
pub(crate) struct NewNumber {
    pub(crate) id: Uuid,
    pub(crate) e164: String,
    pub(crate) sms_capable: bool,
    pub(crate) profile: Option<Uuid>,
    pub(crate) domain: Option<String>,
}

/// An SMS group to write.
pub(crate) struct NewGroup {
    pub(crate) id: Uuid,
    pub(crate) name: String,
    pub(crate) owner: Uuid,
    pub(crate) members: Vec<Uuid>,
    pub(crate) numbers: Vec<Uuid>,
}

async fn insert_all<E, A>(db: &impl ConnectionTrait, rows: impl Iterator<Item = A>) -> Result<(), DbErr>
where
    E: EntityTrait,
    A: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
    E::Model: IntoActiveModel<A>,
{
    let rows: Vec<A> = rows.collect();
    for chunk in rows.chunks(ROWS) {
        E::insert_many(chunk.iter().cloned()).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Writes the provider with its contact.
pub(crate) async fn insert_provider(
    db: &impl ConnectionTrait,
    id: ProviderId,
    name: &str,
    email: &str,
    phone: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = provider::ActiveModel {
        id: Set(id.0),
        name: Set(name.to_owned()),
        contact_email: Set(Some(email.to_owned())),
        contact_phone: Set(Some(phone.to_owned())),
        version: Set(1),
        created_at: Set(now),
    };
    row.insert(db).await.map(drop)
}

/// Writes an account.
pub(crate) async fn insert_account(
    db: &impl ConnectionTrait,
    id: Uuid,
    email: &str,
    display_name: &str,
    password_hash: &str,
    now: DateTime<Utc>,
) -> Result<(), DbErr> {
    let row = account_rows::ActiveModel {
        id: Set(id),
        email: Set(email.to_owned()),
        display_name: Set(display_name.to_owned()),
        password_hash: Set(Some(password_hash.to_owned())),
        disabled: Set(false),
        created_at: Set(now),
        last_signed_in_at: Set(None),
    };
    row.insert(db).await.map(drop)
}

/// Gives an account a role at the tenant, or at its provider.
pub(crate) async fn grant(
    db: &impl ConnectionTrait,
    account: Uuid,
    tenant: &Tenant,
    role: Option<Role>,
) -> Result<(), DbErr> {
    let at = role.map(|role| (tenant.enterprise, role));
    account::grant(db, AccountId(account), tenant.provider, at, tenant.now).await
}

/// Writes the enterprise.
pub(crate) async fn insert_enterprise(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    new: &NewEnterprise,
) -> Result<(), DbErr> {
    let row = enterprise::ActiveModel {
        id: Set(tenant.enterprise.0),
        provider_id: Set(tenant.provider.0),
        slug: Set(new.slug.to_owned()),
        name: Set(new.name.to_owned()),
        name_search: Set(fold(new.name)),
        sms: Set(new.switches.sms),
        group_texting: Set(new.switches.group_texting),
        secure_sms: Set(new.switches.secure_sms),
        manages_own_numbers: Set(new.switches.manages_own_numbers),
        connector_app: Set(new.switches.connector_app.as_str().to_owned()),
        suspended: Set(false),
        number_cooling_off_days: Set(None),
        version: Set(1),
        created_at: Set(tenant.now),
        updated_at: Set(tenant.now),
    };
    row.insert(db).await.map(drop)
}

/// Writes carrier profiles.
pub(crate) async fn insert_profiles(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    profiles: &[NewProfile],
) -> Result<(), DbErr> {
    let rows = profiles.iter().map(|profile| carrier_profile::ActiveModel {
        id: Set(profile.id),
        enterprise_id: Set(tenant.enterprise.0),
        carrier_kind: Set(profile.carrier.as_str().to_owned()),
        name: Set(profile.name.clone()),
        name_key: Set(profile.name.to_lowercase()),
        name_search: Set(fold(&profile.name)),
        carrier_search: Set(fold(profile.carrier.label())),
        host: Set(Some(profile.host.clone())),
        checked_at: Set(profile.checked.map(|(at, _)| at)),
        check_passed: Set(profile.checked.map(|(_, passed)| passed)),
        check_message: Set(None),
        version: Set(1),
        created_at: Set(tenant.now),
        updated_at: Set(tenant.now),
    });
    insert_all(db, rows).await
}

/// Writes domain subscriptions.
pub(crate) async fn insert_domains(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    domains: &[NewDomain],
) -> Result<(), DbErr> {
    let rows = domains.iter().map(|domain| domain_subscription::ActiveModel {
        id: Set(domain.id),
        enterprise_id: Set(tenant.enterprise.0),
        carrier_profile_id: Set(domain.profile),
        domain: Set(domain.domain.clone()),
        subscription_id: Set(Some(domain.subscription_id.clone())),
        subscription_id_search: Set(Some(fold(&domain.subscription_id))),
        subscribed_at: Set(Some(domain.subscribed_at)),
        expires_at: Set(Some(domain.expires_at)),
        renewal_status: Set(if domain.failure.is_some() { "failed" } else { "idle" }.to_owned()),
        failure: Set(domain.failure.clone()),
        last_renewed_at: Set(Some(domain.subscribed_at)),
        next_attempt_at: Set(None),
        renewal_asked: Set(false),
        settles_at: Set(None),
        foreign_subscriptions: Set(None),
        version: Set(1),
        created_at: Set(tenant.now),
        updated_at: Set(tenant.now),
    });
    insert_all(db, rows).await
}

/// Writes alerts that people were told of.
pub(crate) async fn insert_alerts(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    alerts: &[OpenAlert],
) -> Result<(), DbErr> {
    let rows = alerts.iter().map(|told| alert::ActiveModel {
        enterprise_id: Set(tenant.enterprise.0),
        thing_id: Set(told.thing),
        kind: Set(told.kind.as_str().to_owned()),
        name: Set(told.name.clone()),
        since: Set(told.since),
        told_at: Set(told.told_at),
    });
    insert_all(db, rows).await
}

/// Writes Teams users.
pub(crate) async fn insert_users(db: &impl ConnectionTrait, tenant: &Tenant, users: &[NewUser]) -> Result<(), DbErr> {
    let rows = users.iter().map(|user| teams_user::ActiveModel {
        id: Set(user.id),
        enterprise_id: Set(tenant.enterprise.0),
        entra_object_id: Set(Some(user.id)),
        user_principal_name: Set(user.user_principal_name.clone()),
        user_principal_name_key: Set(user.user_principal_name.to_lowercase()),
        user_principal_name_search: Set(fold(&user.user_principal_name)),
        display_name: Set(user.display_name.clone()),
        display_name_search: Set(fold(&user.display_name)),
        license_state: Set(user.license.as_str().to_owned()),
        enabled: Set(user.enabled),
        version: Set(1),
        created_at: Set(tenant.now),
        updated_at: Set(tenant.now),
    });
    insert_all(db, rows).await
}

/// Writes phone numbers.
pub(crate) async fn insert_numbers(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    numbers: &[NewNumber],
) -> Result<(), DbErr> {
    let rows = numbers.iter().map(|number| phone_number::ActiveModel {
        id: Set(number.id),
        enterprise_id: Set(tenant.enterprise.0),
        digits: Set(number.e164.trim_start_matches('+').to_owned()),
        e164: Set(number.e164.clone()),
        sms_capable: Set(number.sms_capable),
        mms_capable: Set(false),
        group_mms_capable: Set(false),
        voice_capable: Set(true),
        carrier_profile_id: Set(number.profile),
        hosting_domain: Set(number.domain.clone()),
        released_at: Set(None),
        released_by: Set(None),
        released_from: Set(None),
        version: Set(1),
        created_at: Set(tenant.now),
        updated_at: Set(tenant.now),
    });
    insert_all(db, rows).await
}

/// Writes SMS groups with their members and numbers.
pub(crate) async fn insert_groups(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    groups: &[NewGroup],
) -> Result<(), DbErr> {
    let mut rows = Vec::with_capacity(groups.len());
    for group in groups {
        let name = GroupName::parse(&group.name).map_err(|_| unknown_value("group name", &group.name))?;
        rows.push(sms_group::ActiveModel {
            id: Set(group.id),
            enterprise_id: Set(tenant.enterprise.0),
            name_key: Set(name.key()),
            name_search: Set(fold(name.as_str())),
            name: Set(name.to_string()),
            owner_id: Set(group.owner),
            version: Set(1),
            created_at: Set(tenant.now),
            updated_at: Set(tenant.now),
        });
    }
    insert_all(db, rows.into_iter()).await?;
    let members = groups.iter().flat_map(|group| {
        group.members.iter().map(|member| sms_group_member::ActiveModel {
            sms_group_id: Set(group.id),
            teams_user_id: Set(*member),
            enterprise_id: Set(tenant.enterprise.0),
        })
    });
    insert_all(db, members).await?;
    let numbers = groups.iter().flat_map(|group| {
        group
            .numbers
            .iter()
            .map(|number| assignment(tenant, *number, None, Some(group.id)))
    });
    insert_all(db, numbers).await
}

/// Gives people numbers of their own: pairs of number and person.
pub(crate) async fn assign_to_users(
    db: &impl ConnectionTrait,
    tenant: &Tenant,
    pairs: &[(Uuid, Uuid)],
) -> Result<(), DbErr> {
    insert_all(
        db,
        pairs
            .iter()
            .map(|(number, user)| assignment(tenant, *number, Some(*user), None)),
    )
    .await
}

fn assignment(
    tenant: &Tenant,
    number: Uuid,
    user: Option<Uuid>,
    group: Option<Uuid>,
) -> number_assignment::ActiveModel {
    number_assignment::ActiveModel {
        phone_number_id: Set(number),
        enterprise_id: Set(tenant.enterprise.0),
        teams_user_id: Set(user),
        sms_group_id: Set(group),
        assigned_at: Set(tenant.now),
    }
}
