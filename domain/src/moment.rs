//! How moments are written: for people and scripts as text (RFC 3339), in binary formats as seconds and nanoseconds, so that
//! browsers need not read dates. For `#[serde(with = "domain::moment")]`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::DeserializeOwned, de::Error};

/// A moment, or one that may be missing.
pub trait Moment: Serialize + DeserializeOwned {
    /// What stands for it in binary formats.
    type Parts: Serialize + DeserializeOwned;

    /// What stands for this one.
    fn parts(&self) -> Self::Parts;

    /// The moment that `parts` stand for, if there is one.
    fn from_parts(parts: Self::Parts) -> Option<Self>;
}

impl Moment for DateTime<Utc> {
    type Parts = (i64, u32);

    fn parts(&self) -> Self::Parts {
        (self.timestamp(), self.timestamp_subsec_nanos())
    }

    fn from_parts((seconds, nanoseconds): Self::Parts) -> Option<Self> {
        Self::from_timestamp(seconds, nanoseconds)
    }
}

impl<T: Moment> Moment for Option<T> {
    type Parts = Option<T::Parts>;

    fn parts(&self) -> Self::Parts {
        self.as_ref().map(T::parts)
    }

    fn from_parts(parts: Self::Parts) -> Option<Self> {
        match parts {
            Some(parts) => T::from_parts(parts).map(Some),
            None => Some(None),
        }
    }
}

/// Writes a moment.
///
/// # Errors
/// What the serializer refuses.
pub fn serialize<T: Moment, S: Serializer>(at: &T, serializer: S) -> Result<S::Ok, S::Error> {
    if serializer.is_human_readable() {
        at.serialize(serializer)
    } else {
        at.parts().serialize(serializer)
    }
}

/// Reads a moment.
///
/// # Errors
/// It is none.
pub fn deserialize<'de, T: Moment, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if deserializer.is_human_readable() {
        T::deserialize(deserializer)
    } else {
        T::from_parts(T::Parts::deserialize(deserializer)?).ok_or_else(|| D::Error::custom("is no moment"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tests::assert_travels;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Visit {
        #[serde(with = "crate::moment")]
        from: DateTime<Utc>,
        #[serde(default, with = "crate::moment")]
        until: Option<DateTime<Utc>>,
    }

    fn at(seconds: i64, nanoseconds: u32) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, nanoseconds).unwrap()
    }

    #[test]
    fn moments_travel_to_the_nanosecond() {
        for (from, until) in [
            (at(1_700_000_000, 123_456_789), Some(at(-1, 999_999_999))),
            (DateTime::UNIX_EPOCH, None),
        ] {
            assert_travels(&Visit { from, until });
        }
    }

    #[test]
    fn people_read_them_as_text_and_may_leave_one_out() {
        let from = at(0, 500_000_000);
        let visit = Visit { from, until: None };
        let json = serde_json::to_string(&visit).unwrap();
        assert_eq!(json, r#"{"from":"1970-01-01T00:00:00.500Z","until":null}"#);
        let again: Visit = serde_json::from_str(r#"{"from":"1970-01-01T00:00:00.500Z"}"#).unwrap();
        assert_eq!(again, visit);
    }

    #[test]
    fn what_is_no_moment_is_refused() {
        let bytes = postcard::to_allocvec(&(i64::MAX, 0_u32, None::<(i64, u32)>)).unwrap();
        assert!(postcard::from_bytes::<Visit>(&bytes).is_err());
    }
}
