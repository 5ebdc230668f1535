//! What the API answers, read with patience: numbers may be texts, lists may be single objects.

use serde_json::Value;

use super::dates;
use crate::carriers::{CarrierError, RemoteNumber, RemoteSubscription};

/// A list of subscriptions; a single one counts as a list of one.
///
/// # Errors
/// [`CarrierError::Protocol`] when it is anything else, or one of them has no id: half a list is none.
pub(super) fn list_of(answer: Value) -> Result<Vec<RemoteSubscription>, CarrierError> {
    match answer {
        Value::Array(rows) => rows.iter().map(subscription).collect(),
        one @ Value::Object(_) => Ok(vec![subscription(&one)?]),
        _ => Err(CarrierError::Protocol),
    }
}

fn subscription(row: &Value) -> Result<RemoteSubscription, CarrierError> {
    let text = |name: &str| row[name].as_str().unwrap_or_default().to_owned();
    let date = |name: &str| row[name].as_str().and_then(dates::read);
    let id = match &row["id"] {
        Value::String(id) if !id.is_empty() => id.clone(),
        Value::Number(id) => id.to_string(),
        _ => return Err(CarrierError::Protocol),
    };
    Ok(RemoteSubscription {
        id,
        domain: text("domain"),
        model: text("model"),
        post_url: text("post-url"),
        active: row["status"].as_str() == Some("active"),
        created_at: date("subscription-creation-datetime"),
        expires_at: date("subscription-expires-datetime"),
    })
}

/// A number that can send messages. What it says of itself is kept as it is written; whether that can be used is up to
/// whoever reads it.
///
/// # Errors
/// [`CarrierError::Protocol`] when it names none, not even an empty one.
pub(super) fn number_row(row: &Value) -> Result<RemoteNumber, CarrierError> {
    let text = |name: &str| match &row[name] {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if row["number"].is_null() {
        return Err(CarrierError::Protocol);
    }
    Ok(RemoteNumber {
        number: text("number"),
        domain: text("domain"),
        mms: text("mms-capable"),
        group_mms: text("group-mms-capable"),
    })
}

/// A number, also one that is written as a text.
pub(super) fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[test]
    fn one_object_counts_as_a_list_and_ids_may_be_numbers() {
        let found = list_of(json!({ "id": 7, "domain": "voice", "status": "active" })).unwrap();
        assert_eq!(
            (found[0].id.as_str(), found[0].active, found[0].expires_at),
            ("7", true, None)
        );
    }

    #[rstest]
    #[case(json!(null))]
    #[case(json!("no"))]
    #[case(json!([{ "id": "1" }, { "domain": "voice" }]))]
    fn half_a_list_is_none(#[case] answer: Value) {
        assert_eq!(list_of(answer), Err(CarrierError::Protocol));
    }

    #[test]
    fn a_number_says_what_it_says() {
        let row =
            json!({ "number": 12065550100_u64, "domain": "voice", "mms-capable": true, "group-mms-capable": "no" });
        let read = number_row(&row).unwrap();
        assert_eq!((read.number.as_str(), read.domain.as_str()), ("12065550100", "voice"));
        assert_eq!((read.mms.as_str(), read.group_mms.as_str()), ("true", "no"));
        let bare = number_row(&json!({ "number": "" })).unwrap();
        assert_eq!((bare.number.as_str(), bare.mms.as_str()), ("", ""));
        assert_eq!(number_row(&json!({ "domain": "voice" })), Err(CarrierError::Protocol));
    }

    #[rstest]
    #[case(json!(3600), Some(3600))]
    #[case(json!("3600"), Some(3600))]
    #[case(json!("soon"), None)]
    fn numbers_may_be_texts(#[case] value: Value, #[case] expected: Option<i64>) {
        assert_eq!(number(&value), expected);
    }
}
