//! Conditions on one column.

use chrono::NaiveDate;

/// What a column's value must fulfil for its row to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// On texts, lists of texts and phone numbers.
    Text(TextOperator, String),
    /// On texts, lists of texts and phone numbers: there is none, or it is an empty text.
    IsEmpty,
    /// On numbers.
    Number(NumberCondition),
    /// On dates.
    Date(DateCondition),
    /// On choices: the value is one of these.
    Choice(Vec<String>),
}

/// How a text is compared; both sides are folded first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextOperator {
    /// The text stands somewhere in the value.
    #[default]
    Contains,
    /// The text stands nowhere in the value; true for missing values.
    DoesNotContain,
    /// The value is the text.
    Equals,
    /// The value begins with the text.
    StartsWith,
    /// The value ends with the text.
    EndsWith,
}

impl TextOperator {
    /// Every operator, the default first.
    pub const ALL: [Self; 5] = [
        Self::Contains,
        Self::DoesNotContain,
        Self::Equals,
        Self::StartsWith,
        Self::EndsWith,
    ];
}

/// How a number is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberOperator {
    /// =
    Equal,
    /// ≠; true for missing values, which are no number at all.
    NotEqual,
    /// >
    Greater,
    /// ≥
    GreaterOrEqual,
    /// <
    Less,
    /// ≤
    LessOrEqual,
}

impl NumberOperator {
    /// Every operator.
    pub const ALL: [Self; 6] = [
        Self::Equal,
        Self::NotEqual,
        Self::Greater,
        Self::GreaterOrEqual,
        Self::Less,
        Self::LessOrEqual,
    ];
}

/// What a number must fulfil.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NumberCondition {
    /// Compared with one number.
    Compare(NumberOperator, i64),
    /// Not below the first and not above the second number.
    Between(i64, i64),
}

impl NumberCondition {
    /// Whether a value, or a missing one, fulfils it.
    #[must_use]
    pub fn holds(self, value: Option<i64>) -> bool {
        match (self, value) {
            (Self::Compare(NumberOperator::NotEqual, bound), value) => value != Some(bound),
            (_, None) => false,
            (Self::Between(low, high), Some(value)) => (low..=high).contains(&value),
            (Self::Compare(operator, bound), Some(value)) => match operator {
                NumberOperator::Equal => value == bound,
                NumberOperator::NotEqual => value != bound,
                NumberOperator::Greater => value > bound,
                NumberOperator::GreaterOrEqual => value >= bound,
                NumberOperator::Less => value < bound,
                NumberOperator::LessOrEqual => value <= bound,
            },
        }
    }
}

/// What a moment must fulfil. Days are days of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateCondition {
    /// Before the day begins.
    Before(NaiveDate),
    /// After the day has ended.
    After(NaiveDate),
    /// From the beginning of the first day to the end of the second.
    Between(NaiveDate, NaiveDate),
    /// Not in the future, and at most this many times 24 hours ago.
    LastDays(u32),
    /// In the future, and at most this many times 24 hours ahead.
    NextDays(u32),
}
