//! Which rows match, as SQL conditions.

use std::ops::Bound;

use domain::table::{
    ColumnSpec, InstantSpan, NumberCondition, NumberOperator, Plan, SearchPlan, Test, TextOperator, TextTest,
};
use sea_orm::{
    DbBackend,
    sea_query::{Condition, Expr, ExprTrait, LikeExpr, SelectStatement, SubQueryStatement},
};

use super::{SqlColumn, SqlList, SqlSet, SqlTable};

/// Escapes `%`, `_` and itself in patterns. Not the backslash, which PostgreSQL and drivers may read once more.
const ESCAPE: char = '!';

/// What a row must fulfil to match.
pub(super) fn of_plan(plan: &Plan, table: &SqlTable, backend: DbBackend) -> Condition {
    let search = plan.search.as_ref().map(|search| of_search(search, table, backend));
    let filters = plan
        .filters
        .iter()
        .map(|(place, test)| of_test(test, &table.columns[*place], &table.schema.specs()[*place], backend));
    search.into_iter().chain(filters).fold(Condition::all(), Condition::add)
}

/// Something in the row is what was searched for.
fn of_search(search: &SearchPlan, table: &SqlTable, backend: DbBackend) -> Condition {
    let needle = [search.needle.as_str()];
    let phone_needles = phone_needles(search);
    let mut any = Condition::any();
    for (place, (column, spec)) in table.columns.iter().zip(table.schema.specs()).enumerate() {
        if !spec.searchable {
            continue;
        }
        match column {
            SqlColumn::Text(text) => any = any.add(contains_one(text, &needle)),
            SqlColumn::TextAmong(_, sets) => {
                any = sets
                    .iter()
                    .fold(any, |any, set| any.add(found_in(set, &needle, backend)));
            }
            SqlColumn::TextList(list) => any = any.add(found_in_list(list, &needle, backend)),
            SqlColumn::Phone(_) | SqlColumn::OnePhone(_) if phone_needles.is_empty() => {}
            SqlColumn::Phone(list) => any = any.add(found_in_list(list, &phone_needles, backend)),
            SqlColumn::OnePhone(number) => any = any.add(contains_one(number, &phone_needles)),
            SqlColumn::Number(number) => {
                any = any.add_option(search.number.map(|wanted| number.clone().eq(wanted)));
            }
            SqlColumn::Choice(choice) => {
                let wanted = search.choices.iter().find(|(other, _)| *other == place);
                any = any.add_option(wanted.map(|(_, wanted)| is_choice(choice, spec, wanted)));
            }
            SqlColumn::Date(date) => any = any.add_option(search.days.map(|days| of_span(date, days))),
        }
    }
    let texts = table.search_only_texts.iter();
    let lists = table.search_only.iter();
    let sets = table.search_only_sets.iter();
    // Without anything to look at, nothing is found; an empty OR would find everything.
    texts
        .map(|text| contains_one(text, &needle))
        .chain(lists.map(|list| found_in_list(list, &needle, backend)))
        .chain(sets.map(|set| found_in(set, &needle, backend)))
        .fold(any, Condition::add)
        .add(Expr::cust("1 = 0"))
}

/// What to look for in phone numbers. They hold a plus and digits alone, so nothing else is looked for there, and what
/// contains another needle finds nothing more than that one does.
fn phone_needles(search: &SearchPlan) -> Vec<&str> {
    let digits = search.phone_needles.iter().map(String::as_str);
    let all: Vec<&str> = digits
        .chain([search.needle.as_str()])
        .filter(|needle| needle.chars().all(|c| c == '+' || c.is_ascii_digit()))
        .collect();
    let finds_more = |needle: &&str| !all.iter().any(|other| other != needle && needle.contains(other));
    all.iter().copied().filter(finds_more).collect()
}

fn contains_one(text: &Expr, needles: &[&str]) -> Condition {
    needles
        .iter()
        .fold(Condition::any(), |any, needle| any.add(contains(text, needle)))
}

fn found_in_list(list: &SqlList, needles: &[&str], backend: DbBackend) -> Condition {
    match &list.among {
        Some(set) => found_in(set, needles, backend),
        None => exists(list, contains_one(&list.element, needles)),
    }
}

fn found_in(set: &SqlSet, needles: &[&str], backend: DbBackend) -> Condition {
    among(set, |text| contains_one(text, needles), backend)
}

/// What a column must fulfil.
fn of_test(test: &Test, column: &SqlColumn, spec: &ColumnSpec, backend: DbBackend) -> Condition {
    match (column, test) {
        (SqlColumn::Text(text) | SqlColumn::TextAmong(text, _) | SqlColumn::OnePhone(text), Test::Text(test)) => {
            of_text(text, test)
        }
        (SqlColumn::Text(text) | SqlColumn::TextAmong(text, _), Test::IsEmpty) => {
            Condition::any().add(text.clone().is_null()).add(text.clone().eq(""))
        }
        (SqlColumn::OnePhone(number), Test::IsEmpty) => Condition::all().add(number.clone().is_null()),
        (SqlColumn::TextList(list) | SqlColumn::Phone(list), Test::Text(test)) => of_list(list, test, backend),
        (SqlColumn::TextList(list) | SqlColumn::Phone(list), Test::IsEmpty) => exists(list, Condition::all()).not(),
        (SqlColumn::Number(number), Test::Number(condition)) => of_number(number, *condition),
        (SqlColumn::Date(date), Test::Date(span)) => of_span(date, *span),
        (SqlColumn::Choice(choice), Test::Choice(wanted)) => Condition::all().add(is_choice(choice, spec, wanted)),
        // The columns are of the kinds that their schema says, and the plan was made for that schema.
        _ => Condition::all().add(Expr::cust("1 = 0")),
    }
}

fn of_text(text: &Expr, test: &TextTest) -> Condition {
    let found = any_alternative(text, test);
    match test.operator {
        TextOperator::DoesNotContain => Condition::any().add(text.clone().is_null()).add(found.not()),
        _ => found,
    }
}

fn of_list(list: &SqlList, test: &TextTest, backend: DbBackend) -> Condition {
    let found = match &list.among {
        Some(set) => among(set, |text| any_alternative(text, test), backend),
        None => exists(list, any_alternative(&list.element, test)),
    };
    match test.operator {
        TextOperator::DoesNotContain => found.not(),
        _ => found,
    }
}

/// The operator holds for one of the alternatives; for "does not contain": the text contains one of them.
fn any_alternative(text: &Expr, test: &TextTest) -> Condition {
    let holds = |other: &String| match test.operator {
        TextOperator::Contains | TextOperator::DoesNotContain => contains(text, other),
        TextOperator::Equals => text.clone().eq(other.as_str()),
        TextOperator::StartsWith => like(text, &format!("{}%", escaped(other))),
        TextOperator::EndsWith => like(text, &format!("%{}", escaped(other))),
    };
    test.alternatives
        .iter()
        .map(holds)
        .fold(Condition::any(), Condition::add)
}

fn contains(text: &Expr, needle: &str) -> Expr {
    like(text, &format!("%{}%", escaped(needle)))
}

/// SQLite's LIKE takes small and capital ASCII letters for the same; folded texts have no capital ones.
fn like(text: &Expr, pattern: &str) -> Expr {
    text.clone().like(LikeExpr::new(pattern).escape(ESCAPE))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(c);
    }
    pattern
}

/// The list has an element that fulfils the condition.
fn exists(list: &SqlList, condition: Condition) -> Condition {
    let mut rows = list.rows.clone();
    rows.expr(Expr::cust("1")).cond_where(condition);
    Condition::all().add(Expr::exists(rows))
}

/// The row refers to something of the set that has a text for which `holds` holds.
fn among(set: &SqlSet, holds: impl Fn(&Expr) -> Condition, backend: DbBackend) -> Condition {
    let mut found = set.holders.clone();
    found.cond_where(set.texts.iter().map(holds).fold(Condition::any(), Condition::add));
    if let Some((rows, key)) = &set.through {
        let mut rows = rows.clone();
        rows.and_where(key.clone().in_subquery(found));
        found = rows;
    }
    Condition::all().add(is_in(&set.outer, found, backend))
}

/// `value` is among what `found`, which names nothing of the outer query, selects. PostgreSQL makes a hash table of that
/// only if it guesses that it fits into `work_mem`, and looks through all of it for each row otherwise: minutes instead of
/// milliseconds. What comes out of an array it takes for little, and a hash table may grow.
fn is_in(value: &Expr, found: SelectStatement, backend: DbBackend) -> Expr {
    match backend {
        DbBackend::Postgres => {
            let found = Expr::from(SubQueryStatement::from(found));
            Expr::cust_with_exprs("$1 IN (SELECT unnest(ARRAY $2))", [value.clone(), found])
        }
        _ => value.clone().in_subquery(found),
    }
}

fn of_number(number: &Expr, condition: NumberCondition) -> Condition {
    let number = || number.clone();
    Condition::any().add(match condition {
        NumberCondition::Between(low, high) => number().between(low, high),
        NumberCondition::Compare(operator, bound) => match operator {
            NumberOperator::Equal => number().eq(bound),
            NumberOperator::NotEqual => number().is_null().or(number().ne(bound)),
            NumberOperator::Greater => number().gt(bound),
            NumberOperator::GreaterOrEqual => number().gte(bound),
            NumberOperator::Less => number().lt(bound),
            NumberOperator::LessOrEqual => number().lte(bound),
        },
    })
}

/// Missing moments lie in no span, even in one without ends.
fn of_span(date: &Expr, span: InstantSpan) -> Condition {
    let date = || date.clone();
    let from = match span.from {
        Bound::Included(from) => Some(date().gte(from)),
        Bound::Excluded(from) => Some(date().gt(from)),
        Bound::Unbounded => None,
    };
    let to = match span.to {
        Bound::Included(to) => Some(date().lte(to)),
        Bound::Excluded(to) => Some(date().lt(to)),
        Bound::Unbounded => None,
    };
    Condition::all()
        .add(date().is_not_null())
        .add_option(from)
        .add_option(to)
}

fn is_choice(choice: &Expr, spec: &ColumnSpec, wanted: &[usize]) -> Expr {
    let values = wanted
        .iter()
        .filter_map(|place| spec.choices.get(*place))
        .map(|choice| choice.value);
    choice.clone().is_in(values)
}
