//! The values of one column of all rows, ready to be tested and sorted.

use chrono::{DateTime, Utc};

use super::{
    condition::TextOperator,
    finder::Finder,
    fold::fold,
    plan::{Test, TextTest},
    schema::{ColumnKind, ColumnSpec},
    value::Value,
};

/// The values of one column.
#[derive(Debug)]
pub(super) enum Column {
    /// Texts, lists of texts, phone numbers: a text is a list of one.
    Texts(Texts),
    Numbers(Vec<Option<i64>>),
    Dates(Vec<Option<DateTime<Utc>>>),
    /// Places in [`ColumnSpec::choices`].
    Choices(Vec<Option<usize>>),
}

impl Column {
    pub(super) fn of(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text | ColumnKind::TextList | ColumnKind::Phone => Self::Texts(Texts::default()),
            ColumnKind::Number => Self::Numbers(Vec::new()),
            ColumnKind::Date => Self::Dates(Vec::new()),
            ColumnKind::Choice => Self::Choices(Vec::new()),
        }
    }

    /// Adds a row.
    pub(super) fn push(&mut self, spec: &ColumnSpec, value: Value<'_>) {
        match (self, value) {
            (Self::Texts(texts), Value::Text(text)) if spec.kind == ColumnKind::Text => texts.push(vec![fold(&text)]),
            (Self::Texts(texts), Value::List(elements)) if spec.kind != ColumnKind::Text => {
                texts.push(elements.iter().map(|text| fold(text)).collect());
            }
            (Self::Numbers(numbers), Value::Number(number)) => numbers.push(Some(number)),
            (Self::Dates(dates), Value::Date(date)) => dates.push(Some(date)),
            (Self::Choices(choices), Value::Text(value)) => choices.push(spec.choice_position(&value)),
            (column, value) => {
                debug_assert_eq!(value, Value::Missing, "does not fit the kind of the column {}", spec.id);
                column.push_missing();
            }
        }
    }

    fn push_missing(&mut self) {
        match self {
            Self::Texts(texts) => texts.push(Vec::new()),
            Self::Numbers(numbers) => numbers.push(None),
            Self::Dates(dates) => dates.push(None),
            Self::Choices(choices) => choices.push(None),
        }
    }

    /// Takes from `keep` the rows that fail the test.
    pub(super) fn retain(&self, spec: &ColumnSpec, test: &Test, keep: &mut [bool]) {
        match (self, test) {
            (Self::Texts(texts), Test::Text(test)) => {
                let holds = TextHolds::new(test);
                retain(keep, |row| holds.in_row(texts.row(row)));
            }
            (Self::Texts(texts), Test::IsEmpty) => {
                let is_text = spec.kind == ColumnKind::Text;
                retain(keep, |row| texts.row(row).all(|text| is_text && text.is_empty()));
            }
            (Self::Numbers(numbers), Test::Number(condition)) => retain(keep, |row| condition.holds(numbers[row])),
            (Self::Dates(dates), Test::Date(span)) => {
                retain(keep, |row| dates[row].is_some_and(|date| span.contains(date)));
            }
            (Self::Choices(choices), Test::Choice(places)) => {
                retain(keep, |row| choices[row].is_some_and(|place| places.contains(&place)));
            }
            // A plan is made for the schema that the columns were made for, so their kinds agree.
            _ => retain(keep, |_| false),
        }
    }

    /// For each row a number that sorts like its value: equal for equal values, 0 for a missing one.
    pub(super) fn ranks(&self) -> Vec<u32> {
        match self {
            Self::Texts(texts) => ranks((0..texts.rows()).map(|row| texts.row(row).next())),
            Self::Numbers(numbers) => ranks(numbers.iter().copied()),
            Self::Dates(dates) => ranks(dates.iter().copied()),
            Self::Choices(choices) => ranks(choices.iter().copied()),
        }
    }
}

fn retain(keep: &mut [bool], holds: impl Fn(usize) -> bool) {
    for (row, keep) in keep.iter_mut().enumerate() {
        *keep = *keep && holds(row);
    }
}

fn ranks<V: Ord>(values: impl Iterator<Item = Option<V>>) -> Vec<u32> {
    let mut sorted: Vec<(Option<V>, u32)> = values.zip(0..).collect();
    sorted.sort_unstable();
    let mut ranks = vec![0; sorted.len()];
    let mut rank = 0;
    let mut previous: &Option<V> = &None;
    for (value, row) in &sorted {
        rank += u32::from(value != previous);
        previous = value;
        ranks[*row as usize] = rank;
    }
    ranks
}

/// Lists of folded texts, one list for each row, all in one piece.
#[derive(Debug, Default)]
pub(super) struct Texts {
    text: String,
    /// Where each element ends in the text.
    element_ends: Vec<usize>,
    /// Where each row ends in the elements.
    row_ends: Vec<usize>,
}

impl Texts {
    fn push(&mut self, mut elements: Vec<String>) {
        elements.sort_unstable();
        for element in &elements {
            self.text.push_str(element);
            self.element_ends.push(self.text.len());
        }
        self.row_ends.push(self.element_ends.len());
    }

    fn rows(&self) -> usize {
        self.row_ends.len()
    }

    /// The elements of a row, ascending.
    pub(super) fn row(&self, row: usize) -> impl Iterator<Item = &str> {
        let begin = |ends: &[usize], place: usize| if place == 0 { 0 } else { ends[place - 1] };
        (begin(&self.row_ends, row)..self.row_ends[row])
            .map(move |element| &self.text[begin(&self.element_ends, element)..self.element_ends[element]])
    }
}

/// A [`TextTest`] prepared for many texts.
struct TextHolds<'t> {
    test: &'t TextTest,
    finders: Vec<Finder<'t>>,
}

impl<'t> TextHolds<'t> {
    fn new(test: &'t TextTest) -> Self {
        let finders = test.alternatives.iter().map(|needle| Finder::new(needle)).collect();
        Self { test, finders }
    }

    fn in_row<'r>(&self, mut elements: impl Iterator<Item = &'r str>) -> bool {
        let contains = |text: &str| self.finders.iter().any(|finder| finder.is_in(text));
        let any = |holds: fn(&str, &str) -> bool| {
            move |text: &str| self.test.alternatives.iter().any(|other| holds(text, other))
        };
        match self.test.operator {
            TextOperator::Contains => elements.any(contains),
            TextOperator::DoesNotContain => !elements.any(contains),
            TextOperator::Equals => elements.any(any(|text, other| text == other)),
            TextOperator::StartsWith => elements.any(any(|text, other| text.starts_with(other))),
            TextOperator::EndsWith => elements.any(any(|text, other| text.ends_with(other))),
        }
    }
}
