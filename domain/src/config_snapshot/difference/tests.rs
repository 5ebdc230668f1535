//! Which changes are told.

use rstest::rstest;

use super::{
    super::tests::{group, in_group, number, person, user},
    *,
};

/// The words of the changes, short enough for a table.
fn told(published: &Configuration, working: &Configuration) -> Vec<String> {
    let name = |assignee: &Assignee| match assignee {
        Assignee::TeamsUser { name, .. } | Assignee::SmsGroup { name, .. } => name.clone(),
    };
    let words = |change: PendingChange| match change.what {
        ConfigChange::GroupAdded { name, .. } => format!("added {name}"),
        ConfigChange::GroupRenamed { from, to, .. } => format!("renamed {from} to {to}"),
        ConfigChange::OwnerChanged { group, from, to, .. } => format!("owner of {group} {from} to {to}"),
        ConfigChange::MembersChanged {
            group, added, removed, ..
        } => format!("members of {group} +{added:?} -{removed:?}"),
        ConfigChange::GroupRemoved { name, .. } => format!("removed {name}"),
        ConfigChange::NumberAssigned { number, to, .. } => format!("{number} to {}", name(&to)),
        ConfigChange::NumberReassigned { number, from, to, .. } => {
            format!("{number} from {} to {}", name(&from), name(&to))
        }
        ConfigChange::NumberReleased { number, from, .. } => format!("{number} from {}", name(&from)),
        ConfigChange::PersonChanged { name, .. } => format!("person {name}"),
    };
    difference(published, working).into_iter().map(words).collect()
}

fn configuration(numbers: &[(u128, Serves)], groups: &[ConfiguredGroup]) -> Configuration {
    let numbers = numbers.iter().map(|(n, serves)| number(*n, serves.clone())).collect();
    Configuration::new(numbers, groups.to_vec())
}

/// Sales of person 1 with persons 1 and 2 and number 1; number 2 of person 3.
fn published() -> Configuration {
    configuration(&[(1, in_group(1)), (2, user(3))], &[group(1, "Sales", 1, &[1, 2])])
}

#[rstest]
#[case::nothing(published(), &[])]
#[case::assigned(
    configuration(&[(1, in_group(1)), (2, user(3)), (3, user(4))], &[group(1, "Sales", 1, &[1, 2])]),
    &["+12065550103 to Person 4"]
)]
#[case::released(
    configuration(&[(1, in_group(1))], &[group(1, "Sales", 1, &[1, 2])]),
    &["+12065550102 from Person 3"]
)]
#[case::from_person_to_group(
    configuration(&[(1, in_group(1)), (2, in_group(1))], &[group(1, "Sales", 1, &[1, 2])]),
    &["+12065550102 from Person 3 to Sales"]
)]
#[case::new_group_with_a_number(
    configuration(
        &[(1, in_group(1)), (2, user(3)), (3, in_group(2))],
        &[group(1, "Sales", 1, &[1, 2]), group(2, "Lobby", 5, &[5])]
    ),
    &["added Lobby", "+12065550103 to Lobby"]
)]
#[case::removed_group(
    configuration(&[(2, user(3))], &[]),
    &["removed Sales", "+12065550101 from Sales"]
)]
#[case::renamed(
    configuration(&[(1, in_group(1)), (2, user(3))], &[group(1, "Sales West", 1, &[1, 2])]),
    &["renamed Sales to Sales West"]
)]
#[case::owner(
    configuration(&[(1, in_group(1)), (2, user(3))], &[group(1, "Sales", 2, &[1, 2])]),
    &["owner of Sales Person 1 to Person 2"]
)]
#[case::members(
    configuration(&[(1, in_group(1)), (2, user(3))], &[group(1, "Sales", 1, &[1, 3, 4])]),
    &["members of Sales +[\"Person 3\", \"Person 4\"] -[\"Person 2\"]"]
)]
#[case::everything_of_a_group(
    configuration(&[(1, in_group(1)), (2, user(3))], &[group(1, "Lobby", 2, &[2])]),
    &["renamed Sales to Lobby", "owner of Lobby Person 1 to Person 2", "members of Lobby +[] -[\"Person 1\"]"]
)]
fn the_difference_names_each_change(#[case] working: Configuration, #[case] expected: &[&str]) {
    assert_eq!(told(&published(), &working), expected);
}

#[test]
fn all_of_a_first_configuration_is_new() {
    let first = told(&Configuration::default(), &published());
    assert_eq!(
        first,
        ["added Sales", "+12065550101 to Sales", "+12065550102 to Person 3"]
    );
}

#[test]
fn a_person_with_another_sign_in_name_is_one_change_however_often_they_occur() {
    let renamed = ConfiguredPerson {
        user_principal_name: "somebody@company.example".to_owned(),
        ..person(3)
    };
    let all = |three: &ConfiguredPerson| {
        let groups = ["Sales", "Support"].map(|name| ConfiguredGroup {
            members: vec![three.clone()],
            ..group(name.len() as u128, name, 1, &[])
        });
        let serves = Serves::TeamsUser { user: three.clone() };
        Configuration::new(vec![number(1, serves)], groups.to_vec())
    };
    assert_eq!(told(&all(&person(3)), &all(&renamed)), ["person Person 3"]);
}

#[test]
fn a_number_that_was_deleted_and_came_back_is_no_change() {
    let mut again = published();
    again.numbers[0].id = PhoneNumberId(Uuid::from_u128(999));
    assert_eq!(told(&published(), &again), Vec::<String>::new());
}
