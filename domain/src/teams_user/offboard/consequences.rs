//! Everything that the decisions about a person who leaves do.

use super::{GroupFate, NUMBERS_TO, OffboardInput, group_field};
use crate::{
    error::FieldError,
    forms::tagged,
    ids::TeamsUserId,
    phone::PhoneNumber,
    teams_user::{GroupOfUser, LicenseState, TeamsUser, TeamsUserRef},
};

tagged! {
    "kind",
    /// One thing that offboarding does.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub enum Consequence {
        /// Somebody becomes the owner of a group.
        NewOwner {
            /// The group's name.
            group: String,
            /// The new owner's name.
            to: String,
        },
        /// Somebody becomes the only member of a group.
        NewMember {
            /// The group's name.
            group: String,
            /// The new member's name.
            to: String,
        },
        /// The person leaves a group.
        Leaves {
            /// The group's name.
            group: String,
        },
        /// A group is deleted.
        Deletes {
            /// The group's name.
            group: String,
            /// Its numbers, which become free.
            numbers: Vec<PhoneNumber>,
        },
        /// The person's own numbers become free.
        Frees {
            /// The numbers.
            numbers: Vec<PhoneNumber>,
        },
        /// The person's own numbers go to somebody else.
        Moves {
            /// The numbers.
            numbers: Vec<PhoneNumber>,
            /// The name of who gets them.
            to: String,
        },
    }
}

impl Consequence {
    /// Whether it makes numbers free.
    #[must_use]
    pub fn frees_numbers(&self) -> bool {
        match self {
            Self::Deletes { numbers, .. } | Self::Frees { numbers } => !numbers.is_empty(),
            Self::NewOwner { .. } | Self::NewMember { .. } | Self::Leaves { .. } | Self::Moves { .. } => false,
        }
    }
}

impl OffboardInput {
    /// Everything these decisions do; `people` are those of [`Self::people`] who exist.
    ///
    /// # Errors
    /// Every group and number about which nothing, or something impossible, was decided.
    pub fn consequences(&self, user: &TeamsUser, people: &[TeamsUserRef]) -> Result<Vec<Consequence>, Vec<FieldError>> {
        let (mut consequences, mut errors) = (Vec::new(), Vec::new());
        for group in &user.groups {
            match self.of_group(user, group, people) {
                Ok(found) => consequences.extend(found),
                Err(error) => errors.push(error),
            }
        }
        match self.of_numbers(user, people) {
            Ok(found) => consequences.extend(found),
            Err(error) => errors.push(error),
        }
        if errors.is_empty() {
            Ok(consequences)
        } else {
            Err(errors)
        }
    }

    fn of_group(
        &self,
        user: &TeamsUser,
        group: &GroupOfUser,
        people: &[TeamsUserRef],
    ) -> Result<Vec<Consequence>, FieldError> {
        let wrong = |message: String| FieldError::new(group_field(group.id), message);
        let name = || group.name.clone();
        match self.fate_of(group.id) {
            Some(GroupFate::Delete) if group.is_left_empty() => Ok(vec![Consequence::Deletes {
                group: name(),
                numbers: group.numbers.iter().map(|number| number.e164).collect(),
            }]),
            Some(GroupFate::Delete) => Err(wrong(format!(
                "{} has other members, so it cannot be deleted here.",
                group.name
            ))),
            Some(GroupFate::HandOver { to }) => {
                let to = chosen(user, to, people).map_err(|message| wrong(message.to_owned()))?;
                let owner = group.part.owns().then(|| Consequence::NewOwner {
                    group: name(),
                    to: to.display_name.clone(),
                });
                let member = group.is_left_empty().then(|| Consequence::NewMember {
                    group: name(),
                    to: to.display_name.clone(),
                });
                let leaves = group.part.belongs().then(|| Consequence::Leaves { group: name() });
                Ok(owner.into_iter().chain(member).chain(leaves).collect())
            }
            _ if group.part.owns() => Err(wrong(format!("Choose who owns {} from now on.", group.name))),
            _ if group.is_left_empty() => Err(wrong(format!(
                "Nobody would be left in {}. Choose a new member, or delete the group.",
                group.name
            ))),
            Some(GroupFate::Leave) | None => Ok(vec![Consequence::Leaves { group: name() }]),
        }
    }

    fn of_numbers(&self, user: &TeamsUser, people: &[TeamsUserRef]) -> Result<Option<Consequence>, FieldError> {
        let wrong = |message: String| FieldError::new(NUMBERS_TO, message);
        let numbers: Vec<PhoneNumber> = user.numbers.iter().map(|number| number.e164).collect();
        if numbers.is_empty() {
            return Ok(None);
        }
        let Some(to) = self.numbers_to else {
            return Ok(Some(Consequence::Frees { numbers }));
        };
        let to = chosen(user, to, people).map_err(|message| wrong(message.to_owned()))?;
        if to.license == LicenseState::Unlicensed {
            return Err(wrong(no_license(&to.display_name)));
        }
        Ok(Some(Consequence::Moves {
            numbers,
            to: to.display_name.clone(),
        }))
    }
}

/// The person of that id, if they can take the place of `user`.
fn chosen<'p>(user: &TeamsUser, id: TeamsUserId, people: &'p [TeamsUserRef]) -> Result<&'p TeamsUserRef, &'static str> {
    if id == user.person.id {
        return Err("This is the person who leaves. Choose somebody else.");
    }
    people
        .iter()
        .find(|person| person.id == id)
        .ok_or("This person no longer exists. Choose somebody else.")
}

/// Why somebody without a licence gets no number.
#[must_use]
pub fn no_license(name: &str) -> String {
    format!("{name} has no Teams license, so they cannot have a number of their own.")
}
