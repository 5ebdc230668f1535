//! Which of Microsoft's licences include Teams.

use domain::teams_user::LicenseState;

/// What Microsoft adds to the name of a suite that it sells without Teams.
const WITHOUT_TEAMS: &str = "(no teams)";
/// What the Microsoft 365 admin center writes for somebody without any licence.
const UNLICENSED: &str = "unlicensed";

/// Suites and single products that include Teams, as the Microsoft 365 admin center names them. Products for rooms and
/// shared devices, and those that only add to Teams (Phone, Premium), are not among them.
const DEFAULT_PATTERNS: [&str; 30] = [
    "Microsoft Teams Enterprise*",
    "Microsoft Teams Essentials*",
    "Microsoft Teams EEA*",
    "Microsoft Teams Exploratory*",
    "Microsoft 365 Business Basic*",
    "Microsoft 365 Business Standard*",
    "Microsoft 365 Business Premium*",
    "Microsoft 365 E3",
    "Microsoft 365 E5",
    "Microsoft 365 E5 with*",
    "Microsoft 365 E5 Developer*",
    "Microsoft 365 F1",
    "Microsoft 365 F3",
    "Microsoft 365 A1 for *",
    "Microsoft 365 A3 for *",
    "Microsoft 365 A5 for *",
    "Microsoft 365 G3*",
    "Microsoft 365 G5*",
    "Office 365 E1",
    "Office 365 E2",
    "Office 365 E3*",
    "Office 365 E4",
    "Office 365 E5*",
    "Office 365 F3",
    "Office 365 A1*",
    "Office 365 A3*",
    "Office 365 A5*",
    "Office 365 G1*",
    "Office 365 G3*",
    "Office 365 G5*",
];

/// Names of licences that include Teams. A `*` stands for any text, capital letters make no difference, and a licence
/// whose name says “(no Teams)” never includes Teams.
#[derive(Clone, Debug)]
pub struct TeamsLicenses {
    patterns: Vec<Vec<String>>,
}

impl Default for TeamsLicenses {
    fn default() -> Self {
        Self::new(DEFAULT_PATTERNS)
    }
}

impl TeamsLicenses {
    /// The patterns in place of the default ones.
    pub fn new(patterns: impl IntoIterator<Item = impl AsRef<str>>) -> Self {
        let parts = |pattern: &str| pattern.trim().to_lowercase().split('*').map(str::to_owned).collect();
        Self {
            patterns: patterns.into_iter().map(|pattern| parts(pattern.as_ref())).collect(),
        }
    }

    /// What the licences of a person, joined with `+`, come to.
    #[must_use]
    pub fn state(&self, licenses: &str) -> LicenseState {
        let includes_teams = |name: &str| self.include(&name.trim().to_lowercase());
        match licenses.split('+').any(includes_teams) {
            true => LicenseState::Licensed,
            false => LicenseState::Unlicensed,
        }
    }

    fn include(&self, name: &str) -> bool {
        if name.is_empty() || name == UNLICENSED || name.contains(WITHOUT_TEAMS) {
            return false;
        }
        self.patterns.iter().any(|parts| matches(parts, name))
    }
}

/// Whether `name` is made of `parts` with any text between them.
fn matches(parts: &[String], name: &str) -> bool {
    let [first, middle @ .., last] = parts else {
        return parts.first().is_some_and(|whole| whole == name);
    };
    let Some(mut rest) = name.strip_prefix(first.as_str()) else {
        return false;
    };
    for part in middle {
        match rest.split_once(part.as_str()) {
            Some((_, after)) => rest = after,
            None => return false,
        }
    }
    rest.ends_with(last.as_str())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Microsoft 365 E3", LicenseState::Licensed)]
    #[case("microsoft teams enterprise", LicenseState::Licensed)]
    #[case(
        "Microsoft 365 Business Premium+Microsoft Teams Phone Standard",
        LicenseState::Licensed
    )]
    #[case("Microsoft 365 E3 (no Teams)+Microsoft Teams EEA", LicenseState::Licensed)]
    #[case("Microsoft 365 E5 without Audio Conferencing", LicenseState::Licensed)]
    #[case("Office 365 A1 for students", LicenseState::Licensed)]
    #[case("Microsoft 365 E3 (no Teams)", LicenseState::Unlicensed)]
    #[case("Microsoft 365 Business Premium EEA (NO TEAMS)", LicenseState::Unlicensed)]
    #[case("Microsoft 365 E5 Security", LicenseState::Unlicensed)]
    #[case("Microsoft Teams Phone Standard", LicenseState::Unlicensed)]
    #[case("Microsoft Teams Rooms Pro", LicenseState::Unlicensed)]
    #[case("Exchange Online (Plan 1)", LicenseState::Unlicensed)]
    #[case("Unlicensed", LicenseState::Unlicensed)]
    #[case("", LicenseState::Unlicensed)]
    fn names_tell_whether_teams_is_included(#[case] licenses: &str, #[case] expected: LicenseState) {
        assert_eq!(TeamsLicenses::default().state(licenses), expected);
    }

    #[rstest]
    #[case("Contoso Teams", "contoso teams", true)]
    #[case("Contoso Teams", "contoso teams plus", false)]
    #[case("Contoso*", "contoso teams", true)]
    #[case("*Teams", "contoso teams", true)]
    #[case("C*o*s", "contoso teams", true)]
    #[case("C*oo*s", "contoso teams", false)]
    #[case("*", "anything", true)]
    #[case("*", "anything (no teams)", false)]
    #[case("aba*aba", "aba", false)]
    fn a_star_stands_for_any_text(#[case] pattern: &str, #[case] name: &str, #[case] expected: bool) {
        assert_eq!(TeamsLicenses::new([pattern]).include(name), expected);
    }
}
