//! Importing files.

use domain::{enterprise::EnterpriseSlug, ids::ImportUploadId, import::ImportKind};

use super::{numbers, users};

/// The page that the rows of such a file appear on.
#[must_use]
pub fn imported(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    match kind {
        ImportKind::Numbers => numbers(enterprise),
        ImportKind::Users => users(enterprise),
    }
}

/// The page where a file is uploaded to be imported.
#[must_use]
pub fn import(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{}/import", imported(enterprise, kind))
}

/// The page of an uploaded file.
#[must_use]
pub fn import_file(enterprise: &EnterpriseSlug, kind: ImportKind, id: ImportUploadId) -> String {
    format!("{}/{id}", import(enterprise, kind))
}

/// The kind of file that the import page at `path` is for, and which file, if it is the page of one; none for any other
/// page. What cannot be the id of a file leads to the upload of one.
#[must_use]
pub fn import_of(path: &str) -> Option<(ImportKind, Option<ImportUploadId>)> {
    let segments: Vec<&str> = path.split('/').filter(|segment| !segment.is_empty()).collect();
    match *segments.as_slice() {
        ["e", _, kind, "import"] => Some((ImportKind::parse(kind)?, None)),
        ["e", _, kind, "import", id] => Some((ImportKind::parse(kind)?, id.parse().ok())),
        _ => None,
    }
}

/// The rejected rows of an uploaded file, as a file; no page.
#[must_use]
pub fn import_rejected(enterprise: &EnterpriseSlug, kind: ImportKind, id: ImportUploadId) -> String {
    format!("{}/rejected.csv", import_file(enterprise, kind, id))
}

/// A file to begin with; no page.
#[must_use]
pub fn import_template(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{}/template.csv", import(enterprise, kind))
}

/// How the addresses of all calls for imports begin.
pub const IMPORT_CALLS: &str = "/rpc/import/";

/// Where a file is sent to; no page. Its name is added, escaped.
#[must_use]
pub fn import_upload(enterprise: &EnterpriseSlug, kind: ImportKind) -> String {
    format!("{IMPORT_CALLS}upload/{enterprise}/{}?name=", kind.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_an_import_page_tells_what_it_is_for() {
        let slug = EnterpriseSlug::parse("alder-clinics").unwrap();
        let id: ImportUploadId = "018f3c1e-0000-7000-8000-000000000001".parse().unwrap();
        for kind in ImportKind::ALL {
            assert_eq!(import_of(&import(&slug, kind)), Some((kind, None)));
            assert_eq!(import_of(&import_file(&slug, kind, id)), Some((kind, Some(id))));
            assert_eq!(import_of(&imported(&slug, kind)), None);
        }
        assert_eq!(import_of("/e/alder-clinics/groups/import"), None);
        assert_eq!(
            import_of("/e/alder-clinics/users/import/17"),
            Some((ImportKind::Users, None))
        );
    }
}
