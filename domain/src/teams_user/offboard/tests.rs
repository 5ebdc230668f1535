//! What offboarding does, what has to be decided first, and what is refused.

use uuid::Uuid;

use super::*;
use crate::{
    number::PhoneNumberRef,
    phone::PhoneNumber,
    teams_user::{GroupOfUser, GroupPart, LicenseState},
};

fn person(n: u128, license: LicenseState) -> TeamsUserRef {
    TeamsUserRef {
        id: TeamsUserId(Uuid::from_u128(n)),
        display_name: format!("Person {n}"),
        user_principal_name: format!("person{n}@company.example"),
        license,
        enabled: true,
    }
}

fn group(n: u128, part: GroupPart, other_members: u32) -> GroupOfUser {
    GroupOfUser {
        id: SmsGroupId(Uuid::from_u128(n)),
        version: 3,
        name: format!("Group {n}"),
        owner_id: TeamsUserId(Uuid::from_u128(1)),
        part,
        other_members,
        numbers: Vec::new(),
    }
}

/// Person 1, who owns Group 1 with others, is alone in Group 2, and one of many in Group 3; with one number.
fn leaver() -> TeamsUser {
    TeamsUser {
        person: person(1, LicenseState::Licensed),
        object_id: None,
        version: 1,
        numbers: vec![PhoneNumberRef {
            id: PhoneNumberId(Uuid::from_u128(50)),
            e164: PhoneNumber::parse("+12065550100").unwrap(),
            assignee: None,
        }],
        groups: vec![
            group(1, GroupPart::Owner, 4),
            group(2, GroupPart::Member, 0),
            group(3, GroupPart::Member, 2),
        ],
    }
}

fn decided(fates: [Option<GroupFate>; 3], numbers_to: Option<u128>) -> OffboardInput {
    let user = leaver();
    OffboardInput {
        number_ids: user.number_ids(),
        groups: user
            .groups
            .iter()
            .zip(fates)
            .map(|(group, fate)| GroupDecision {
                id: group.id,
                version: group.version,
                fate,
            })
            .collect(),
        numbers_to: numbers_to.map(|n| TeamsUserId(Uuid::from_u128(n))),
    }
}

fn to(n: u128) -> Option<GroupFate> {
    Some(GroupFate::HandOver {
        to: TeamsUserId(Uuid::from_u128(n)),
    })
}

fn fields(input: &OffboardInput, people: &[TeamsUserRef]) -> Vec<String> {
    let errors = input.consequences(&leaver(), people).unwrap_err();
    errors.into_iter().map(|error| error.field).collect()
}

#[test]
fn everything_that_happens_is_said() {
    let people = [person(2, LicenseState::Licensed), person(3, LicenseState::Unlicensed)];
    let input = decided([to(2), to(3), Some(GroupFate::Leave)], Some(2));
    let group = |n: u128| format!("Group {n}");
    let name = |n: u128| format!("Person {n}");
    assert_eq!(
        input.consequences(&leaver(), &people).unwrap(),
        [
            Consequence::NewOwner {
                group: group(1),
                to: name(2)
            },
            Consequence::NewMember {
                group: group(2),
                to: name(3)
            },
            Consequence::Leaves { group: group(2) },
            Consequence::Leaves { group: group(3) },
            Consequence::Moves {
                numbers: vec![PhoneNumber::parse("+12065550100").unwrap()],
                to: name(2)
            },
        ]
    );
}

#[test]
fn what_needs_a_decision_is_named() {
    let undecided = decided([None, None, Some(GroupFate::Leave)], None);
    let group = |n: u128| group_field(SmsGroupId(Uuid::from_u128(n)));
    assert_eq!(fields(&undecided, &[]), [group(1), group(2)]);
    let impossible = decided(
        [Some(GroupFate::Delete), Some(GroupFate::Leave), Some(GroupFate::Delete)],
        None,
    );
    assert_eq!(fields(&impossible, &[]), [group(1), group(2), group(3)]);
}

#[test]
fn nobody_hands_over_to_themselves_or_to_nobody_and_numbers_need_a_licence() {
    let people = [person(1, LicenseState::Licensed), person(3, LicenseState::Unlicensed)];
    let input = decided([to(1), to(9), Some(GroupFate::Leave)], Some(3));
    assert_eq!(fields(&input, &people).len(), 3);
}

#[test]
fn a_newer_version_of_anything_is_noticed() {
    let input = decided([None, None, None], None);
    let mut user = leaver();
    assert!(input.was_made_from(&user));
    user.groups[2].version += 1;
    assert!(!input.was_made_from(&user));
    let mut user = leaver();
    user.numbers.clear();
    assert!(!input.was_made_from(&user));
}
