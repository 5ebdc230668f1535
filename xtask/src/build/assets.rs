//! The site folder: files named after their content, compressed ahead of time, and the manifest that names them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::wasm::{PARTS_SCRIPT, SCRIPT};
use crate::system;

/// The addresses of the files that every page loads. The server reads them from `manifest.json` when it starts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The style sheet.
    pub(crate) css: String,
    /// The script that starts the module.
    pub(crate) js: String,
    /// The module.
    pub(crate) wasm: String,
    /// The modules of each part that is loaded when it is needed, by the part's name.
    pub(crate) parts: BTreeMap<String, Vec<String>>,
}

/// A digest of bytes as text in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name under which a file can be cached for ever.
fn hashed_name(stem: &str, extension: &str, bytes: &[u8]) -> String {
    let hash: String = digest(bytes).chars().take(16).collect();
    format!("{stem}.{hash}.{extension}")
}

/// Writes a file so that it is there as a whole or not at all, with the folders above it.
pub(crate) fn write_whole(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let cannot = || format!("{} cannot be written", path.display());
    let folder = path.parent().with_context(cannot)?;
    std::fs::create_dir_all(folder).with_context(cannot)?;
    let mut file = tempfile::Builder::new()
        // Temporary files are private; these are for everybody who may read the folder.
        .permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))
        .tempfile_in(folder)
        .with_context(cannot)?;
    file.write_all(bytes).with_context(cannot)?;
    file.persist(path).with_context(cannot)?;
    Ok(())
}

/// The site folder while it is being filled. What is not added again goes away in the end.
pub(crate) struct Site {
    folder: PathBuf,
    kept: BTreeSet<PathBuf>,
}

impl Site {
    /// Opens the folder, or makes it.
    pub(crate) fn open(folder: PathBuf) -> anyhow::Result<Self> {
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok(Self {
            folder,
            kept: BTreeSet::new(),
        })
    }

    /// Adds a file under `assets/` and returns its address.
    pub(crate) fn add(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> anyhow::Result<String> {
        let name = hashed_name(stem, extension, bytes);
        self.put(&format!("assets/{name}"), bytes)?;
        Ok(format!("/assets/{name}"))
    }

    /// Adds files that name each other, in a folder under `assets/` whose name changes with any of them, and returns the
    /// folder's address.
    pub(crate) fn add_folder(&mut self, stem: &str, files: &BTreeMap<String, Vec<u8>>) -> anyhow::Result<String> {
        let mut all = Vec::new();
        for (name, bytes) in files {
            all.extend(digest(name.as_bytes()).into_bytes());
            all.extend(digest(bytes).into_bytes());
        }
        let hash: String = digest(&all).chars().take(16).collect();
        let folder = format!("assets/{stem}.{hash}");
        for (name, bytes) in files {
            self.put(&format!("{folder}/{name}"), bytes)?;
        }
        Ok(format!("/{folder}"))
    }

    /// Adds page icons at the top, under their own names: browsers ask for them there.
    pub(crate) fn add_icons(&mut self, icons: &Path) -> anyhow::Result<()> {
        for name in system::file_names(icons) {
            let bytes =
                std::fs::read(icons.join(&name)).with_context(|| format!("style/icons/{name} cannot be read"))?;
            self.put(&name, &bytes)?;
        }
        Ok(())
    }

    /// Writes the manifest and removes what belongs to earlier builds.
    pub(crate) fn finish(mut self, manifest: &Manifest) -> anyhow::Result<()> {
        let text = serde_json::to_string_pretty(manifest)?;
        let path = self.folder.join("manifest.json");
        write_whole(&path, text.as_bytes())?;
        self.kept.insert(path);
        self.sweep(&self.folder)
    }

    /// Writes a file with its compressed forms, unless all three are there already with this content.
    fn put(&mut self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.folder.join(name);
        let (brotli, gzip) = (with_suffix(&path, "br"), with_suffix(&path, "gz"));
        let same = std::fs::read(&path).is_ok_and(|present| present == bytes);
        if !(same && brotli.is_file() && gzip.is_file()) {
            write_whole(&brotli, &compress_brotli(bytes)?)?;
            write_whole(&gzip, &compress_gzip(bytes)?)?;
            write_whole(&path, bytes)?;
        }
        self.kept.extend([path, brotli, gzip]);
        Ok(())
    }

    fn sweep(&self, folder: &Path) -> anyhow::Result<()> {
        for name in system::file_names(folder) {
            let path = folder.join(name);
            if path.is_dir() {
                self.sweep(&path)?;
                if system::file_names(&path).is_empty() {
                    std::fs::remove_dir(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
                }
            } else if !self.kept.contains(&path) {
                std::fs::remove_file(&path).with_context(|| format!("{} cannot be removed", path.display()))?;
            }
        }
        Ok(())
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".");
    name.push(suffix);
    PathBuf::from(name)
}

/// Compresses as small as Brotli can: it happens once per build and is paid back with every first visit.
fn compress_brotli(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &settings).context("compressing with Brotli failed")?;
    Ok(packed)
}

fn compress_gzip(bytes: &[u8]) -> anyhow::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).context("compressing with gzip failed")?;
    encoder.finish().context("compressing with gzip failed")
}

/// The sizes in bytes, as Brotli sends them, of everything that a first visit to the Groups tab loads: name and size.
///
/// # Errors
/// If the site has not been built.
pub(crate) fn sizes(site: &Path) -> anyhow::Result<Vec<(&'static str, u64)>> {
    let text = std::fs::read_to_string(site.join("manifest.json")).context("the site has not been built")?;
    let manifest: Manifest = serde_json::from_str(&text).context("the site's manifest.json is not valid")?;
    let size = |address: &String| sent_size(&site.join(address.trim_start_matches('/')));
    let parts_script = manifest.js.replace(SCRIPT, PARTS_SCRIPT);
    Ok(vec![
        ("wasm", size(&manifest.wasm)?),
        ("js", size(&manifest.js)? + size(&parts_script)?),
        ("css", size(&manifest.css)?),
    ])
}

/// The size of a file as it is sent: what gains nothing from Brotli goes as it is.
fn sent_size(path: &Path) -> anyhow::Result<u64> {
    let compressed = with_suffix(path, "br");
    let sent = if compressed.exists() { &compressed } else { path };
    let about = std::fs::metadata(sent).with_context(|| format!("{} is missing", sent.display()))?;
    Ok(about.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn manifest(css: String) -> Manifest {
        Manifest {
            js: css.clone(),
            wasm: css.clone(),
            css,
            parts: BTreeMap::new(),
        }
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names = system::file_names(folder);
        names.sort();
        names
    }

    #[test]
    fn a_name_follows_the_content() {
        let name = hashed_name("main", "css", b"a{}");
        assert_eq!(name, hashed_name("main", "css", b"a{}"));
        assert_ne!(name, hashed_name("main", "css", b"b{}"));
        assert_eq!(name.len(), "main..css".len() + 16);
    }

    #[test]
    fn a_build_leaves_only_its_own_files() {
        let folder = tempfile::tempdir().unwrap();
        for content in ["old", "new"] {
            let mut site = Site::open(folder.path().to_owned()).unwrap();
            let css = site.add("main", "css", content.as_bytes()).unwrap();
            site.finish(&manifest(css)).unwrap();
        }
        let css = hashed_name("main", "css", b"new");
        assert_eq!(names(folder.path()), ["assets", "manifest.json"]);
        assert_eq!(
            names(&folder.path().join("assets")),
            [css.clone(), format!("{css}.br"), format!("{css}.gz")]
        );
        assert_eq!(sizes(folder.path()).unwrap().len(), 3);
    }

    #[test]
    fn the_manifest_has_the_addresses_of_the_contract() {
        let text = serde_json::to_string(&manifest("/assets/x".to_owned())).unwrap();
        assert_eq!(
            text,
            r#"{"css":"/assets/x","js":"/assets/x","wasm":"/assets/x","parts":{}}"#
        );
    }

    #[test]
    fn the_compressed_forms_unpack_to_the_file() {
        let text = "body { color: red; } ".repeat(50);
        let mut unpacked = Vec::new();
        brotli::BrotliDecompress(&mut &*compress_brotli(text.as_bytes()).unwrap(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text.as_bytes());
        let mut unpacked = Vec::new();
        let mut decoder = flate2::write::GzDecoder::new(&mut unpacked);
        decoder.write_all(&compress_gzip(text.as_bytes()).unwrap()).unwrap();
        decoder.finish().unwrap();
        assert_eq!(unpacked, text.as_bytes());
    }

    #[test]
    fn files_that_name_each_other_share_a_folder_with_a_hash() {
        let folder = tempfile::tempdir().unwrap();
        let mut site = Site::open(folder.path().to_owned()).unwrap();
        let address = |site: &mut Site, text: &str| {
            let files = BTreeMap::from([
                ("a.js".to_owned(), b"import './b/c.js'".to_vec()),
                ("b/c.js".to_owned(), text.as_bytes().to_vec()),
            ]);
            site.add_folder("frontend", &files).unwrap()
        };
        let first = address(&mut site, "export {}");
        assert!(folder.path().join(format!(".{first}/b/c.js.br")).is_file());
        assert_eq!(address(&mut site, "export {}"), first);
        assert_ne!(address(&mut site, "export { c }"), first);
    }

    #[test]
    fn without_a_site_there_are_no_sizes() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(
            sizes(folder.path()).unwrap_err().to_string(),
            "the site has not been built"
        );
    }
}
