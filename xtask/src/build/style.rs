//! One minified style sheet out of `style/main.css` and everything it imports.

use std::path::Path;

use anyhow::anyhow;
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};

/// Bundles a style sheet with its imports. No target browsers are given, so modern syntax (nesting, `light-dark()`)
/// stays as it was written.
///
/// # Errors
/// One sentence with file and line if a file is missing or is not valid.
pub(crate) fn bundle(entry: &Path) -> anyhow::Result<String> {
    let files = FileProvider::new();
    let mut sheet = Bundler::new(&files, None, ParserOptions::default())
        .bundle(entry)
        .map_err(|error| anyhow!("the style sheets cannot be bundled: {error}"))?;
    sheet
        .minify(MinifyOptions::default())
        .map_err(|error| anyhow!("the style sheets cannot be minified: {error}"))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: true,
            ..PrinterOptions::default()
        })
        .map_err(|error| anyhow!("the style sheets cannot be written: {error}"))?;
    Ok(printed.code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundled(main: &str, other: &str) -> anyhow::Result<String> {
        let folder = tempfile::tempdir()?;
        std::fs::write(folder.path().join("main.css"), main)?;
        std::fs::write(folder.path().join("other.css"), other)?;
        bundle(&folder.path().join("main.css"))
    }

    #[test]
    fn keeps_the_order_of_layers_and_modern_syntax() {
        let css = bundled(
            "@layer base, ui;\n@import \"other.css\" layer(ui);\n",
            ".a { color: light-dark(#fff, #000); & .b { inset-inline: 0; } }",
        )
        .unwrap();
        assert!(css.starts_with("@layer base;@layer ui{"), "{css}");
        assert!(css.contains("light-dark("), "{css}");
        assert!(!css.contains("@import"), "{css}");
    }

    #[test]
    fn names_the_file_that_is_wrong() {
        let error = bundled("@import \"other.css\";", ".a { color: ")
            .map(|_| ())
            .and_then(|()| bundled("@import \"missing.css\";", "").map(|_| ()));
        let text = error.unwrap_err().to_string();
        assert!(text.contains("main.css:0:1"), "{text}");
    }
}
