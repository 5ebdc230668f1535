//! Who asks, from where and when: the first argument of every service.

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{
    access::Grant,
    account::SignedInAccount,
    error::Error,
    ids::{AccountId, RequestId},
};

/// One request.
#[derive(Clone, Debug)]
pub struct OpContext {
    /// Who asks.
    pub actor: Actor,
    /// The request's id, in logs, answers and the audit log.
    pub request_id: RequestId,
    /// The time of the request; services read no other clock.
    pub now: DateTime<Utc>,
    /// The address it came from; none on the command line.
    pub peer: Option<IpAddr>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Actor {
    /// Nobody is signed in.
    Anonymous,
    /// A signed-in person.
    Account(Arc<SignedIn>),
    /// The system itself, such as `command line`; may do everything.
    System(&'static str),
}

/// A signed-in person and what they may reach.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// Who.
    pub account: SignedInAccount,
    /// Their roles.
    pub grants: Vec<Grant>,
}

impl OpContext {
    /// The signed-in person.
    ///
    /// # Errors
    /// [`Error::SignedOut`] for anybody else.
    pub fn account(&self) -> Result<&SignedInAccount, Error> {
        match &self.actor {
            Actor::Account(signed_in) => Ok(&signed_in.account),
            Actor::Anonymous | Actor::System(_) => Err(Error::SignedOut),
        }
    }

    /// The account for the audit log, if a person asks.
    pub(crate) fn account_id(&self) -> Option<AccountId> {
        match &self.actor {
            Actor::Account(signed_in) => Some(signed_in.account.id),
            Actor::Anonymous | Actor::System(_) => None,
        }
    }

    /// The name for the audit log.
    pub(crate) fn actor_name(&self) -> String {
        match &self.actor {
            Actor::Account(signed_in) => signed_in.account.email.to_string(),
            Actor::Anonymous => "anonymous".to_owned(),
            Actor::System(part) => (*part).to_owned(),
        }
    }
}
