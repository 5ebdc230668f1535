//! The keys: from a file, which the program can make and add to, or given from outside. The first one encrypts, the others
//! decrypt what older ones have left.

use std::{
    collections::HashSet,
    fmt,
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
    sync::{PoisonError, RwLock},
};

use rand::RngCore;
use secrecy::ExposeSecret;

use super::{CryptoError, Secret};

/// Where keys come from: lines of `name:64 hexadecimal digits`.
#[derive(Clone, Debug)]
pub enum KeySource {
    /// A file, which is made with a new key where it is missing. On Unix only its owner can read it.
    File(PathBuf),
    /// The text itself; commas do as line breaks too.
    Given(Secret),
}

/// A key.
#[derive(Clone)]
pub(super) struct Key(pub(super) [u8; 32]);

/// The keys in their order. A file is read again whenever a secret is encrypted and whenever a key is not found, so that
/// a running server follows a rotation.
pub struct KeyRing {
    source: KeySource,
    keys: RwLock<Vec<(String, Key)>>,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyRing")
            .field("source", &self.source)
            .finish_non_exhaustive()
    }
}

impl KeyRing {
    /// Reads the keys; makes a missing file.
    ///
    /// # Errors
    /// [`CryptoError`], one sentence for whoever starts the program.
    pub fn open(source: KeySource) -> Result<Self, CryptoError> {
        if let KeySource::File(path) = &source {
            make_if_missing(path)?;
            #[cfg(unix)]
            notice_open_file(path)?;
        }
        let keys = read(&source)?;
        Ok(Self {
            source,
            keys: RwLock::new(keys),
        })
    }

    /// Whether the program can add keys.
    #[must_use]
    pub fn is_file(&self) -> bool {
        matches!(self.source, KeySource::File(_))
    }

    /// The name of the key that encrypts now.
    ///
    /// # Errors
    /// The keys cannot be read.
    pub fn first_id(&self) -> Result<String, CryptoError> {
        self.first().map(|(id, _)| id)
    }

    /// Makes a new key, which encrypts from now on. Keys whose names are not in `used` are left out of the file.
    ///
    /// # Errors
    /// [`CryptoError::NotOurs`] where the keys are not in a file; otherwise the file cannot be written.
    pub fn add(&self, used: &HashSet<String>) -> Result<String, CryptoError> {
        let KeySource::File(path) = &self.source else {
            return Err(CryptoError::NotOurs);
        };
        // Until the file is written: of two who read the same one, the later would drop the key of the other.
        let _lock = lock(path).map_err(|cause| file_error(path, cause))?;
        self.reload()?;
        let id = new_id();
        let mut keys = vec![(id.clone(), new_key())];
        let held = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        // The one that encrypts until now stays in any case: a server may be writing with it at this moment.
        let kept = held.iter().enumerate();
        keys.extend(
            kept.filter(|(at, (name, _))| *at == 0 || used.contains(name))
                .map(|(_, key)| key.clone()),
        );
        drop(held);
        replace(path, &keys).map_err(|cause| file_error(path, cause))?;
        self.reload()?;
        Ok(id)
    }

    pub(super) fn first(&self) -> Result<(String, Key), CryptoError> {
        self.reload()?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.first().cloned().ok_or(CryptoError::NoKey)
    }

    pub(super) fn named(&self, id: &str) -> Result<Key, CryptoError> {
        if let Some(key) = self.held(id) {
            return Ok(key);
        }
        self.reload()?;
        self.held(id).ok_or_else(|| CryptoError::UnknownKey(id.to_owned()))
    }

    fn held(&self, id: &str) -> Option<Key> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        keys.iter().find(|(name, _)| name == id).map(|(_, key)| key.clone())
    }

    fn reload(&self) -> Result<(), CryptoError> {
        if self.is_file() {
            let keys = read(&self.source)?;
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        }
        Ok(())
    }
}

fn read(source: &KeySource) -> Result<Vec<(String, Key)>, CryptoError> {
    match source {
        KeySource::File(path) => {
            let text = fs::read_to_string(path).map_err(|cause| file_error(path, cause))?;
            parse(&text)
        }
        KeySource::Given(text) => parse(text.expose_secret()),
    }
}

fn parse(text: &str) -> Result<Vec<(String, Key)>, CryptoError> {
    let mut keys: Vec<(String, Key)> = Vec::new();
    for (at, line) in text.split(['\n', ',']).map(str::trim).enumerate() {
        if line.is_empty() {
            continue;
        }
        let wrong = CryptoError::NotAKey(at + 1);
        let Some((id, key)) = line.split_once(':').and_then(|(id, hex)| Some((id, from_hex(hex)?))) else {
            return Err(wrong);
        };
        let named = !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric());
        if !named || keys.iter().any(|(other, _)| other == id) {
            return Err(wrong);
        }
        keys.push((id.to_owned(), key));
    }
    if keys.is_empty() {
        Err(CryptoError::NoKey)
    } else {
        Ok(keys)
    }
}

fn from_hex(hex: &str) -> Option<Key> {
    if hex.len() != 64 || !hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut key = [0; 32];
    for (at, byte) in key.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * at..2 * at + 2)?, 16).ok()?;
    }
    Some(Key(key))
}

fn new_key() -> Key {
    let mut key = [0; 32];
    rand::rng().fill_bytes(&mut key);
    Key(key)
}

fn new_id() -> String {
    let mut id = [0; 4];
    rand::rng().fill_bytes(&mut id);
    hex(&id)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn written(keys: &[(String, Key)]) -> String {
    keys.iter().map(|(id, key)| format!("{id}:{}\n", hex(&key.0))).collect()
}

fn make_if_missing(path: &Path) -> Result<(), CryptoError> {
    if path.exists() {
        return Ok(());
    }
    let failed = |cause| file_error(path, cause);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    match create(path, &[(new_id(), new_key())]) {
        // Another one that starts at the same time was quicker.
        Err(cause) if cause.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other.map_err(failed),
    }
}

/// Writes a file that is not there yet, whole or not at all under its name.
fn create(path: &Path, keys: &[(String, Key)]) -> std::io::Result<()> {
    let beside = write_beside(path, keys)?;
    let linked = fs::hard_link(&beside, path);
    fs::remove_file(&beside)?;
    linked
}

/// Waits until nobody else is changing the keys, in this program or another, and keeps others waiting until the answer is
/// dropped. The file beside the keys stays there: whoever waits for it holds it open.
fn lock(path: &Path) -> std::io::Result<File> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(PathBuf::from(name))?;
    file.lock()?;
    Ok(file)
}

/// Puts a new file in the place of the old one in one step.
fn replace(path: &Path, keys: &[(String, Key)]) -> std::io::Result<()> {
    let beside = write_beside(path, keys)?;
    fs::rename(&beside, path)
}

fn write_beside(path: &Path, keys: &[(String, Key)]) -> std::io::Result<PathBuf> {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}", new_id()));
    let beside = PathBuf::from(name);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&beside)?;
    file.write_all(written(keys).as_bytes())?;
    file.sync_all()?;
    Ok(beside)
}

#[cfg(unix)]
fn notice_open_file(path: &Path) -> Result<(), CryptoError> {
    if is_open_to_everybody(path).map_err(|cause| file_error(path, cause))? {
        tracing::warn!(path = %path.display(), "everybody on this computer can read or write the key file");
    }
    Ok(())
}

/// Whether others than the file's owner and group can read or write it.
#[cfg(unix)]
fn is_open_to_everybody(path: &Path) -> std::io::Result<bool> {
    use std::os::unix::fs::PermissionsExt;

    Ok(fs::metadata(path)?.permissions().mode() & 0o006 != 0)
}

fn file_error(path: &Path, cause: std::io::Error) -> CryptoError {
    CryptoError::File {
        path: path.display().to_string(),
        cause,
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Barrier, thread};

    use rstest::rstest;

    use super::*;

    const ZEROS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

    #[rstest]
    #[case::nothing("")]
    #[case::no_colon("one")]
    #[case::short("one:00")]
    #[case::not_hexadecimal("one:zz00000000000000000000000000000000000000000000000000000000000000")]
    #[case::no_name(":0000000000000000000000000000000000000000000000000000000000000000")]
    fn what_is_no_key_is_refused(#[case] text: &str) {
        assert!(parse(text).is_err());
    }

    #[test]
    fn no_name_comes_twice() {
        assert!(matches!(
            parse(&format!("a:{ZEROS},a:{ZEROS}")),
            Err(CryptoError::NotAKey(2))
        ));
    }

    #[test]
    fn a_missing_file_is_made_for_its_owner_only_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("keys/portal.keys");
        let first = KeyRing::open(KeySource::File(path.clone()))
            .unwrap()
            .first_id()
            .unwrap();
        let again = KeyRing::open(KeySource::File(path.clone()))
            .unwrap()
            .first_id()
            .unwrap();
        assert_eq!(first, again);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
        assert_eq!(
            fs::read_dir(path.parent().unwrap()).unwrap().count(),
            1,
            "nothing is left beside it"
        );
    }

    #[cfg(unix)]
    #[rstest]
    #[case(0o600, false)]
    #[case(0o640, false)]
    #[case(0o644, true)]
    #[case(0o602, true)]
    fn a_file_that_everybody_can_read_is_noticed(#[case] mode: u32, #[case] noticed: bool) {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.keys");
        KeyRing::open(KeySource::File(path.clone())).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(is_open_to_everybody(&path).unwrap(), noticed);
    }

    #[test]
    fn a_running_server_follows_a_new_key() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.keys");
        let server = KeyRing::open(KeySource::File(path.clone())).unwrap();
        let old = server.first_id().unwrap();
        let rotating = KeyRing::open(KeySource::File(path)).unwrap();
        let new = rotating.add(&HashSet::new()).unwrap();
        assert_ne!(old, new);
        assert_eq!(server.first_id().unwrap(), new);
        assert!(server.named(&old).is_ok(), "the one before is kept");
        rotating.add(&HashSet::new()).unwrap();
        assert!(server.first().is_ok());
        assert!(server.named(&old).is_err(), "no value was made with it any more");
    }

    #[test]
    fn of_two_keys_that_are_added_at_once_none_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.keys");
        let ring = KeyRing::open(KeySource::File(path.clone())).unwrap();
        for _ in 0..20 {
            let together = Barrier::new(2);
            let add = || {
                let ring = KeyRing::open(KeySource::File(path.clone())).unwrap();
                together.wait();
                ring.add(&HashSet::new()).unwrap()
            };
            let (one, other) = thread::scope(|scope| {
                let (one, other) = (scope.spawn(add), scope.spawn(add));
                (one.join().unwrap(), other.join().unwrap())
            });
            assert!(ring.named(&one).is_ok() && ring.named(&other).is_ok());
        }
    }
}
