//! Random rows and random queries that have something to do with each other.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::table::{
    ColumnFilter, Condition, DateCondition, Direction, NumberCondition, NumberOperator, PageSize, SortKey, TableQuery,
    TextOperator,
};
use proptest::{collection::vec, option, prelude::*, sample::select};
use uuid::Uuid;

use super::{Item, now};

/// Few and troublesome, so that texts made of them are often part of each other: what LIKE, SQL and placeholders
/// treat specially; letters that change their length or shape when folded; marks without a letter; scripts beyond the
/// 16-bit plane and just below it, which UTF-8 and UTF-16 sort differently; right to left; control characters.
const PIECES: &[&str] = &[
    "a",
    "A",
    "ä",
    "b",
    "ł",
    "Ł",
    "ß",
    "SS",
    "ẞ",
    "İ",
    "I",
    "i",
    "ı",
    "Σ",
    "ς",
    "σ",
    "Ж",
    "ж",
    "й",
    "и\u{306}",
    "東",
    "京",
    "👩\u{200D}⚕️",
    "😀",
    "e\u{301}",
    "é",
    "\u{301}",
    "\u{E000}",
    "\u{FF21}",
    "ש",
    "ش",
    "%",
    "_",
    "\\",
    "!",
    "'",
    "\"",
    "?",
    "$1",
    ":",
    " ",
    "  ",
    "\u{a0}",
    "\t",
    "\0",
    "\n",
    "0",
    "1",
    "2",
    "-",
    "K",
    "µ",
];
/// Whole texts, so that rows often hold exactly what is asked for.
const TEXTS: &[&str] = &[
    "Sales",
    "SALES ",
    "sales north",
    "Łódź",
    "lodz",
    "Straße",
    "STRASSE",
    "İstanbul",
    "100%",
    "100_",
    "a\\b",
    "a!b",
    "O'Brien",
    "\"x\"",
    "",
    " ",
    "ΟΔΟΣ",
    "οδος",
    "東京",
    "12",
    "-1",
    "späť",
];
const PHONES: &[&str] = &["+12065550100", "+442079460018", "+4930123456", "+4930"];
/// The same as people write them, and parts of them.
const TYPED_PHONES: &[&str] = &[
    "+1 (206) 555-0100",
    "12065550100",
    "0044 20/7946 0018",
    "+442079460018",
    "+49 (0)30.123456",
    "0049 30-123456",
    "+49 30",
    "206 555",
    "(0206) 555",
    "+44",
    "0100",
    "030",
];
const DIGITS: &[&str] = &["0", "00", "1", "2", "12", "30", "49", "206", "555"];

fn text() -> BoxedStrategy<String> {
    let pieces = vec(select(PIECES), 0..5).prop_map(|pieces| pieces.concat());
    prop_oneof![1 => pieces, 1 => select(TEXTS).prop_map(str::to_owned)].boxed()
}

/// A text to look for: short ones are found more often.
fn needle() -> impl Strategy<Value = String> {
    prop_oneof![2 => select(PIECES).prop_map(str::to_owned), 2 => select(TEXTS).prop_map(str::to_owned), 1 => text()]
}

fn digits(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    vec(select(DIGITS), pieces).prop_map(|pieces| pieces.concat())
}

/// A part of a phone number as a person may type it.
fn typed_phone() -> impl Strategy<Value = String> {
    let prefix = select(vec!["", "+", "00", "(0)", "+49 (0)", "0049 ", "0", "(", "+1 ("]);
    let random = (
        prefix,
        digits(1..3),
        select(vec!["", " ", "-", ") ", "/", "."]),
        digits(0..2),
    )
        .prop_map(|(prefix, first, mark, second)| format!("{prefix}{first}{mark}{second}"));
    prop_oneof![random, select(TYPED_PHONES).prop_map(str::to_owned)]
}

fn number() -> impl Strategy<Value = i64> + Clone {
    prop_oneof![8 => -3..6_i64, 1 => 9..15_i64, 1 => select(vec![i64::MIN, i64::MAX])]
}

/// Often exactly at the begin of a day, at now, or at whole days from now.
fn moment() -> impl Strategy<Value = DateTime<Utc>> {
    let midnight = now().date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
    let micros = select(vec![0, 0, 0, 1, -1, 1_000, 500_000, 3_600_000_000]);
    (select(vec![now(), midnight]), -4..5_i64, micros)
        .prop_map(|(base, days, micros)| base + TimeDelta::days(days) + TimeDelta::microseconds(micros))
}

fn day() -> impl Strategy<Value = NaiveDate> {
    (-4..5_i64).prop_map(|days| (now() + TimeDelta::days(days)).date_naive())
}

fn item() -> impl Strategy<Value = Item> {
    let random_phone = digits(3..6).prop_map(|digits| format!("+{digits}"));
    let phone = prop_oneof![random_phone, select(PHONES).prop_map(str::to_owned)];
    let state = select(vec![None, Some("open"), Some("done"), Some("late"), Some("unknown")]);
    (
        any::<u128>().prop_map(Uuid::from_u128),
        option::weighted(0.9, text()),
        vec(text(), 0..4),
        vec(phone, 0..3),
        option::weighted(0.9, number()),
        option::weighted(0.9, moment()),
        state,
        text(),
        vec(text(), 0..2),
    )
        .prop_map(|(id, name, tags, phones, weight, due, state, note, aliases)| Item {
            id,
            name,
            tags,
            phones,
            weight,
            due,
            state,
            note,
            aliases,
        })
}

/// The rows of one batch; their ids differ.
pub(super) fn items() -> impl Strategy<Value = Vec<Item>> {
    prop_oneof![1 => vec(item(), 0..3), 9 => vec(item(), 30..120)].prop_map(|mut items| {
        items.sort_by_key(|item| item.id.as_u128().reverse_bits());
        items.dedup_by_key(|item| item.id);
        items
    })
}

fn numbers(bound: impl Strategy<Value = i64> + Clone) -> impl Strategy<Value = NumberCondition> {
    let compare = (select(NumberOperator::ALL.to_vec()), bound.clone())
        .prop_map(|(operator, bound)| NumberCondition::Compare(operator, bound));
    let between = (bound.clone(), bound).prop_map(|(low, high)| NumberCondition::Between(low, high));
    prop_oneof![4 => compare, 1 => between]
}

fn condition() -> impl Strategy<Value = (&'static str, Condition)> {
    let operator = || select(TextOperator::ALL.to_vec());
    let texts = (select(vec!["name", "tags", "phones", "note"]), operator(), needle())
        .prop_map(|(column, operator, text)| (column, Condition::Text(operator, text)));
    let phones = (operator(), typed_phone()).prop_map(|(operator, text)| ("phones", Condition::Text(operator, text)));
    let empty = select(vec!["name", "tags", "phones", "note"]).prop_map(|column| (column, Condition::IsEmpty));
    let numbers = prop_oneof![
        numbers(number()).prop_map(|number| ("weight", Condition::Number(number))),
        numbers(0..3_i64).prop_map(|number| ("tag_count", Condition::Number(number))),
    ];
    let dates = prop_oneof![
        day().prop_map(DateCondition::Before),
        day().prop_map(DateCondition::After),
        (day(), day()).prop_map(|(first, last)| DateCondition::Between(first, last)),
        (1..5_u32).prop_map(DateCondition::LastDays),
        (1..5_u32).prop_map(DateCondition::NextDays),
        Just(DateCondition::NextDays(36_500)),
        Just(DateCondition::Before(NaiveDate::MIN)),
    ]
    .prop_map(|date| ("due", Condition::Date(date)));
    let choices = vec(select(vec!["open", "done", "late", "late", "unknown"]), 0..3).prop_map(|values| {
        (
            "state",
            Condition::Choice(values.into_iter().map(str::to_owned).collect()),
        )
    });
    prop_oneof![6 => texts, 2 => phones, 1 => empty, 3 => numbers, 2 => dates, 1 => choices]
}

fn search() -> impl Strategy<Value = String> {
    let labels = select(vec!["öffnet", "bald", "DONE", "spat", "zu spät 2", "a"]).prop_map(str::to_owned);
    let formats = select(vec!["%Y-%m-%d", "%-d %b %Y", "%Y-%m", "%b %Y"]);
    let days = (day(), formats).prop_map(|(day, format)| day.format(format).to_string());
    prop_oneof![
        16 => Just(String::new()),
        3 => needle(),
        2 => typed_phone(),
        1 => number().prop_map(|number| number.to_string()),
        1 => labels,
        1 => days,
    ]
}

fn sort_key() -> impl Strategy<Value = SortKey> {
    let column = select(vec![
        "name",
        "tags",
        "phones",
        "weight",
        "tag_count",
        "due",
        "state",
        "note",
        "nothing",
    ]);
    (column, select(vec![Direction::Ascending, Direction::Descending])).prop_map(|(column, direction)| SortKey {
        column: column.to_owned(),
        direction,
    })
}

fn query() -> impl Strategy<Value = TableQuery> {
    // Mostly one condition alone, so that each has its effect.
    let filters = prop_oneof![1 => vec(condition(), 0..1), 4 => vec(condition(), 1..2), 1 => vec(condition(), 2..4)];
    let size = select(vec![PageSize::P25, PageSize::P25, PageSize::P50, PageSize::P200]);
    (search(), filters, vec(sort_key(), 0..4), 1..4_u64, size).prop_map(|(search, filters, sort, page, size)| {
        let filters = filters.into_iter().map(|(column, condition)| ColumnFilter {
            column: column.to_owned(),
            condition,
        });
        TableQuery {
            search,
            filters: filters.collect(),
            sort,
            page,
            size,
        }
    })
}

/// The queries of one batch.
pub(super) fn queries() -> impl Strategy<Value = Vec<TableQuery>> {
    vec(query(), 100..120)
}
