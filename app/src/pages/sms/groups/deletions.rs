//! The deletions of the last minutes, as this browser remembers them, so that a page that was reloaded or left offers Undo
//! again. Whether the person may undo them, and whether somebody has already, says the server when it is asked to. Only
//! called from effects and event handlers, and all but [`are_remembered`] from a part of the module.

use std::time::Duration;

use domain::{enterprise::EnterpriseSlug, ids::SmsGroupId, sms_group::UNDO_FOR};

use crate::{components::date_time::time_of_browser, ui::storage};

const KEY: &str = "undo-groups";
/// How many are remembered. The notices of more would cover the page.
const MOST: usize = 3;

/// A deletion that can be undone for a while.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Deletion {
    pub(super) id: SmsGroupId,
    pub(super) name: String,
    pub(super) left: Duration,
}

/// Remembers that the group has just been deleted.
pub(super) fn remember(enterprise: &EnterpriseSlug, id: SmsGroupId, name: &str) {
    let mut lines = lines_without(id);
    let until = now() + UNDO_FOR.num_milliseconds();
    lines.push(format!("{until} {} {id} {name}", enterprise.as_str()));
    let too_many = lines.len().saturating_sub(MOST);
    storage::write(KEY, &lines.split_off(too_many).join("\n"));
}

/// Forgets a deletion that was undone, or never can be.
pub(super) fn forget(id: SmsGroupId) {
    storage::write(KEY, &lines_without(id).join("\n"));
}

/// Whether there may be any, in whatever enterprise.
pub(super) fn are_remembered() -> bool {
    storage::read(KEY).is_some_and(|lines| !lines.is_empty())
}

/// Those in one enterprise, the latest last.
pub(super) fn remembered(enterprise: &EnterpriseSlug) -> Vec<Deletion> {
    let (remembered, now) = (storage::read(KEY).unwrap_or_default(), now());
    let deletions = remembered.lines().filter_map(|line| parse(line, now));
    deletions
        .filter(|(slug, _)| *slug == enterprise.as_str())
        .map(|(_, deletion)| deletion)
        .collect()
}

fn lines_without(id: SmsGroupId) -> Vec<String> {
    let (remembered, now) = (storage::read(KEY).unwrap_or_default(), now());
    let others = remembered
        .lines()
        .filter(|line| parse(line, now).is_some_and(|(_, deletion)| deletion.id != id));
    others.map(str::to_owned).collect()
}

/// The enterprise and the deletion of a line; nothing when its time is over.
fn parse(line: &str, now: i64) -> Option<(&str, Deletion)> {
    let mut words = line.splitn(4, ' ');
    let left = words.next()?.parse::<i64>().ok()? - now;
    let slug = words.next()?;
    let deletion = Deletion {
        id: words.next()?.parse().ok()?,
        name: words.next()?.to_owned(),
        left: Duration::from_millis(u64::try_from(left).ok()?),
    };
    (1..=UNDO_FOR.num_milliseconds())
        .contains(&left)
        .then_some((slug, deletion))
}

/// Milliseconds since 1970, by the clock of this browser.
fn now() -> i64 {
    time_of_browser().map_or(0, |now| now.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = "600000 alder-clinics 018f3c1e-0000-7000-8000-000000000001 Front Desk";

    #[test]
    fn a_deletion_is_remembered_until_its_time_is_over() {
        let left = |now| parse(LINE, now).map(|(slug, deletion)| (slug, deletion.name, deletion.left));
        let front_desk = |left| Some(("alder-clinics", "Front Desk".to_owned(), Duration::from_millis(left)));
        assert_eq!(left(0), front_desk(600_000));
        assert_eq!(left(599_999), front_desk(1));
        assert_eq!(left(600_000), None);
        // A clock that was put back meanwhile.
        assert_eq!(left(-1), None);
    }

    #[test]
    fn what_somebody_else_wrote_is_nothing() {
        for line in ["", "600000", "600000 alder-clinics", "soon alder-clinics 1 Front Desk"] {
            assert_eq!(parse(line, 0), None, "{line:?}");
        }
    }
}
