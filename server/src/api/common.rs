//! Wire forms that several resources share.

use domain::{
    access, domain_subscription as domains,
    number::{self, CoolingOff, PhoneNumberRef},
    phone::PhoneNumber,
    sms_group,
    teams_user::{self, TeamsUserRef},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// A word of the wire for each word of the domain.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident from $from:ty { $($(#[$of_variant:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::serde::Serialize, ::utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl From<$from> for $name {
            fn from(word: $from) -> Self {
                type Word = $from;
                match word {
                    $(Word::$variant => Self::$variant,)+
                }
            }
        }
    };
    // Words that requests name too.
    ($(#[$meta:meta])* $name:ident for $from:ty { $($(#[$of_variant:meta])* $variant:ident),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize, ::utoipa::ToSchema)]
        #[serde(rename_all = "snake_case")]
        pub enum $name {
            $($(#[$of_variant])* $variant,)+
        }

        impl From<$from> for $name {
            fn from(word: $from) -> Self {
                type Word = $from;
                match word {
                    $(Word::$variant => Self::$variant,)+
                }
            }
        }

        impl From<$name> for $from {
            fn from(word: $name) -> Self {
                match word {
                    $($name::$variant => Self::$variant,)+
                }
            }
        }
    };
}
pub(super) use words;

/// What `in_cooling_off` of a request says.
pub(super) fn cooling_off(confirmed: bool) -> CoolingOff {
    if confirmed {
        CoolingOff::Confirmed
    } else {
        CoolingOff::Heeded
    }
}

words! {
    /// What somebody is at an enterprise.
    Role from access::Role {
        /// Runs a provider and all its enterprises.
        ProviderAdmin,
        /// Runs one enterprise's own pages.
        EnterpriseAdmin,
        /// Reads, and changes nothing.
        EnterpriseViewer,
    }
}

words! {
    /// What is known about a person's Teams licence.
    License from teams_user::LicenseState {
        /// A licence that includes Teams is assigned.
        Licensed,
        /// No licence that includes Teams.
        Unlicensed,
        /// The last import did not tell.
        Unknown,
    }
}

words! {
    /// Why messages do not reach a person.
    Unreachable from teams_user::Unreachable {
        /// Sign-in is blocked in the Microsoft tenant.
        Disabled,
        /// There is no Teams licence.
        Unlicensed,
    }
}

words! {
    /// What a person is in a group.
    GroupPart from teams_user::GroupPart {
        /// Its owner, without getting its messages.
        Owner,
        /// Its owner, and a member as well.
        OwnerAndMember,
        /// One of its members.
        Member,
    }
}

words! {
    /// How a domain's event subscription stands.
    SubscriptionState from domains::SubscriptionState {
        /// Inbound messages arrive.
        Active,
        /// They arrive, but not for longer than seven days.
        Expiring,
        /// They do not arrive.
        Expired,
        /// There is no subscription at the carrier yet; they do not arrive.
        Missing,
    }
}

/// A Teams user, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Person {
    /// The person's id.
    pub id: Uuid,
    /// The name people know.
    pub display_name: String,
    /// The Microsoft sign-in name.
    pub user_principal_name: String,
    /// Whether the person has Teams.
    pub license: License,
    /// Whether sign-in is allowed in the Microsoft tenant.
    pub enabled: bool,
}

impl From<TeamsUserRef> for Person {
    fn from(person: TeamsUserRef) -> Self {
        Self {
            id: person.id.0,
            display_name: person.display_name,
            user_principal_name: person.user_principal_name,
            license: person.license.into(),
            enabled: person.enabled,
        }
    }
}

/// Whether a number serves a person or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AssigneeKind {
    /// One Teams user.
    TeamsUser,
    /// One SMS group.
    SmsGroup,
}

/// Whom a number serves.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Assignee {
    /// Whether it is a person or a group.
    pub kind: AssigneeKind,
    /// The id of the person or group.
    pub id: Uuid,
    /// The name of the person or group.
    pub name: String,
}

impl From<number::Assignee> for Assignee {
    fn from(assignee: number::Assignee) -> Self {
        match assignee {
            number::Assignee::TeamsUser { id, name } => Self {
                kind: AssigneeKind::TeamsUser,
                id: id.0,
                name,
            },
            number::Assignee::SmsGroup { id, name } => Self {
                kind: AssigneeKind::SmsGroup,
                id: id.0,
                name,
            },
        }
    }
}

/// A number, in short.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct NumberRef {
    /// The number's id.
    pub id: Uuid,
    /// The number in E.164 form.
    #[schema(example = "+12065550100")]
    pub number: String,
    /// Whom it serves.
    pub assignee: Option<Assignee>,
}

impl From<PhoneNumberRef> for NumberRef {
    fn from(number: PhoneNumberRef) -> Self {
        Self {
            id: number.id.0,
            number: number.e164.to_string(),
            assignee: number.assignee.map(Assignee::from),
        }
    }
}

/// Numbers in E.164 form.
pub(super) fn texts(numbers: &[PhoneNumber]) -> Vec<String> {
    numbers.iter().map(PhoneNumber::to_string).collect()
}

/// The wire form of each.
pub(super) fn all<F, T: From<F>>(things: Vec<F>) -> Vec<T> {
    things.into_iter().map(T::from).collect()
}

/// What kind of thing has not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingKind {
    /// A member.
    Member,
    /// A number.
    Number,
    /// A place in a group.
    Group,
}

/// Why something has not come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingReason {
    /// It no longer exists.
    Gone,
    /// It belongs to somebody else now.
    Taken,
    /// It can no longer do SMS.
    WithoutSms,
    /// Another group has its name now.
    NameTaken,
    /// Its owner no longer exists.
    OwnerGone,
}

/// Something that was there before and has not come back.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Missing {
    /// What kind of thing it is.
    pub kind: MissingKind,
    /// The name of the member or group, or the number.
    pub name: String,
    /// Why it has not come back.
    pub reason: MissingReason,
    /// Whose it is now.
    pub taken_by: Option<String>,
}

impl Missing {
    /// A number that has not come back.
    pub(super) fn number(number: PhoneNumber, why: sms_group::LostNumber) -> Self {
        let (reason, taken_by) = match why {
            sms_group::LostNumber::Taken(name) => (MissingReason::Taken, Some(name)),
            sms_group::LostNumber::WithoutSms => (MissingReason::WithoutSms, None),
            sms_group::LostNumber::Gone => (MissingReason::Gone, None),
        };
        Self {
            kind: MissingKind::Number,
            name: number.to_string(),
            reason,
            taken_by,
        }
    }
}
