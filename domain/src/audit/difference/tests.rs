//! What two states of a thing differ in, as a table.

use rstest::rstest;

use super::*;

const ADA: &str = r#"{"id":"018f3c1e-0000-7000-8000-00000000000a","display_name":"Ada Brandt","license":"licensed"}"#;
const BO: &str = r#"{"id":"018f3c1e-0000-7000-8000-00000000000b","display_name":"Bo Chen","license":"licensed"}"#;
const OTHER_BO: &str = r#"{"id":"018f3c1e-0000-7000-8000-00000000000c","display_name":"Bo Chen"}"#;

/// For somebody from whom nothing is hidden.
fn difference(before: Option<&str>, after: Option<&str>) -> Vec<FieldChange> {
    super::difference(before, after, &[])
}

#[test]
fn what_is_hidden_is_told_nowhere() {
    let number = |profile: &str, sms: bool| {
        format!(
            r#"{{"e164":"+12065550100","sms":{sms},"carrier_profile":"{profile}","carrier":{{"profile":"{profile}"}},
                "others":[{{"id":"1","carrier":"{profile}"}}]}}"#
        )
    };
    let (before, after) = (number("Main", false), number("Spare", true));
    let hidden = ["carrier", "carrier_profile"];
    let told = super::difference(Some(&before), Some(&after), &hidden);
    assert_eq!(lines(&told), ["sms: no → yes"]);
    let told = super::difference(None, Some(&after), &hidden);
    assert!(!lines(&told).join("\n").contains("Spare"), "{told:?}");
    assert!(lines(&difference(None, Some(&after))).join("\n").contains("Spare"));
}

/// One line for each change: `name: Front Desk → Lobby`, `members: + Bo Chen, − Ada Brandt`.
fn lines(changes: &[FieldChange]) -> Vec<String> {
    let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "nothing".to_owned());
    let marked = |mark: &str, list: &[String]| list.iter().map(|text| format!("{mark} {text}")).collect::<Vec<_>>();
    changes
        .iter()
        .map(|FieldChange { field, change }| match change {
            Change::Value { before, after } => format!("{field}: {} → {}", side(before), side(after)),
            Change::List { added, removed, more } => {
                let mut parts = marked("+", added);
                parts.extend(marked("−", removed));
                parts.extend((*more > 0).then(|| format!("{more} more")));
                format!("{field}: {}", parts.join(", "))
            }
            Change::Secret => format!("{field}: secret"),
        })
        .collect()
}

fn group(name: &str, members: &[&str], numbers: &[&str]) -> String {
    let numbers: Vec<String> = numbers
        .iter()
        .map(|number| format!(r#"{{"id":"{number}","e164":"{number}","assignee":null}}"#))
        .collect();
    format!(
        r#"{{"id":"018f3c1e-0000-7000-8000-000000000001","version":3,"name":"{name}","owner":{ADA},
            "members":[{}],"numbers":[{}]}}"#,
        members.join(","),
        numbers.join(",")
    )
}

#[rstest]
#[case::nothing(&group("A", &[ADA], &[]), &group("A", &[ADA], &[]), &[])]
#[case::renamed(&group("A", &[ADA], &[]), &group("B", &[ADA], &[]), &["name: A → B"])]
#[case::members(&group("A", &[ADA], &[]), &group("A", &[BO], &[]), &["members: + Bo Chen, − Ada Brandt"])]
#[case::order_only(&group("A", &[ADA, BO], &[]), &group("A", &[BO, ADA], &[]), &[])]
#[case::same_name_other_person(
    &group("A", &[BO], &[]), &group("A", &[OTHER_BO], &[]), &["members: + Bo Chen, − Bo Chen"]
)]
#[case::numbers(
    &group("A", &[ADA], &["+12065550100"]), &group("A", &[ADA], &["+12065550101"]),
    &["numbers: + +1 206 555 0101, − +1 206 555 0100"]
)]
#[case::name_first(
    &group("A", &[ADA], &[]), &group("B", &[ADA, BO], &[]), &["name: A → B", "members: + Bo Chen"]
)]
#[case::version_only(r#"{"version":1,"name":"A"}"#, r#"{"version":2,"name":"A"}"#, &[])]
#[case::switch(r#"{"sms":false}"#, r#"{"sms":true}"#, &["sms: no → yes"])]
#[case::number(r#"{"days":7}"#, r#"{"days":30}"#, &["days: 7 → 30"])]
#[case::emptied(r#"{"domain":"a.example"}"#, r#"{"domain":null}"#, &["domain: a.example → nothing"])]
#[case::empty_text(r#"{"note":""}"#, r#"{"note":"hi"}"#, &["note: nothing → hi"])]
#[case::assigned(
    r#"{"e164":"+12065550100","assignee":null}"#,
    r#"{"e164":"+12065550100","assignee":{"kind":"sms_group","id":"x","name":"Front Desk"}}"#,
    &["assignee: nothing → Front Desk"]
)]
#[case::id_with_a_name(
    r#"{"owner_id":null,"members":[{"id":"x","name":"Ada"}]}"#,
    r#"{"owner_id":"x","members":[{"id":"x","name":"Ada"}]}"#,
    &["owner_id: nothing → Ada"]
)]
#[case::ids_with_names(
    r#"{"ids":["x"],"people":[{"id":"x","name":"Ada"},{"id":"y","name":"Bo"}]}"#,
    r#"{"ids":["y"],"people":[{"id":"x","name":"Ada"},{"id":"y","name":"Bo"}]}"#,
    &["ids: + Bo, − Ada"]
)]
#[case::id_without_a_name(r#"{"owner_id":"x"}"#, r#"{"owner_id":"y"}"#, &["owner_id: x → y"])]
#[case::within(
    r#"{"settings":{"sms":true,"mms":true}}"#, r#"{"settings":{"sms":false,"mms":true}}"#,
    &["settings.sms: yes → no"]
)]
#[case::moment(
    r#"{"expires_at":null}"#, r#"{"expires_at":"2026-11-29T08:30:12.5Z"}"#,
    &["expires_at: nothing → 29 Nov 2026, 08:30 UTC"]
)]
#[case::secret(
    r#"{"password":"hunter2","api_token":"a"}"#, r#"{"password":"hunter3","api_token":"b"}"#,
    &["api_token: secret", "password: secret"]
)]
#[case::secret_within(
    r#"{"carrier":{"secret":"a"}}"#, r#"{"carrier":{"secret":"b"}}"#, &["carrier.secret: secret"]
)]
#[case::list_without_names(
    r#"{"rows":[{"a":1,"secret":"s"}]}"#, r#"{"rows":[{"a":2,"secret":"s"}]}"#, &["rows: + a: 2, − a: 1"]
)]
#[case::kind_changed(r#"{"x":[1]}"#, r#"{"x":"one"}"#, &["x: 1 → one"])]
#[case::no_json("hello", "world", &["value: hello → world"])]
#[case::markup(r#"{"name":"<b>"}"#, r#"{"name":"</script>"}"#, &["name: <b> → </script>"])]
fn two_states_differ_in(#[case] before: &str, #[case] after: &str, #[case] expected: &[&str]) {
    assert_eq!(lines(&difference(Some(before), Some(after))), expected);
}

#[test]
fn what_was_added_and_removed_is_told_whole() {
    let group = group("A", &[ADA, BO], &[]);
    assert_eq!(
        lines(&difference(None, Some(&group))),
        [
            "name: nothing → A",
            "members: + Ada Brandt, + Bo Chen",
            "owner: nothing → Ada Brandt"
        ]
    );
    assert_eq!(
        lines(&difference(Some(&group), None)),
        [
            "name: A → nothing",
            "members: − Ada Brandt, − Bo Chen",
            "owner: Ada Brandt → nothing"
        ]
    );
    assert!(difference(None, None).is_empty());
}

#[test]
fn an_import_tells_its_file_and_counts() {
    let imported = r#"{"file":"people.csv","added":3,"rejected":0,"missing":null}"#;
    assert_eq!(
        lines(&difference(None, Some(imported))),
        [
            "file: nothing → people.csv",
            "added: nothing → 3",
            "rejected: nothing → 0"
        ]
    );
}

#[rstest]
#[case(Some(r#"{"name":"A"}"#), Some(r#"{"name":"B"}"#), Some("B"))]
#[case(Some(r#"{"name":"A"}"#), None, Some("A"))]
#[case(None, Some(r#"{"e164":"+12065550100"}"#), Some("+1 206 555 0100"))]
#[case(None, Some(r#"{"display_name":"Ada"}"#), Some("Ada"))]
#[case(None, Some(r#"{"file":"people.csv"}"#), Some("people.csv"))]
#[case(None, Some(r#"{"count":1}"#), None)]
#[case(None, Some("no json"), None)]
#[case(None, None, None)]
fn a_thing_is_called(#[case] before: Option<&str>, #[case] after: Option<&str>, #[case] expected: Option<&str>) {
    assert_eq!(name_of(before, after).as_deref(), expected);
}

#[test]
fn a_row_shows_the_beginning() {
    let after = r#"{"name":"NAME","members":["a","b","c","d","e"],"x":1,"y":2,"z":3}"#;
    let after = after.replace("NAME", &"ä".repeat(70));
    let (changes, more) = shortened(difference(None, Some(&after)));
    assert_eq!(
        lines(&changes),
        [
            format!("name: nothing → {}…", "ä".repeat(60)),
            "members: + a, + b, + c, 2 more".to_owned(),
            "x: nothing → 1".to_owned()
        ]
    );
    assert_eq!(more, 2);
}
