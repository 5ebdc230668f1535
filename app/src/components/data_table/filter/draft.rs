//! What stands in the fields of a filter, complete or not.

use chrono::NaiveDate;
use domain::table::{ColumnKind, Condition, DateCondition, NumberCondition, NumberOperator, TextOperator};

use crate::words;

/// How many values an operator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Values {
    None,
    One,
    Two,
}

/// One way to compare, as the operator field offers it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Text(TextOperator),
    IsEmpty,
    Compare(NumberOperator),
    NumberBetween,
    Before,
    After,
    DateBetween,
    LastDays,
    NextDays,
}

const TEXT: [Operator; 6] = [
    Operator::Text(TextOperator::Contains),
    Operator::Text(TextOperator::DoesNotContain),
    Operator::Text(TextOperator::Equals),
    Operator::Text(TextOperator::StartsWith),
    Operator::Text(TextOperator::EndsWith),
    Operator::IsEmpty,
];
const NUMBER: [Operator; 7] = [
    Operator::Compare(NumberOperator::Equal),
    Operator::Compare(NumberOperator::NotEqual),
    Operator::Compare(NumberOperator::Greater),
    Operator::Compare(NumberOperator::GreaterOrEqual),
    Operator::Compare(NumberOperator::Less),
    Operator::Compare(NumberOperator::LessOrEqual),
    Operator::NumberBetween,
];
const DATE: [Operator; 5] = [
    Operator::Before,
    Operator::After,
    Operator::DateBetween,
    Operator::LastDays,
    Operator::NextDays,
];

impl Operator {
    /// What a column of `kind` offers, the usual one first; choices have no operator.
    pub(super) fn of_kind(kind: ColumnKind) -> &'static [Self] {
        match kind {
            ColumnKind::Text | ColumnKind::TextList | ColumnKind::Phone => &TEXT,
            ColumnKind::Number => &NUMBER,
            ColumnKind::Date => &DATE,
            ColumnKind::Choice => &[],
        }
    }

    pub(super) fn values(self) -> Values {
        match self {
            Self::IsEmpty => Values::None,
            Self::NumberBetween | Self::DateBetween => Values::Two,
            _ => Values::One,
        }
    }

    pub(super) fn label(self) -> &'static str {
        match self {
            Self::Text(operator) => words::filter::text_operator(operator),
            Self::IsEmpty => words::filter::IS_EMPTY,
            Self::Compare(operator) => words::filter::number_operator(operator),
            Self::NumberBetween | Self::DateBetween => words::filter::BETWEEN,
            Self::Before => words::filter::BEFORE,
            Self::After => words::filter::AFTER,
            Self::LastDays => words::filter::LAST_DAYS,
            Self::NextDays => words::filter::NEXT_DAYS,
        }
    }

    /// The `type` of the input for its values.
    pub(super) fn input_type(self) -> &'static str {
        match self {
            Self::Text(_) | Self::IsEmpty => "text",
            Self::Compare(_) | Self::NumberBetween | Self::LastDays | Self::NextDays => "number",
            Self::Before | Self::After | Self::DateBetween => "date",
        }
    }

    fn of(condition: &Condition) -> Option<Self> {
        match condition {
            Condition::Text(operator, _) => Some(Self::Text(*operator)),
            Condition::IsEmpty => Some(Self::IsEmpty),
            Condition::Number(NumberCondition::Compare(operator, _)) => Some(Self::Compare(*operator)),
            Condition::Number(NumberCondition::Between(..)) => Some(Self::NumberBetween),
            Condition::Date(DateCondition::Before(_)) => Some(Self::Before),
            Condition::Date(DateCondition::After(_)) => Some(Self::After),
            Condition::Date(DateCondition::Between(..)) => Some(Self::DateBetween),
            Condition::Date(DateCondition::LastDays(_)) => Some(Self::LastDays),
            Condition::Date(DateCondition::NextDays(_)) => Some(Self::NextDays),
            Condition::Choice(_) => None,
        }
    }
}

/// The fields of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    /// Which of [`Operator::of_kind`].
    pub(super) operator: usize,
    pub(super) first: String,
    pub(super) second: String,
    /// The chosen words of a choice column.
    pub(super) chosen: Vec<String>,
}

impl Draft {
    /// The fields that show `condition`.
    pub(super) fn of(kind: ColumnKind, condition: Option<&Condition>) -> Self {
        let Some(condition) = condition else {
            return Self::default();
        };
        let operators = Operator::of_kind(kind);
        let operator = Operator::of(condition)
            .and_then(|operator| operators.iter().position(|other| *other == operator))
            .unwrap_or_default();
        let (first, second) = match condition {
            Condition::Text(_, text) => (text.clone(), String::new()),
            Condition::Number(NumberCondition::Compare(_, number)) => (number.to_string(), String::new()),
            Condition::Number(NumberCondition::Between(low, high)) => (low.to_string(), high.to_string()),
            Condition::Date(DateCondition::Before(day) | DateCondition::After(day)) => (day.to_string(), String::new()),
            Condition::Date(DateCondition::Between(from, to)) => (from.to_string(), to.to_string()),
            Condition::Date(DateCondition::LastDays(days) | DateCondition::NextDays(days)) => {
                (days.to_string(), String::new())
            }
            Condition::IsEmpty | Condition::Choice(_) => Default::default(),
        };
        let chosen = match condition {
            Condition::Choice(chosen) => chosen.clone(),
            _ => Vec::new(),
        };
        Self {
            operator,
            first,
            second,
            chosen,
        }
    }

    /// The condition the fields make; none while they are not complete.
    pub(super) fn condition(&self, kind: ColumnKind) -> Option<Condition> {
        let Some(operator) = Operator::of_kind(kind).get(self.operator) else {
            return (!self.chosen.is_empty()).then(|| Condition::Choice(self.chosen.clone()));
        };
        let first = self.first.trim();
        let number = |text: &str| text.trim().parse::<i64>().ok();
        let day = |text: &str| text.trim().parse::<NaiveDate>().ok();
        match operator {
            Operator::Text(operator) => (!first.is_empty()).then(|| Condition::Text(*operator, first.to_owned())),
            Operator::IsEmpty => Some(Condition::IsEmpty),
            Operator::Compare(operator) => Some(Condition::Number(NumberCondition::Compare(*operator, number(first)?))),
            Operator::NumberBetween => Some(Condition::Number(NumberCondition::Between(
                number(first)?,
                number(&self.second)?,
            ))),
            Operator::Before => Some(Condition::Date(DateCondition::Before(day(first)?))),
            Operator::After => Some(Condition::Date(DateCondition::After(day(first)?))),
            Operator::DateBetween => Some(Condition::Date(DateCondition::Between(day(first)?, day(&self.second)?))),
            Operator::LastDays => Some(Condition::Date(DateCondition::LastDays(first.parse().ok()?))),
            Operator::NextDays => Some(Condition::Date(DateCondition::NextDays(first.parse().ok()?))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn round_trip(kind: ColumnKind, condition: Condition) {
        assert_eq!(Draft::of(kind, Some(&condition)).condition(kind), Some(condition));
    }

    #[test]
    fn every_condition_can_be_shown_and_read_back() {
        let day: NaiveDate = "2026-11-23".parse().unwrap();
        for operator in TextOperator::ALL {
            round_trip(ColumnKind::Text, Condition::Text(operator, "ada".to_owned()));
        }
        round_trip(ColumnKind::Phone, Condition::IsEmpty);
        for operator in NumberOperator::ALL {
            round_trip(
                ColumnKind::Number,
                Condition::Number(NumberCondition::Compare(operator, -3)),
            );
        }
        round_trip(ColumnKind::Number, Condition::Number(NumberCondition::Between(1, 9)));
        for condition in [
            DateCondition::Before(day),
            DateCondition::After(day),
            DateCondition::Between(day, day),
            DateCondition::LastDays(7),
            DateCondition::NextDays(7),
        ] {
            round_trip(ColumnKind::Date, Condition::Date(condition));
        }
        round_trip(ColumnKind::Choice, Condition::Choice(vec!["expired".to_owned()]));
    }

    #[test]
    fn incomplete_fields_make_no_condition() {
        for kind in [
            ColumnKind::Text,
            ColumnKind::Number,
            ColumnKind::Date,
            ColumnKind::Choice,
        ] {
            assert_eq!(Draft::default().condition(kind), None);
        }
        let half = Draft {
            operator: 6,
            first: "3".to_owned(),
            ..Draft::default()
        };
        assert_eq!(half.condition(ColumnKind::Number), None);
    }
}
