//! What search, conditions and sorting mean, told by the rows they find.

use chrono::{DateTime, TimeDelta, Utc};
use rstest::rstest;
use uuid::Uuid;

use super::*;

const fn choice(value: &'static str, label: &'static str) -> ChoiceOption {
    ChoiceOption { value, label }
}

static GROUPS: TableSchema<[ColumnSpec; 6]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::number("members"),
    ColumnSpec::phone("numbers"),
    ColumnSpec::text_list("tags"),
    ColumnSpec::date("expires_at"),
    ColumnSpec::choice(
        "state",
        &[
            choice("active", "Active"),
            choice("expiring", "Expiring soon"),
            choice("expired", "Expired"),
        ],
    ),
]);

#[derive(Clone, Default)]
struct Group {
    name: Option<&'static str>,
    members: Option<i64>,
    numbers: &'static [&'static str],
    tags: &'static [&'static str],
    expires_in_hours: Option<i64>,
    state: Option<&'static str>,
    search_only: &'static [&'static str],
}

fn now() -> DateTime<Utc> {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

/// Rows are told apart by their place; ids ascend with the place.
fn groups() -> Vec<Group> {
    vec![
        Group {
            name: Some("Łódź Sales"),
            members: Some(3),
            numbers: &["+12065550100", "+442079460018"],
            tags: &["vip", "North"],
            expires_in_hours: Some(7 * 24),
            state: Some("expiring"),
            search_only: &["Ada Lovelace", "ada@example.com"],
        },
        Group {
            name: Some("sales 100%"),
            members: Some(100),
            numbers: &["+4930123456"],
            tags: &["north-west"],
            expires_in_hours: Some(-1),
            state: Some("expired"),
            ..Group::default()
        },
        Group::default(),
        Group {
            name: Some(""),
            members: Some(-4),
            tags: &[""],
            expires_in_hours: Some(24 * 30),
            state: Some("active"),
            ..Group::default()
        },
    ]
}

fn index(groups: &[Group]) -> TableIndex {
    let rows: Vec<(usize, &Group)> = groups.iter().enumerate().collect();
    TableIndex::build(&GROUPS, &rows, |(place, group)| IndexRow {
        id: Uuid::from_u128(*place as u128),
        values: [
            group.name.into(),
            group.members.into(),
            Value::list(group.numbers.iter().copied()),
            Value::list(group.tags.iter().copied()),
            group
                .expires_in_hours
                .map(|hours| now() + TimeDelta::hours(hours))
                .into(),
            group.state.into(),
        ],
        search_only: group.search_only.iter().map(|text| (*text).into()).collect(),
    })
}

/// The rows that a query string finds, in order.
fn found(query: &str) -> Vec<u32> {
    let checked = TableQuery::parse_query_string(query, &GROUPS);
    assert_eq!(checked.problems, []);
    index(&groups()).matching(&checked.query, now())
}

#[rstest]
#[case::regardless_of_case_and_marks("lodz", &[0])]
#[case::with_marks_typed("ŁÓDŹ  SÁLES", &[0])]
#[case::percent_is_a_percent("0%25", &[1])]
#[case::each_value_by_itself("sales vip", &[])]
#[case::a_number_exactly("3", &[1, 0])]
#[case::not_a_part_of_a_number("10", &[0, 1])]
#[case::a_negative_number("-4", &[3])]
#[case::list_elements("north", &[0, 1])]
#[case::what_no_column_shows("lovelace", &[0])]
#[case::phone_as_written("%2B4420", &[0])]
#[case::phone_with_marks("(206) 555-01", &[0])]
#[case::phone_dialled_abroad("0049 30/12", &[1])]
#[case::phone_dialled_at_home("(030) 123", &[1])]
#[case::phone_with_both_prefixes("%2B49 (0)30", &[1])]
#[case::label_of_a_choice("expiring soon", &[0])]
#[case::label_in_part("expir", &[0, 1])]
#[case::a_day("2026-11-30", &[0])]
#[case::a_day_as_it_is_shown("30 Nov 2026", &[0])]
#[case::a_month("2026-12", &[3])]
#[case::a_month_as_it_is_shown("nov 2026", &[0, 1])]
#[case::no_part_of_a_day("2026-1", &[])]
#[case::blank(" %20", &[2, 3, 0, 1])]
fn quick_search(#[case] typed: &str, #[case] rows: &[u32]) {
    let mut found = found(&format!("search={typed}"));
    found.sort_unstable();
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    assert_eq!(found, rows);
}

#[rstest]
#[case("name:contains:SALES", &[0, 1])]
#[case("name:excludes:100", &[2, 3, 0])]
#[case("name:equals:Lodz  sales", &[0])]
#[case("name:starts:sales", &[1])]
#[case("name:ends:sales", &[0])]
#[case("name:ends:%25", &[1])]
#[case("name:empty", &[2, 3])]
#[case("tags:equals:north", &[0])]
#[case("tags:excludes:north", &[2, 3])]
#[case("tags:empty", &[2])]
#[case("numbers:starts:00 44 20", &[0])]
#[case("numbers:equals:%2B1 (206) 555-0100", &[0])]
#[case("numbers:ends:0100", &[0])]
#[case("numbers:excludes:(030)", &[2, 3, 0])]
#[case("numbers:empty", &[2, 3])]
#[case("members:eq:3", &[0])]
#[case("members:ne:3", &[2, 3, 1])]
#[case("members:gt:3", &[1])]
#[case("members:ge:3", &[0, 1])]
#[case("members:lt:3", &[3])]
#[case("members:le:3", &[3, 0])]
#[case("members:between:-4..3", &[3, 0])]
#[case("expires_at:before:2026-11-30", &[1])]
#[case("expires_at:after:2026-11-30", &[3])]
#[case("expires_at:after:2026-11-29", &[3, 0])]
#[case("expires_at:between:2026-11-23..2026-11-30", &[0, 1])]
#[case("expires_at:last:1", &[1])]
#[case("expires_at:next:7", &[0])]
#[case("expires_at:next:6", &[])]
#[case("state:in:active,expired", &[3, 1])]
fn conditions(#[case] filter: &str, #[case] rows: &[u32]) {
    assert_eq!(found(&format!("filter={filter}")), rows);
}

#[rstest]
#[case::by_the_first_column_unless_told("", &[2, 3, 0, 1])]
#[case("sort=-name", &[1, 0, 3, 2])]
#[case("sort=members", &[2, 3, 0, 1])]
#[case("sort=-members", &[1, 0, 3, 2])]
#[case::by_the_smallest_element("sort=tags", &[2, 3, 0, 1])]
#[case("sort=numbers", &[2, 3, 0, 1])]
#[case::ties_by_ascending_id("sort=-numbers", &[1, 0, 2, 3])]
#[case::choices_as_declared("sort=state", &[2, 3, 0, 1])]
#[case("sort=-state", &[1, 0, 3, 2])]
#[case("sort=expires_at", &[2, 1, 0, 3])]
fn sorting(#[case] query: &str, #[case] rows: &[u32]) {
    assert_eq!(found(query), rows);
}

#[test]
fn the_weightiest_key_comes_first() {
    let group = |name, members| Group {
        name: Some(name),
        members,
        ..Group::default()
    };
    let groups = [
        group("b", Some(1)),
        group("a", Some(1)),
        group("b", None),
        group("a", Some(2)),
    ];
    let query = TableQuery::parse_lenient("sort=-name,members", &GROUPS);
    assert_eq!(index(&groups).matching(&query, now()), [2, 0, 1, 3]);
}

#[test]
fn a_page_behind_the_last_shows_the_last() {
    let groups = vec![Group::default(); 60];
    let slice = index(&groups).evaluate(&TableQuery::default().with_page(9), now());
    assert_eq!((slice.total, slice.matching, slice.page), (60, 60, 3));
    assert_eq!(slice.rows, (50..60).collect::<Vec<u32>>());
    assert_eq!(slice.page_of(&groups).rows.len(), 10);
}

#[test]
fn a_table_without_rows_has_one_empty_page() {
    let slice = index(&[]).evaluate(&TableQuery::default().with_search("a").with_page(2), now());
    assert_eq!(
        (slice.total, slice.matching, slice.page, slice.rows),
        (0, 0, 1, Vec::new())
    );
}

#[test]
fn typing_on_finds_what_a_fresh_search_finds() {
    let groups = groups();
    let mut typed = index(&groups);
    for search in ["s", "sa", "sal", "sa", "al", "3", "30", "030", "0301", "x", "", "lodz"] {
        let query = TableQuery::default().with_search(search);
        assert_eq!(
            typed.matching(&query, now()),
            index(&groups).matching(&query, now()),
            "{search}"
        );
    }
}

#[test]
fn the_heading_that_sorts_by_itself_turns_around_at_the_first_press() {
    let schema: &TableSchema = &GROUPS;
    let turned = schema.sorted_by_heading(&TableQuery::default(), "name");
    assert_eq!(turned.to_query_string(), "sort=-name");
    assert_eq!(schema.sorted_by_heading(&turned, "name").to_query_string(), "");

    let latest_first: &TableSchema = &GROUPS.sorted_by("name", Direction::Descending);
    let turned = latest_first.sorted_by_heading(&TableQuery::default(), "name");
    assert_eq!(turned.to_query_string(), "sort=name");
}
