//! Requests to subscribe a domain again: an enterprise files one, its provider answers it.

mod list;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

pub use self::list::{FILED_BY_SYSTEM, NOT_ANSWERED, RequestRow, TABLE};
use crate::{
    error::FieldError,
    ids::ResubscriptionRequestId,
    text::{TextError, one_line},
};

/// The most characters of an answer.
pub const ANSWER_MAX: usize = 300;

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RequestState {
    /// The provider has not answered yet.
    Open,
    /// The provider has done what was asked for.
    Done,
    /// The provider does not do it.
    Declined,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Open, Self::Done, Self::Declined];

    /// The stored and transmitted form.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// Reads the stored form.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }
}

/// A request, as the enterprise sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResubscriptionRequest {
    /// Its id.
    pub id: ResubscriptionRequestId,
    /// What became of it.
    pub state: RequestState,
    /// The name of who filed it; none when the system did.
    pub requested_by: Option<String>,
    /// When it was filed.
    #[serde(with = "crate::moment")]
    pub requested_at: DateTime<Utc>,
    /// What the provider says about it.
    pub answer: Option<String>,
    /// When the provider answered; none while it is open.
    #[serde(default, with = "crate::moment")]
    pub answered_at: Option<DateTime<Utc>>,
}

/// What the provider answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It is done.
    Done,
    /// It is not going to be done.
    Declined,
}

impl Verdict {
    /// The state of a request that is answered so.
    #[must_use]
    pub fn state(self) -> RequestState {
        match self {
            Self::Done => RequestState::Done,
            Self::Declined => RequestState::Declined,
        }
    }
}

/// The provider's answer as its form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestAnswerInput {
    /// What is answered.
    pub verdict: Verdict,
    /// What to say about it: one line, at most [`ANSWER_MAX`] characters. Whoever declines has to say why.
    pub text: String,
}

/// A checked answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestAnswer {
    /// What is answered.
    pub verdict: Verdict,
    /// What is said about it; never none of a request that is declined.
    pub text: Option<String>,
}

impl RequestAnswerInput {
    /// The answer, if it follows the rules.
    ///
    /// # Errors
    /// Every broken rule.
    pub fn check(&self) -> Result<RequestAnswer, Vec<FieldError>> {
        let text = match one_line(&self.text, ANSWER_MAX) {
            Ok(text) => Some(text),
            Err(TextError::Empty) if self.verdict == Verdict::Done => None,
            Err(TextError::Empty) => return Err(at_text("Say why, so that the enterprise knows what to do.")),
            Err(error) => return Err(at_text(format!("The answer {error}."))),
        };
        Ok(RequestAnswer {
            verdict: self.verdict,
            text,
        })
    }
}

fn at_text(message: impl Into<String>) -> Vec<FieldError> {
    vec![FieldError::new("text", message)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(Verdict::Done, "", Ok(None))]
    #[case(Verdict::Done, "  Renewed for a year ", Ok(Some("Renewed for a year")))]
    #[case(Verdict::Declined, "The contract has ended", Ok(Some("The contract has ended")))]
    #[case(Verdict::Declined, "   ", Err("Say why, so that the enterprise knows what to do."))]
    #[case(
        Verdict::Done,
        "two\nlines",
        Err("The answer contains a character that cannot be shown.")
    )]
    fn whoever_declines_says_why(
        #[case] verdict: Verdict,
        #[case] text: &str,
        #[case] expected: Result<Option<&str>, &str>,
    ) {
        let input = RequestAnswerInput {
            verdict,
            text: text.to_owned(),
        };
        let answer = input.check();
        match expected {
            Ok(text) => assert_eq!(answer.unwrap().text.as_deref(), text),
            Err(message) => assert_eq!(answer, Err(vec![FieldError::new("text", message)])),
        }
    }

    #[test]
    fn an_answer_has_an_end() {
        let text = |characters| RequestAnswerInput {
            verdict: Verdict::Done,
            text: "x".repeat(characters),
        };
        assert!(text(ANSWER_MAX).check().is_ok());
        assert!(text(ANSWER_MAX + 1).check().is_err());
    }

    #[test]
    fn states_are_read_back() {
        for state in RequestState::ALL {
            assert_eq!(RequestState::parse(state.as_str()), Some(state));
        }
    }
}
