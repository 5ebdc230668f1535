//! The published and the working configuration side by side: all of them, or only the things that were touched.

use std::collections::{BTreeSet, HashMap};

use domain::config_snapshot::{Configuration, ConfiguredNumber, Serves, Touched};
use sea_orm::{ConnectionTrait, DbErr};
use uuid::Uuid;

use super::{published, working};
use crate::access::EnterpriseScope;

/// From how many numbers on all of them are read, rather than these by their ids; keeps the bound values of a statement
/// below the smallest limit of both databases (SQLite: 32,766).
const MANY: usize = 10_000;

/// Both sides, of the same things.
pub(super) struct Comparison {
    pub(super) published: Configuration,
    pub(super) working: Configuration,
}

/// Reads both sides; of the groups and numbers that are touched, and of what these refer to, or of everything. The
/// number of queries is the same however much that is.
pub(super) async fn compare(
    db: &impl ConnectionTrait,
    scope: &EnterpriseScope,
    touched: &Touched,
) -> Result<Comparison, DbErr> {
    let Touched::Things { groups, numbers } = touched else {
        return whole(db, scope).await;
    };
    let groups: Vec<Uuid> = groups.iter().copied().collect();
    let mut ids: BTreeSet<Uuid> = numbers.clone();
    ids.extend(published::numbers_of_groups(db, scope, &groups).await?);
    ids.extend(working::numbers_of_groups(db, scope, &groups).await?);
    if ids.len() > MANY {
        return whole(db, scope).await;
    }
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let before = published::numbers(db, scope, Some(&ids)).await?;
    let after = working::numbers(db, scope, Some(&ids)).await?;
    let mut named: BTreeSet<Uuid> = groups.into_iter().collect();
    named.extend(before.iter().chain(&after).filter_map(group_of));
    let named: Vec<Uuid> = named.into_iter().collect();
    Ok(Comparison {
        published: Configuration::new(before, published::groups(db, scope, Some(&named)).await?),
        working: Configuration::new(after, working::groups(db, scope, Some(&named)).await?),
    })
}

async fn whole(db: &impl ConnectionTrait, scope: &EnterpriseScope) -> Result<Comparison, DbErr> {
    let numbers = working::numbers(db, scope, None).await?;
    Ok(Comparison {
        published: published::configuration(db, scope, None).await?,
        working: Configuration::new(numbers, working::groups(db, scope, None).await?),
    })
}

/// The group that a number serves.
pub(super) fn group_of(number: &ConfiguredNumber) -> Option<Uuid> {
    match &number.serves {
        Serves::SmsGroup { id } => Some(id.0),
        Serves::TeamsUser { .. } => None,
    }
}

/// What is to be written of one kind of thing.
pub(super) struct Changes<'c, T> {
    /// The ids of the things whose published form is no longer true.
    pub(super) outdated: Vec<Uuid>,
    /// The things whose form is to be published.
    pub(super) new: Vec<&'c T>,
}

/// Which things differ.
pub(super) fn changed<'c, T: PartialEq>(
    published: &'c [T],
    working: &'c [T],
    id: impl Fn(&T) -> Uuid,
) -> Changes<'c, T> {
    let mut before: HashMap<Uuid, &T> = published.iter().map(|thing| (id(thing), thing)).collect();
    let (mut outdated, mut new) = (Vec::new(), Vec::new());
    for thing in working {
        match before.remove(&id(thing)) {
            Some(old) if old == thing => {}
            Some(_) => {
                outdated.push(id(thing));
                new.push(thing);
            }
            None => new.push(thing),
        }
    }
    outdated.extend(before.into_keys());
    Changes { outdated, new }
}
