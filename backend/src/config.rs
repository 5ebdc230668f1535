//! What the core needs to be told when it starts.

/// Which database to use and what to do with its schema.
#[derive(Clone, Debug)]
pub struct DatabaseSettings {
    /// `sqlite:path/to/file.db` or `postgres://user:password@host/name`.
    pub url: String,
    /// What to do with a schema that is older than the program.
    pub migrate: Migrate,
}

/// What to do with a schema that is older than the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrate {
    /// Bring it up to date.
    Now,
    /// Leave it; for tools that only look.
    Never,
}
