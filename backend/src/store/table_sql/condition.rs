//! Which rows match, as SQL conditions.

use std::ops::Bound;

use domain::table::{
    ColumnSpec, InstantSpan, NumberCondition, NumberOperator, Plan, SearchPlan, Test, TextOperator, TextTest,
};
use sea_orm::sea_query::{Condition, Expr, ExprTrait, LikeExpr};

use super::{SqlColumn, SqlList, SqlTable};

/// Escapes `%`, `_` and itself in patterns. Not the backslash, which PostgreSQL and drivers may read once more.
const ESCAPE: char = '!';

/// What a row must fulfil to match.
pub(super) fn of_plan(plan: &Plan, table: &SqlTable) -> Condition {
    let search = plan.search.as_ref().map(|search| of_search(search, table));
    let filters = plan
        .filters
        .iter()
        .map(|(place, test)| of_test(test, &table.columns[*place], &table.schema.specs()[*place]));
    search.into_iter().chain(filters).fold(Condition::all(), Condition::add)
}

/// Something in the row is what was searched for.
fn of_search(search: &SearchPlan, table: &SqlTable) -> Condition {
    let texts = |needles: &[&str], text: &Expr| {
        needles
            .iter()
            .fold(Condition::any(), |any, needle| any.add(contains(text, needle)))
    };
    let needle = search.needle.as_str();
    let mut any = Condition::any();
    for (place, (column, spec)) in table.columns.iter().zip(table.schema.specs()).enumerate() {
        if !spec.searchable {
            continue;
        }
        match column {
            SqlColumn::Text(text) => any = any.add(contains(text, needle)),
            SqlColumn::TextList(list) => any = any.add(exists(list, texts(&[needle], &list.element))),
            SqlColumn::Phone(list) => {
                let digits = search.phone_needles.iter().map(String::as_str);
                let needles: Vec<&str> = digits.chain([needle]).collect();
                any = any.add(exists(list, texts(&needles, &list.element)));
            }
            SqlColumn::OnePhone(number) => {
                let digits = search.phone_needles.iter().map(String::as_str);
                let needles: Vec<&str> = digits.chain([needle]).collect();
                any = any.add(texts(&needles, number));
            }
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
    for text in &table.search_only_texts {
        any = any.add(contains(text, needle));
    }
    // Without anything to look at, nothing is found; an empty OR would find everything.
    table
        .search_only
        .iter()
        .fold(any, |any, list| any.add(exists(list, texts(&[needle], &list.element))))
        .add(Expr::cust("1 = 0"))
}

/// What a column must fulfil.
fn of_test(test: &Test, column: &SqlColumn, spec: &ColumnSpec) -> Condition {
    match (column, test) {
        (SqlColumn::Text(text) | SqlColumn::OnePhone(text), Test::Text(test)) => of_text(text, test),
        (SqlColumn::Text(text), Test::IsEmpty) => Condition::any().add(text.clone().is_null()).add(text.clone().eq("")),
        (SqlColumn::OnePhone(number), Test::IsEmpty) => Condition::all().add(number.clone().is_null()),
        (SqlColumn::TextList(list) | SqlColumn::Phone(list), Test::Text(test)) => of_list(list, test),
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

fn of_list(list: &SqlList, test: &TextTest) -> Condition {
    let found = exists(list, any_alternative(&list.element, test));
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
