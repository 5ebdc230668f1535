//! Column filters.

use domain::table::{ChoiceOption, Condition, DateCondition, NumberCondition, NumberOperator, TextOperator};

/// Name of the list of active filters.
pub const ACTIVE: &str = "Active filters";
/// Label of the operator field.
pub const OPERATOR: &str = "Condition";
/// Label of the second value of "between".
pub const AND: &str = "and";
/// Clears one column's filter.
pub const CLEAR: &str = "Clear";
/// Closes the popover.
pub const DONE: &str = "Done";

/// Says which dates can be compared with.
pub const WANTS_DATE: &str = "Enter a date with a year from 1 to 9998.";
/// Says which numbers of days can be compared with.
pub const WANTS_DAYS: &str = "Enter a whole number of days from 1 to 36,500.";
/// Says which numbers can be compared with.
pub const WANTS_NUMBER: &str = "Enter a whole number.";

/// "is empty".
pub const IS_EMPTY: &str = "is empty";
/// Between two numbers or days.
pub const BETWEEN: &str = "is between";
/// Before a day.
pub const BEFORE: &str = "is before";
/// After a day.
pub const AFTER: &str = "is after";
/// In the last N days.
pub const LAST_DAYS: &str = "is in the last days";
/// In the next N days.
pub const NEXT_DAYS: &str = "is in the next days";

/// Name of a column's filter button.
#[must_use]
pub fn button(heading: &str) -> String {
    format!("Filter {heading}")
}

/// The same while a filter is active.
#[must_use]
pub fn button_active(heading: &str, condition: &str) -> String {
    format!("Filter {heading}, active: {condition}")
}

/// Heading of the popover.
#[must_use]
pub fn title(heading: &str) -> String {
    format!("Filter by {heading}")
}

/// Label of the value field.
#[must_use]
pub fn value(heading: &str) -> String {
    format!("{heading} value")
}

/// Name of the X of a chip.
#[must_use]
pub fn remove(filter: &str) -> String {
    format!("Remove filter {filter}")
}

/// A way to compare texts.
#[must_use]
pub fn text_operator(operator: TextOperator) -> &'static str {
    match operator {
        TextOperator::Contains => "contains",
        TextOperator::DoesNotContain => "does not contain",
        TextOperator::Equals => "equals",
        TextOperator::StartsWith => "starts with",
        TextOperator::EndsWith => "ends with",
    }
}

/// A way to compare numbers.
#[must_use]
pub fn number_operator(operator: NumberOperator) -> &'static str {
    match operator {
        NumberOperator::Equal => "equals",
        NumberOperator::NotEqual => "does not equal",
        NumberOperator::Greater => "is greater than",
        NumberOperator::GreaterOrEqual => "is greater than or equal to",
        NumberOperator::Less => "is less than",
        NumberOperator::LessOrEqual => "is less than or equal to",
    }
}

/// A condition in words, to follow the column's heading.
#[must_use]
pub fn condition(condition: &Condition, choices: &[ChoiceOption]) -> String {
    match condition {
        Condition::Text(operator, text) => format!("{} “{text}”", text_operator(*operator)),
        Condition::IsEmpty => IS_EMPTY.to_owned(),
        Condition::Number(NumberCondition::Compare(operator, number)) => {
            format!("{} {number}", number_operator(*operator))
        }
        Condition::Number(NumberCondition::Between(low, high)) => format!("{BETWEEN} {low} and {high}"),
        Condition::Date(DateCondition::Before(day)) => format!("{BEFORE} {day}"),
        Condition::Date(DateCondition::After(day)) => format!("{AFTER} {day}"),
        Condition::Date(DateCondition::Between(from, to)) => format!("{BETWEEN} {from} and {to}"),
        Condition::Date(DateCondition::LastDays(days)) => format!("is in the last {days} days"),
        Condition::Date(DateCondition::NextDays(days)) => format!("is in the next {days} days"),
        Condition::Choice(chosen) => {
            let label = |value: &String| {
                choices
                    .iter()
                    .find(|choice| choice.value == value)
                    .map_or(value.as_str(), |choice| choice.label)
                    .to_owned()
            };
            format!("is {}", chosen.iter().map(label).collect::<Vec<_>>().join(" or "))
        }
    }
}
