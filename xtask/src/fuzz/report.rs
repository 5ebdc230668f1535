//! What schemathesis says about a run, in its JSON report.

use std::collections::BTreeSet;

use anyhow::{Context as _, bail};
use serde::Deserialize;

use crate::steps::Counts;

#[derive(Deserialize)]
struct Report {
    operations: Operations,
    failures: Vec<Failure>,
    test_cases: TestCases,
}

#[derive(Deserialize)]
struct Operations {
    tested: u64,
    errored: u64,
}

#[derive(Deserialize)]
struct Failure {
    operations: BTreeSet<String>,
}

#[derive(Deserialize)]
struct TestCases {
    generated: u64,
}

/// What came of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outcome {
    /// Operations by how they passed.
    pub(super) counts: Counts,
    /// How many requests were thought out.
    pub(super) requests: u64,
}

/// Reads a report.
///
/// # Errors
/// If it cannot be understood, or nothing was tested.
pub(super) fn outcome(text: &str) -> anyhow::Result<Outcome> {
    let report: Report = serde_json::from_str(text).context("the report of schemathesis cannot be understood")?;
    let Operations { tested, errored } = report.operations;
    if tested == 0 {
        bail!("schemathesis has tested nothing");
    }
    let failing: BTreeSet<&String> = report.failures.iter().flat_map(|failure| &failure.operations).collect();
    let failing = u64::try_from(failing.len()).unwrap_or(u64::MAX);
    Ok(Outcome {
        counts: Counts {
            passed: tested.saturating_sub(failing),
            failed: failing + errored,
            skipped: 0,
        },
        requests: report.test_cases.generated,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(tested: u64, errored: u64, failures: &str) -> String {
        format!(
            r#"{{"schemathesis_version":"4.32.5","seed":1,"operations":{{"total":36,"tested":{tested},"errored":{errored}}},
               "test_cases":{{"generated":1992,"errored":0}},"failures":{failures},"errors":[]}}"#
        )
    }

    #[test]
    fn an_operation_fails_once_however_much_is_wrong_with_it() {
        let failures =
            r#"[{"code":"ST201","operations":["GET /a","POST /a"]},{"code":"ST202","operations":["GET /a"]}]"#;
        let outcome = outcome(&report(36, 0, failures)).unwrap();
        assert_eq!((outcome.counts.passed, outcome.counts.failed), (34, 2));
        assert_eq!(outcome.requests, 1992);
    }

    #[test]
    fn what_could_not_be_tested_has_failed() {
        assert_eq!(outcome(&report(35, 1, "[]")).unwrap().counts.failed, 1);
        assert!(outcome(&report(0, 0, "[]")).is_err());
        assert!(outcome("{}").is_err());
    }
}
