//! The text form reads back, and says what is wrong with what it cannot read.

use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::table::{ChoiceOption, ColumnSpec, MAX_FILTERS, MAX_SORT_KEYS};

const fn choice(value: &'static str) -> ChoiceOption {
    ChoiceOption { value, label: value }
}

static SCHEMA: TableSchema<[ColumnSpec; 8]> = TableSchema::new([
    ColumnSpec::text("name"),
    ColumnSpec::text_list("tags"),
    ColumnSpec::phone("numbers"),
    ColumnSpec::number("members"),
    ColumnSpec::date("expires_at"),
    ColumnSpec::choice("state", &[choice("active"), choice("a,b"), choice("c\\"), choice("")]),
    ColumnSpec::text("note").not_filterable().not_sortable(),
    ColumnSpec::number("size"),
]);

fn parse(text: &str) -> Checked {
    TableQuery::parse_query_string(text, &SCHEMA)
}

#[test]
fn the_default_query_is_an_empty_text() {
    assert_eq!(TableQuery::default().to_query_string(), "");
    assert_eq!(parse("").query, TableQuery::default());
}

#[test]
fn a_query_reads_well() {
    let text = "search=ada%20l&filter=name:contains:foo:bar%26&filter=members:between:-3..7\
                &filter=expires_at:before:2026-01-31&filter=numbers:empty&filter=state:in:active,a%5C,b\
                &sort=name,-members&page=2&page_size=50";
    let checked = parse(text);
    assert_eq!(checked.problems, []);
    assert_eq!(checked.query.to_query_string(), text);
    assert_eq!(
        checked.query.filters[0].condition,
        Condition::Text(TextOperator::Contains, "foo:bar&".to_owned())
    );
    assert_eq!(
        checked.query.filters[4].condition,
        Condition::Choice(vec!["active".to_owned(), "a,b".to_owned()])
    );
}

#[test]
fn a_form_of_the_browser_reads_the_same() {
    let checked = parse("?search=ada+l&sort=&filter=name%3Acontains%3Ax%2By");
    assert_eq!(checked.problems, []);
    assert_eq!(
        checked.query.to_query_string(),
        "search=ada%20l&filter=name:contains:x%2By"
    );
}

#[rstest]
#[case("dialog=new", QueryProblem::UnknownParameter { name: "dialog".to_owned() })]
#[case("search=%FF", QueryProblem::BadEncoding)]
#[case("search=%zz", QueryProblem::BadEncoding)]
#[case("page=0", QueryProblem::BadPage)]
#[case("page=-1", QueryProblem::BadPage)]
#[case("page=99999999999999999999999", QueryProblem::BadPage)]
#[case("page_size=26", QueryProblem::BadPageSize)]
#[case("page=1&page=1", QueryProblem::Repeated { name: "page" })]
#[case("sort=colour", QueryProblem::UnknownColumn { column: "colour".to_owned() })]
#[case("sort=note", QueryProblem::NotSortable { column: "note".to_owned() })]
#[case("sort=name,-name", QueryProblem::NotSortable { column: "name".to_owned() })]
#[case("filter=", QueryProblem::BadOperator { column: String::new() })]
#[case("filter=colour:empty", QueryProblem::UnknownColumn { column: "colour".to_owned() })]
#[case("filter=note:empty", QueryProblem::NotFilterable { column: "note" })]
#[case("filter=name:like:a", QueryProblem::BadOperator { column: "name".to_owned() })]
#[case("filter=name:gt:3", QueryProblem::BadOperator { column: "name".to_owned() })]
#[case("filter=members:contains:3", QueryProblem::BadOperator { column: "members".to_owned() })]
#[case("filter=members:empty", QueryProblem::BadOperator { column: "members".to_owned() })]
#[case("filter=expires_at:between:1..2", QueryProblem::BadOperator { column: "expires_at".to_owned() })]
#[case("filter=name:contains:", QueryProblem::BadValue { column: "name".to_owned() })]
#[case("filter=name:contains:%CC%81", QueryProblem::BadValue { column: "name".to_owned() })]
#[case("filter=members:gt:three", QueryProblem::BadValue { column: "members".to_owned() })]
#[case("filter=members:gt:9223372036854775808", QueryProblem::BadValue { column: "members".to_owned() })]
#[case("filter=members:between:3", QueryProblem::BadValue { column: "members".to_owned() })]
#[case("filter=expires_at:before:2026-02-30", QueryProblem::BadValue { column: "expires_at".to_owned() })]
#[case("filter=expires_at:after:%2B262142-12-31", QueryProblem::BadValue { column: "expires_at".to_owned() })]
#[case("filter=expires_at:last:0", QueryProblem::BadValue { column: "expires_at".to_owned() })]
#[case("filter=expires_at:next:4000000000", QueryProblem::BadValue { column: "expires_at".to_owned() })]
#[case("filter=state:in:gone", QueryProblem::BadValue { column: "state".to_owned() })]
fn what_cannot_be_used_is_told_and_left_out(#[case] text: &str, #[case] problem: QueryProblem) {
    let checked = parse(text);
    assert_eq!(checked.problems, [problem]);
    assert_eq!(checked.query.to_query_string().replace("sort=name", ""), "");
    assert_eq!(TableQuery::parse_lenient(text, &SCHEMA), checked.query);
}

#[test]
fn too_much_is_cut_and_told() {
    let long = "ł".repeat(201);
    let mut text = format!("search={long}&filter=name:equals:{long}&sort=name,tags,numbers,members,size,state");
    text.push_str(&"&filter=name:empty".repeat(21));
    let checked = parse(&text);
    assert_eq!(checked.query.search.chars().count(), 200);
    assert_eq!(checked.query.filters.len(), MAX_FILTERS);
    assert_eq!(checked.query.sort.len(), MAX_SORT_KEYS);
    assert_eq!(
        checked.problems,
        [
            QueryProblem::SearchTooLong,
            QueryProblem::BadValue {
                column: "name".to_owned()
            },
            QueryProblem::TooManyFilters,
            QueryProblem::TooManySortKeys
        ]
    );
}

#[test]
fn characters_that_no_value_contains_are_removed_and_ranges_put_in_order() {
    let checked = parse("search=a%00b&filter=members:between:7..3&filter=name:equals:x%0Ay");
    assert_eq!(checked.problems, []);
    assert_eq!(
        checked.query.to_query_string(),
        "search=ab&filter=members:between:3..7&filter=name:equals:xy"
    );
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..3_000_000).prop_map(|days| NaiveDate::default().checked_add_days(Days::new(days)).unwrap())
}

fn filter() -> impl Strategy<Value = ColumnFilter> {
    let text_column = prop::sample::select(vec!["name", "tags", "numbers"]);
    let operator = prop::sample::select(TextOperator::ALL.to_vec());
    let text = (text_column.clone(), operator, "\\PC{1,20}|[:,.&=%+ \\\\-]{1,9}")
        .prop_map(|(column, operator, text)| (column, Condition::Text(operator, text)));
    let empty = text_column.prop_map(|column| (column, Condition::IsEmpty));
    let number = prop_oneof![
        (prop::sample::select(NumberOperator::ALL.to_vec()), any::<i64>())
            .prop_map(|(operator, number)| NumberCondition::Compare(operator, number)),
        (any::<i64>(), any::<i64>()).prop_map(|(low, high)| NumberCondition::Between(low, high)),
    ]
    .prop_map(|number| ("members", Condition::Number(number)));
    let date = prop_oneof![
        day().prop_map(DateCondition::Before),
        day().prop_map(DateCondition::After),
        (day(), day()).prop_map(|(first, last)| DateCondition::Between(first, last)),
        (0_u32..40_000).prop_map(DateCondition::LastDays),
        (0_u32..40_000).prop_map(DateCondition::NextDays),
    ]
    .prop_map(|date| ("expires_at", Condition::Date(date)));
    let choice = prop::collection::vec(prop::sample::select(vec!["active", "a,b", "c\\", "", "other"]), 0..5).prop_map(
        |values| {
            (
                "state",
                Condition::Choice(values.into_iter().map(str::to_owned).collect()),
            )
        },
    );
    prop_oneof![text, empty, number, date, choice].prop_map(|(column, condition)| ColumnFilter {
        column: column.to_owned(),
        condition,
    })
}

fn query() -> impl Strategy<Value = TableQuery> {
    let key = (
        prop::sample::select(vec!["name", "tags", "numbers", "members", "state"]),
        any::<bool>(),
    )
        .prop_map(|(column, down)| SortKey {
            column: column.to_owned(),
            direction: if down {
                Direction::Descending
            } else {
                Direction::Ascending
            },
        });
    (
        "\\PC{0,20}",
        prop::collection::vec(filter(), 0..6),
        prop::collection::vec(key, 0..4),
        0_u64..9,
        prop::sample::select(PageSize::ALL.to_vec()),
    )
        .prop_map(|(search, filters, sort, page, size)| TableQuery {
            search,
            filters,
            sort,
            page,
            size,
        })
}

proptest! {
    #[test]
    fn every_query_that_fits_its_table_reads_back(query in query()) {
        let query = query.for_schema(&SCHEMA).query;
        let fits = Checked { query: query.clone(), problems: Vec::new() };
        prop_assert_eq!(&query.for_schema(&SCHEMA), &fits);
        prop_assert_eq!(&TableQuery::from_pairs(query.to_pairs(), &SCHEMA), &fits);
        let text = query.to_query_string();
        prop_assert!(text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>#\\^`{|}+ ".contains(&b)), "{}", text);
        prop_assert_eq!(&parse(&text), &fits);
    }

    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,60}|[a-z:,.&=%+0-9-]{0,60}|filter=(name|members|expires_at|state):[a-z]{2,8}:\\PC{0,9}") {
        let checked = parse(&text);
        prop_assert_eq!(parse(&checked.query.to_query_string()).query, checked.query);
    }
}
