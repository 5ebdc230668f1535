//! Enterprises: reaching them, listing them, and what their pages need to know.

mod console;

use domain::{
    access::Grant,
    carrier_profile::CarrierKind,
    enterprise::{ConnectorApp, EnterpriseContext, EnterpriseSlug, EnterpriseSwitches, ProviderContact},
    ids::{EnterpriseId, ProviderId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, LockType},
};

pub(crate) use self::console::{insert, record, rows, set_suspended, update};
use super::unknown_value;
use crate::{
    access::EnterpriseScope,
    entities::{carrier_profile, enterprise, provider},
};

/// What authorization needs to know about an enterprise.
pub(crate) struct Reach {
    pub(crate) id: EnterpriseId,
    pub(crate) provider: ProviderId,
    pub(crate) suspended: bool,
    pub(crate) switches: EnterpriseSwitches,
}

/// The enterprise of that name; for authorization only, which is why it needs no scope.
pub(crate) async fn reach(db: &impl ConnectionTrait, slug: &EnterpriseSlug) -> Result<Option<Reach>, DbErr> {
    let found = enterprise::Entity::find()
        .filter(enterprise::Column::Slug.eq(slug.as_str()))
        .one(db)
        .await?;
    found
        .map(|row| {
            Ok(Reach {
                id: EnterpriseId(row.id),
                provider: ProviderId(row.provider_id),
                suspended: row.suspended,
                switches: switches(&row)?,
            })
        })
        .transpose()
}

/// An enterprise in a list, with what is needed to tell the asker's role.
pub(crate) struct Listed {
    pub(crate) id: EnterpriseId,
    pub(crate) provider: ProviderId,
    pub(crate) slug: EnterpriseSlug,
    pub(crate) name: String,
    pub(crate) suspended: bool,
}

/// Every enterprise that one of `grants` reaches, by name. The grants are the filter here.
pub(crate) async fn list_for(db: &impl ConnectionTrait, grants: &[Grant]) -> Result<Vec<Listed>, DbErr> {
    let reached = grants.iter().fold(Condition::any(), |any, grant| match grant {
        Grant::Provider { provider } => any.add(enterprise::Column::ProviderId.eq(provider.0)),
        Grant::Enterprise { enterprise: id, .. } => any.add(enterprise::Column::Id.eq(id.0)),
    });
    if grants.is_empty() {
        return Ok(Vec::new());
    }
    let rows = enterprise::Entity::find()
        .filter(reached)
        .order_by_asc(enterprise::Column::NameSearch)
        .order_by_asc(enterprise::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(listed).collect()
}

fn listed(row: enterprise::Model) -> Result<Listed, DbErr> {
    Ok(Listed {
        id: EnterpriseId(row.id),
        provider: ProviderId(row.provider_id),
        slug: EnterpriseSlug::parse(&row.slug).map_err(|_| unknown_value("slug", &row.slug))?,
        name: row.name,
        suspended: row.suspended,
    })
}

/// What the enterprise's pages need to know.
pub(crate) async fn context(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
) -> Result<Option<EnterpriseContext>, DbErr> {
    let id = scope.enterprise();
    let Some(row) = enterprise::Entity::find_by_id(id.0).one(db).await? else {
        return Ok(None);
    };
    let Some(provider) = provider::Entity::find_by_id(row.provider_id).one(db).await? else {
        return Ok(None);
    };
    let switches = switches(&row)?;
    let uses_netsapiens = uses_netsapiens(db, scope).await?;
    let suspended = row.suspended;
    let listed = listed(row)?;
    Ok(Some(EnterpriseContext {
        id,
        slug: listed.slug,
        name: listed.name,
        role: scope.role(),
        switches,
        suspended,
        uses_netsapiens,
        provider: ProviderContact {
            id: ProviderId(provider.id),
            name: provider.name,
            email: provider.contact_email,
            phone: provider.contact_phone,
        },
    }))
}

fn switches(row: &enterprise::Model) -> Result<EnterpriseSwitches, DbErr> {
    Ok(EnterpriseSwitches {
        sms: row.sms,
        group_texting: row.group_texting,
        secure_sms: row.secure_sms,
        manages_own_numbers: row.manages_own_numbers,
        connector_app: ConnectorApp::parse(&row.connector_app)
            .ok_or_else(|| unknown_value("connector app", &row.connector_app))?,
    })
}

/// Whether a carrier profile is on a NetSapiens-type carrier; a number is on one only through a profile.
async fn uses_netsapiens(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<bool, DbErr> {
    let kinds = CarrierKind::ALL
        .iter()
        .filter(|kind| kind.is_netsapiens_type())
        .map(|kind| kind.as_str());
    let profiles = carrier_profile::Entity::find()
        .filter(carrier_profile::Column::EnterpriseId.eq(scope.enterprise().0))
        .filter(carrier_profile::Column::CarrierKind.is_in(kinds))
        .count(db)
        .await?;
    Ok(profiles > 0)
}

/// Keeps a second import into the enterprise waiting until the transaction ends. It stops nobody else: rows that point at
/// the enterprise can be added meanwhile. SQLite has one writer at a time anyway.
pub(crate) async fn lock_for_import(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<(), DbErr> {
    enterprise::Entity::find_by_id(scope.enterprise().0)
        .lock(LockType::NoKeyUpdate)
        .one(db)
        .await
        .map(drop)
}

/// The app that the enterprise uses now.
pub(crate) async fn connector_app(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<ConnectorApp, DbErr> {
    let app: Option<String> = enterprise::Entity::find_by_id(scope.enterprise().0)
        .select_only()
        .column(enterprise::Column::ConnectorApp)
        .into_tuple()
        .one(db)
        .await?;
    let app = app.ok_or_else(|| DbErr::RecordNotFound(format!("enterprise {}", scope.enterprise())))?;
    ConnectorApp::parse(&app).ok_or_else(|| unknown_value("connector app", &app))
}
