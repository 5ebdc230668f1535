//! Where the keys come from that encrypt carriers' credentials.

use std::path::PathBuf;

use backend::crypto::{KeySource, Secret};

/// Keys given themselves win over a file; a SQLite file has one of its own beside it.
pub(super) fn key_source(keys: Option<Secret>, file: Option<PathBuf>, database_url: &str) -> Option<KeySource> {
    if let Some(keys) = keys {
        return Some(KeySource::Given(keys));
    }
    let beside = || {
        let path = database_url.strip_prefix("sqlite:")?.split('?').next()?;
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty()).then(|| PathBuf::from(path).with_extension("keys"))
    };
    file.or_else(beside).map(KeySource::File)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{GivenSettings, Settings};

    #[test]
    fn a_sqlite_file_has_its_keys_beside_it_and_postgres_needs_a_setting() {
        let beside = key_source(None, None, "sqlite:data/portal.db");
        assert!(
            matches!(beside, Some(KeySource::File(path)) if path.as_path() == std::path::Path::new("data/portal.keys"))
        );
        assert!(key_source(None, None, "postgres://db.example/portal").is_none());
        let given = key_source(
            Some(Secret::from("one:00")),
            Some(PathBuf::from("x")),
            "sqlite:data/portal.db",
        );
        assert!(matches!(given, Some(KeySource::Given(_))));
    }

    #[test]
    fn keys_do_not_stand_in_what_is_printed_of_the_settings() {
        let given = GivenSettings {
            keys: Some(Secret::from("one:0123456789abcdef")),
            ..GivenSettings::default()
        };
        assert!(!format!("{given:?}").contains("0123456789abcdef"));
        let settings = Settings::resolve(given, None).unwrap();
        assert!(!format!("{settings:?}").contains("0123456789abcdef"));
    }
}
