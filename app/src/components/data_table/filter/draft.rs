//! What stands in the fields of a filter, complete or not.

use domain::table::{ColumnKind, ColumnSpec, Condition, DateCondition, NumberCondition, read_day};

use super::operator::{Operator, Values};

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

    /// Takes another operator. Values of another kind go with the old one: a number field cannot hold a date.
    pub(super) fn choose(&mut self, kind: ColumnKind, operator: usize) {
        let operators = Operator::of_kind(kind);
        let input_type = |index: usize| operators.get(index).map(|operator| operator.input_type());
        if input_type(self.operator) != input_type(operator) {
            self.first.clear();
            self.second.clear();
        }
        self.operator = operator;
    }

    /// The condition the fields make, if they are complete and the column can answer it.
    pub(super) fn usable(&self, spec: &ColumnSpec) -> Option<Condition> {
        self.condition(spec.kind).filter(|condition| spec.takes(condition))
    }

    /// What is wrong with `value` in a field of the filter; nothing while it is empty.
    pub(super) fn problem(&self, spec: &ColumnSpec, value: &str) -> Option<&'static str> {
        let operator = Operator::of_kind(spec.kind).get(self.operator)?;
        // As if it stood in both fields, so that the other one does not matter.
        let alone = Self {
            first: value.to_owned(),
            second: value.to_owned(),
            ..self.clone()
        };
        let wrong = !value.trim().is_empty() && alone.usable(spec).is_none();
        operator.wanted().filter(|_| wrong)
    }

    /// Whether something is wrong with a value that counts.
    pub(super) fn has_problem(&self, spec: &ColumnSpec) -> bool {
        let values = Operator::of_kind(spec.kind)
            .get(self.operator)
            .map(|operator| operator.values());
        let wrong = |value: &str| self.problem(spec, value).is_some();
        match values {
            None | Some(Values::None) => false,
            Some(Values::One) => wrong(&self.first),
            Some(Values::Two) => wrong(&self.first) || wrong(&self.second),
        }
    }

    /// The condition the fields make; none while they are not complete.
    fn condition(&self, kind: ColumnKind) -> Option<Condition> {
        let Some(operator) = Operator::of_kind(kind).get(self.operator) else {
            return (!self.chosen.is_empty()).then(|| Condition::Choice(self.chosen.clone()));
        };
        let first = self.first.trim();
        let number = |text: &str| text.trim().parse::<i64>().ok();
        let day = |text: &str| read_day(text.trim());
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
    use domain::table::{NumberOperator, TextOperator};

    use super::*;
    use crate::words::filter::{WANTS_DATE, WANTS_DAYS, WANTS_NUMBER};

    fn round_trip(kind: ColumnKind, condition: Condition) {
        assert_eq!(Draft::of(kind, Some(&condition)).condition(kind), Some(condition));
    }

    #[test]
    fn every_condition_can_be_shown_and_read_back() {
        let day = read_day("2026-11-23").unwrap();
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

    fn place(kind: ColumnKind, operator: Operator) -> usize {
        Operator::of_kind(kind)
            .iter()
            .position(|other| *other == operator)
            .unwrap()
    }

    #[test]
    fn another_operator_keeps_values_of_its_own_kind_only() {
        let mut draft = Draft {
            operator: place(ColumnKind::Date, Operator::Before),
            first: "2026-11-23".to_owned(),
            ..Draft::default()
        };
        draft.choose(ColumnKind::Date, place(ColumnKind::Date, Operator::After));
        assert_eq!(draft.first, "2026-11-23");
        draft.choose(ColumnKind::Date, place(ColumnKind::Date, Operator::LastDays));
        assert_eq!(draft.first, "");
        draft.first = "7".to_owned();
        draft.choose(ColumnKind::Date, place(ColumnKind::Date, Operator::NextDays));
        assert_eq!(draft.first, "7");
    }

    #[test]
    fn a_value_that_cannot_be_used_is_told_apart_from_none() {
        const DATE: ColumnSpec = ColumnSpec::date("expires_at");
        const NUMBER: ColumnSpec = ColumnSpec::number("members");
        for (spec, operator, value, problem) in [
            (DATE, Operator::Before, "", None),
            (DATE, Operator::Before, "9998-12-31", None),
            (DATE, Operator::Before, "9999-01-01", Some(WANTS_DATE)),
            (DATE, Operator::DateBetween, "12026-01-01", Some(WANTS_DATE)),
            (DATE, Operator::LastDays, "36500", None),
            (DATE, Operator::LastDays, "36501", Some(WANTS_DAYS)),
            (DATE, Operator::NextDays, "0", Some(WANTS_DAYS)),
            (NUMBER, Operator::NumberBetween, "-3", None),
            (NUMBER, Operator::NumberBetween, "1.5", Some(WANTS_NUMBER)),
        ] {
            let draft = Draft {
                operator: place(spec.kind, operator),
                first: value.to_owned(),
                ..Draft::default()
            };
            assert_eq!(draft.problem(&spec, value), problem, "{operator:?} {value}");
            assert_eq!(draft.has_problem(&spec), problem.is_some(), "{operator:?} {value}");
        }
    }
}
