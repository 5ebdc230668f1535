//! Who asks, from where and when: the first argument of every service.

use std::{net::IpAddr, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{
    access::Grant,
    account::SignedInAccount,
    error::Error,
    ids::{AccountId, ApiTokenId, RequestId},
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
    /// Their roles; where they ask through a token, what it leaves of them.
    pub grants: Vec<Grant>,
    /// The token that a script asks with in their name; none when they ask themselves.
    pub token: Option<TokenInUse>,
}

/// The token that a request came with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenInUse {
    /// Which one.
    pub id: ApiTokenId,
    /// What it is for, in its owner's words.
    pub name: String,
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

    /// The token that the request came with, if a script asks.
    #[must_use]
    pub fn token(&self) -> Option<&TokenInUse> {
        match &self.actor {
            Actor::Account(signed_in) => signed_in.token.as_ref(),
            Actor::Anonymous | Actor::System(_) => None,
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
            Actor::Account(signed_in) => match &signed_in.token {
                Some(token) => format!("{} (token {})", signed_in.account.email, token.name),
                None => signed_in.account.email.to_string(),
            },
            Actor::Anonymous => "anonymous".to_owned(),
            Actor::System(part) => (*part).to_owned(),
        }
    }
}
