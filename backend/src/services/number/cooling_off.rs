//! The time for which a released number should rest before it is given away again.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    error::Error,
    ids::PhoneNumberId,
    number::{COOLING_OFF, CoolingOff},
    phone::PhoneNumber,
};
use sea_orm::ConnectionTrait;

use crate::{
    access::EnterpriseScope,
    context::OpContext,
    error::internal,
    store::{self, number::ChosenNumber},
};

/// When the cooling-off time of a number ends that was released at `released_at`, if it still runs at `now`.
pub(super) fn cooling_off_until(
    released_at: Option<DateTime<Utc>>,
    time: Option<TimeDelta>,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let until = released_at? + time?;
    (until > now).then_some(until)
}

/// The same of a chosen number. One that serves somebody has no time that runs.
pub(super) fn rests_until(chosen: &ChosenNumber, time: Option<TimeDelta>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    match chosen.number.assignee {
        Some(_) => None,
        None => cooling_off_until(chosen.released_at, time, now),
    }
}

/// Refuses to give free numbers away whose cooling-off time runs, unless whoever does it was told so. Those of `chosen`
/// that serve somebody are not given away now.
///
/// # Errors
/// A conflict at [`COOLING_OFF`] that names all of them.
pub(in crate::services) async fn check_cooling_off(
    ctx: &OpContext,
    scope: &EnterpriseScope,
    db: &impl ConnectionTrait,
    chosen: &HashMap<PhoneNumberId, ChosenNumber>,
    cooling_off: CoolingOff,
) -> Result<(), Error> {
    if cooling_off == CoolingOff::Confirmed {
        return Ok(());
    }
    let time = store::number::cooling_off(db, scope)
        .await
        .map_err(|error| internal(ctx, error))?;
    let mut resting: Vec<(PhoneNumber, DateTime<Utc>)> = chosen
        .values()
        .filter_map(|chosen| Some((chosen.number.e164, rests_until(chosen, time, ctx.now)?)))
        .collect();
    resting.sort_unstable();
    still_resting(&resting)
}

/// The refusal to give these numbers away, which should rest until those moments.
pub(super) fn still_resting(numbers: &[(PhoneNumber, DateTime<Utc>)]) -> Result<(), Error> {
    let each: Vec<String> = numbers
        .iter()
        .map(|(number, until)| format!("{} until {}", number.display(), until.format("%-d %b %Y, %H:%M UTC")))
        .collect();
    let message = match each.as_slice() {
        [] => return Ok(()),
        [one] => format!(
            "The cooling-off time runs for {one}. Messages for whoever had it last may still arrive. Wait, choose \
             another number, or confirm that this one is given away now."
        ),
        many => format!(
            "The cooling-off time runs for {}. Messages for whoever had them last may still arrive. Wait, choose other \
             numbers, or confirm that these are given away now.",
            many.join("; ")
        ),
    };
    Err(Error::conflict(COOLING_OFF, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_resting_number_is_named_with_the_end_of_its_time() {
        let number = |text| PhoneNumber::parse(text).unwrap();
        let at = |days| DateTime::UNIX_EPOCH + TimeDelta::days(days);
        let message = |numbers: &[_]| still_resting(numbers).unwrap_err().to_string();
        assert_eq!(still_resting(&[]), Ok(()));
        let one = (number("+12065550100"), at(1));
        assert!(
            message(&[one]).starts_with("The cooling-off time runs for +1 206 555 0100 until 2 Jan 1970, 00:00 UTC.")
        );
        let two = message(&[one, (number("+12065550101"), at(2))]);
        for part in ["+1 206 555 0100 until 2 Jan 1970", "; +1 206 555 0101 until 3 Jan 1970"] {
            assert!(two.contains(part), "{two}");
        }
    }

    #[test]
    fn the_time_runs_from_the_release_and_ends() {
        let (released, time) = (Some(DateTime::UNIX_EPOCH), Some(TimeDelta::days(7)));
        let end = DateTime::UNIX_EPOCH + TimeDelta::days(7);
        assert_eq!(
            cooling_off_until(released, time, end - TimeDelta::seconds(1)),
            Some(end)
        );
        assert_eq!(cooling_off_until(released, time, end), None);
        assert_eq!(
            cooling_off_until(None, time, DateTime::UNIX_EPOCH),
            None,
            "nobody has lost it"
        );
        assert_eq!(
            cooling_off_until(released, None, DateTime::UNIX_EPOCH),
            None,
            "no time is set"
        );
    }
}
