//! Believable names for people and groups that do not exist.

const FIRST: [&str; 32] = [
    "Aaliyah", "Björn", "Camila", "Darius", "Elif", "Fatima", "Gustavo", "Hana", "Ivan", "Jasmine", "Kwame", "Łukasz",
    "Mei", "Noor", "Olga", "Paolo", "Quentin", "Rosa", "Sven", "Tomás", "Uma", "Vikram", "Wanjiru", "Xiang", "Yuki",
    "Zoë", "Anders", "Beatriz", "Chidi", "Dmitri", "Esther", "Farid",
];
const LAST: [&str; 29] = [
    "Abbott",
    "Brandt",
    "Castillo",
    "Duarte",
    "Eriksen",
    "Fischer",
    "García",
    "Haddad",
    "Ito",
    "Johansson",
    "Kowalski",
    "Lindqvist",
    "Mbeki",
    "Nakamura",
    "O'Connor",
    "Petrov",
    "Quist",
    "Rossi",
    "Silva",
    "Tanaka",
    "Usman",
    "Vega",
    "Weiss",
    "Xu",
    "Yilmaz",
    "Zhang",
    "Almeida",
    "Bergström",
    "Chowdhury",
];
const CLINIC_GROUPS: [&str; 17] = [
    "Front Desk",
    "Billing",
    "Pharmacy Refills",
    "Radiology",
    "Cardiology",
    "Pediatrics",
    "Physical Therapy",
    "Night Nurses",
    "Appointments",
    "Referrals",
    "Lab Results",
    "Vaccinations",
    "Dental Care",
    "Eye Care",
    "Patient Transport",
    "Facilities",
    "Human Resources",
];
const PLACES: [&str; 8] = [
    "Ballard", "Tacoma", "Bellevue", "Everett", "Olympia", "Renton", "Kirkland", "Spokane",
];
const FREIGHT_GROUPS: [&str; 6] = [
    "Night Dispatch",
    "Drivers North",
    "Drivers South",
    "Customs Desk",
    "Yard",
    "Claims",
];

/// The name of person `n`; names repeat after 928 people, sign-in names never.
pub(super) fn person(n: usize) -> String {
    format!("{} {}", FIRST[n % FIRST.len()], LAST[n % LAST.len()])
}

/// The sign-in name of person `n` in `domain`.
pub(super) fn user_principal_name(n: usize, domain: &str) -> String {
    let ascii = domain::table::fold(&person(n)).replace('\'', "").replace(' ', ".");
    let round = n / (FIRST.len() * LAST.len());
    if round == 0 {
        format!("{ascii}@{domain}")
    } else {
        format!("{ascii}{round}@{domain}")
    }
}

/// The name of clinic group `n`.
pub(super) fn clinic_group(n: usize) -> String {
    let name = CLINIC_GROUPS[n % CLINIC_GROUPS.len()];
    let round = n / CLINIC_GROUPS.len();
    match (round, PLACES.get(round.wrapping_sub(1))) {
        (0, _) => name.to_owned(),
        (_, Some(place)) => format!("{name} {place}"),
        (round, None) => format!("{name} {round}"),
    }
}

/// The name of freight group `n`.
pub(super) fn freight_group(n: usize) -> String {
    let name = FREIGHT_GROUPS[n % FREIGHT_GROUPS.len()];
    let round = n / FREIGHT_GROUPS.len();
    if round == 0 {
        name.to_owned()
    } else {
        format!("{name} {round}")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn sign_in_names_and_group_names_never_repeat() {
        let people: HashSet<String> = (0..5_000).map(|n| user_principal_name(n, "company.example")).collect();
        assert_eq!(people.len(), 5_000);
        let groups: HashSet<String> = (0..5_000).map(|n| clinic_group(n).to_lowercase()).collect();
        assert_eq!(groups.len(), 5_000);
    }
}
