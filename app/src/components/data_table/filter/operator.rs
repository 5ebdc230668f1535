//! The ways to compare that a filter offers.

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

    /// What to say of a value that cannot be used.
    pub(super) fn wanted(self) -> Option<&'static str> {
        match self {
            Self::Text(_) | Self::IsEmpty => None,
            Self::Compare(_) | Self::NumberBetween => Some(words::filter::WANTS_NUMBER),
            Self::Before | Self::After | Self::DateBetween => Some(words::filter::WANTS_DATE),
            Self::LastDays | Self::NextDays => Some(words::filter::WANTS_DAYS),
        }
    }

    /// The one that `condition` uses; none for choices.
    pub(super) fn of(condition: &Condition) -> Option<Self> {
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
