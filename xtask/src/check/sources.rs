//! Rules about source text that neither the compiler nor clippy knows.

use std::path::Path;

use anyhow::Context as _;

use crate::project::Project;
use crate::system;

/// Words that must not be written in some part of the tree.
struct Ban {
    /// Where, as the beginning of a path below the checkout.
    within: &'static str,
    /// But not here.
    except: &'static [&'static str],
    finds: fn(&str) -> bool,
    reason: &'static str,
}

const BANS: [Ban; 8] = [
    Ban {
        within: "backend/src/",
        except: &[
            "backend/src/store/",
            "backend/src/store.rs",
            "backend/src/entities/",
            "backend/src/testing/",
        ],
        finds: names_an_entity,
        reason: "only backend::store names an entity",
    },
    Ban {
        within: "app/src/",
        except: &[],
        finds: names_an_entity,
        reason: "only backend::store names an entity",
    },
    Ban {
        within: "server/src/",
        except: &[],
        finds: names_an_entity,
        reason: "only backend::store names an entity",
    },
    Ban {
        within: "server/src/api/",
        except: &[],
        finds: |line| line.contains("server_fns"),
        reason: "the REST API does not call server functions; both call backend::services",
    },
    Ban {
        within: "app/src/server_fns/",
        except: &[],
        finds: |line| line.contains("server::api"),
        reason: "server functions do not call the REST API; both call backend::services",
    },
    Ban {
        within: "app/src/",
        except: &[],
        finds: sets_style,
        reason: "the content security policy refuses style attributes; use a class or data attribute",
    },
    Ban {
        within: "app/src/",
        except: &[],
        finds: |line| line.contains(" attr:"),
        reason: "components take what they need by name; the browser's part adds no attributes from outside",
    },
    Ban {
        within: "",
        except: &[],
        finds: allows_lint,
        reason: "write #[expect(…, reason = \"…\")] instead of allow",
    },
];

const FOLDERS: [&str; 9] = [
    "app",
    "backend",
    "domain",
    "end2end/simulator",
    "frontend",
    "migrations",
    "server",
    "views",
    "xtask",
];

/// One line for each place that breaks a rule.
pub(super) fn violations(project: &Project) -> anyhow::Result<Vec<String>> {
    let mut found = Vec::new();
    for folder in FOLDERS {
        visit(project.root(), folder, &mut found)?;
    }
    Ok(found)
}

fn visit(root: &Path, below: &str, found: &mut Vec<String>) -> anyhow::Result<()> {
    let mut names = system::file_names(&root.join(below));
    names.sort();
    for name in names {
        let path = format!("{below}/{name}");
        if root.join(&path).is_dir() {
            visit(root, &path, found)?;
        } else if name.ends_with(".rs") {
            let text = std::fs::read_to_string(root.join(&path)).with_context(|| format!("{path} cannot be read"))?;
            found.extend(in_file(&path, &text));
        }
    }
    Ok(())
}

fn in_file(path: &str, text: &str) -> Vec<String> {
    let bans: Vec<&Ban> = BANS
        .iter()
        .filter(|ban| path.starts_with(ban.within) && !ban.except.iter().any(|except| path.starts_with(except)))
        .collect();
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_start();
        if line.starts_with("//") {
            continue;
        }
        for ban in bans.iter().filter(|ban| (ban.finds)(line)) {
            found.push(format!("{path}:{}: {}.", number + 1, ban.reason));
        }
    }
    if path.starts_with("app/src/") {
        found.extend(textareas_with_children(text).into_iter().map(|line| {
            format!("{path}:{line}: the children of a textarea are not escaped; set prop:value and leave it empty.")
        }));
    }
    found
}

fn names_an_entity(line: &str) -> bool {
    line.match_indices("entities::").any(|(at, _)| starts_a_word(line, at))
}

fn allows_lint(line: &str) -> bool {
    // Spelled apart, or this line would break its own rule.
    [concat!("#[", "allow("), concat!("#![", "allow(")]
        .iter()
        .any(|attribute| line.contains(attribute))
}

/// `style=…` or `style:name=…` in a view, `.style(…)` on an element.
fn sets_style(line: &str) -> bool {
    line.match_indices("style").any(|(at, word)| {
        if !starts_a_word(line, at) {
            return false;
        }
        let rest = line.get(at + word.len()..).unwrap_or_default();
        let attribute = rest.starts_with('=') && !rest.starts_with("==");
        let directive = rest.strip_prefix(':').is_some_and(|rest| {
            let name = rest.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '-');
            name.len() < rest.len() && name.starts_with('=')
        });
        // Without an argument it is the browser's object for the styles of an element that scripts may set.
        let builder = rest.starts_with('(') && !rest.starts_with("()");
        attribute || directive || (builder && line.get(..at).is_some_and(|before| before.ends_with('.')))
    })
}

fn starts_a_word(line: &str, at: usize) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    before.is_none_or(|letter| !letter.is_alphanumeric() && letter != '_' && letter != '-')
}

/// The lines on which a `<textarea>` begins that has something between its tags.
fn textareas_with_children(text: &str) -> Vec<usize> {
    let mut lines = Vec::new();
    for (at, tag) in text.match_indices("<textarea") {
        let line_start = text
            .get(..at)
            .and_then(|before| before.rfind('\n'))
            .map_or(0, |end| end + 1);
        if text.get(line_start..at).is_some_and(|before| before.contains("//")) {
            continue;
        }
        let rest = text.get(at + tag.len()..).unwrap_or_default();
        let Some(end) = end_of_tag(rest) else { continue };
        let closed = rest.get(..end).is_some_and(|attributes| attributes.ends_with('/'));
        let empty = rest
            .get(end + 1..)
            .is_some_and(|after| after.trim_start().starts_with("</textarea>"));
        if !closed && !empty {
            lines.push(text.get(..at).map_or(0, |before| before.matches('\n').count()) + 1);
        }
    }
    lines
}

/// The position of the `>` that ends a tag: the first that is neither inside of brackets or a text nor part of an arrow.
fn end_of_tag(text: &str) -> Option<usize> {
    let (mut depth, mut in_text, mut previous) = (0_u32, false, ' ');
    for (at, letter) in text.char_indices() {
        match letter {
            '"' if previous != '\\' => in_text = !in_text,
            _ if in_text => {}
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' => depth = depth.saturating_sub(1),
            '>' if depth == 0 && previous != '-' && previous != '=' => return Some(at),
            _ => {}
        }
        previous = letter;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_belong_to_the_store() {
        let line = "use crate::entities::sms_group;\n";
        assert_eq!(in_file("backend/src/services/x.rs", line).len(), 1);
        assert_eq!(
            in_file("backend/src/services/x.rs", "// use crate::entities::sms_group;\n").len(),
            0
        );
        assert_eq!(in_file("backend/src/store/x.rs", line).len(), 0);
        assert_eq!(
            in_file("backend/src/services/x.rs", "let html_entities::Decoder = x;\n").len(),
            0
        );
    }

    #[test]
    fn transports_do_not_call_each_other() {
        assert_eq!(in_file("server/src/api/x.rs", "use app::server_fns::list;\n").len(), 1);
        assert_eq!(in_file("server/src/lib.rs", "use app::server_fns::list;\n").len(), 0);
        assert_eq!(in_file("app/src/server_fns/x.rs", "use server::api::list;\n").len(), 1);
    }

    #[test]
    fn style_attributes_are_found_in_views_only() {
        for line in [
            "<p style=\"color: red\">",
            "<p style:width=\"1px\">",
            "p().style(\"a\")",
            "<p attr:style=x/>",
        ] {
            assert!(sets_style(line), "{line}");
        }
        for line in [
            "let style = 1;",
            "if style == x {",
            "style: Style,",
            "<p font-style=x>",
            "style::Style",
            "<p class:style>",
            "let styles = element.style();",
        ] {
            assert!(!sets_style(line), "{line}");
        }
    }

    #[test]
    fn lints_are_expected_and_not_allowed() {
        let line = concat!("#[", "allow(dead_code)]");
        assert_eq!(
            in_file("domain/src/x.rs", line),
            ["domain/src/x.rs:1: write #[expect(…, reason = \"…\")] instead of allow."]
        );
        assert!(in_file("domain/src/x.rs", "#[expect(dead_code, reason = \"…\")]").is_empty());
    }

    #[test]
    fn a_textarea_has_no_children() {
        assert_eq!(
            textareas_with_children("a\n<textarea name=\"x\">{text}</textarea>"),
            [2]
        );
        assert_eq!(
            textareas_with_children("<textarea on:input=move |e| { a(e) }>{text}</textarea>"),
            [1]
        );
        assert!(textareas_with_children("<textarea prop:value=x on:input=|e| { a > b; }></textarea>").is_empty());
        assert!(textareas_with_children("<textarea\n    prop:value=x\n/>").is_empty());
        assert!(textareas_with_children("/// `<textarea>` text").is_empty());
    }
}
