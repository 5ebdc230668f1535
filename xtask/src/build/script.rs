//! The scripts beside the module, smaller: wasm-bindgen writes them to be read, and calls what the module takes from them
//! by long names.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, anyhow, ensure};

use super::assets::write_whole;
use super::wasm::{MODULE, PARTS_SCRIPT, SCRIPT};
use crate::process;
use crate::project::Project;

/// The name under which the module takes something from [`SCRIPT`].
const TAKEN_FROM: &str = "./frontend_bg.js";

/// Gives short names to what the module takes from its script, in both.
pub(super) fn shorten_names(folder: &Path) -> anyhow::Result<()> {
    let (module_path, script_path) = (folder.join(MODULE), folder.join(SCRIPT));
    let mut module = walrus::ModuleConfig::new()
        .generate_name_section(false)
        .generate_producers_section(false)
        .parse_file(&module_path)
        .map_err(|error| anyhow!("{} cannot be understood: {error:#}", module_path.display()))?;
    let mut names = BTreeMap::new();
    for (index, import) in module.imports.iter_mut().enumerate() {
        if import.module == TAKEN_FROM {
            let long = std::mem::replace(&mut import.name, format!("i{index}"));
            names.insert(long, import.name.clone());
        }
    }
    let script =
        std::fs::read_to_string(&script_path).with_context(|| format!("{} cannot be read", script_path.display()))?;
    write_whole(&script_path, with_names(script, &names)?.as_bytes())?;
    write_whole(&module_path, &module.emit_wasm())
}

/// `script` with each of the long names replaced; it has each once, as the key of a function.
fn with_names(mut script: String, names: &BTreeMap<String, String>) -> anyhow::Result<String> {
    for (long, short) in names {
        let (long, short) = (format!(" {long}: "), format!(" {short}: "));
        ensure!(
            script.matches(&long).count() == 1,
            "the script of wasm-bindgen does not name{long}once"
        );
        script = script.replacen(&long, &short, 1);
    }
    Ok(script)
}

/// What Node does: the package's own program is one for this machine or a script, as its installation went.
const MINIFY: &str = "const [esbuild, ...files] = process.argv.slice(1);\
    const fs = require('fs');\
    for (const file of files) {\
        const { code } = require(esbuild).transformSync(fs.readFileSync(file, 'utf8'), { minify: true, format: 'esm' });\
        fs.writeFileSync(file, code);\
    }";

/// Takes blanks, comments and long names out of the scripts of a folder, with a package in the folder `modules`.
pub(super) fn minify(project: &Project, modules: &Path, folder: &Path) -> anyhow::Result<()> {
    let mut node = process::program(project, "node");
    node.args(["-e", MINIFY])
        .arg(modules.join("esbuild"))
        .args([folder.join(SCRIPT), folder.join(PARTS_SCRIPT)]);
    process::quiet("esbuild", &mut node).map(|_| ())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> BTreeMap<String, String> {
        BTreeMap::from([("__wbg_log_1a2b".to_owned(), "i0".to_owned())])
    }

    #[test]
    fn a_long_name_becomes_a_short_one() {
        let script = "import0 = {\n    __wbg_log_1a2b: function(arg0) {},\n};".to_owned();
        let expected = "import0 = {\n    i0: function(arg0) {},\n};";
        assert_eq!(with_names(script, &names()).unwrap(), expected);
    }

    #[test]
    fn a_script_without_a_name_of_the_module_is_not_written() {
        assert!(with_names("import0 = {};".to_owned(), &names()).is_err());
    }
}
