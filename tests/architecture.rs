//! The house's order (DESIGN 9): imports point down, files stay short and say what lives in them.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// What each module of the library may import of the others.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("metrics", &[]),
    ("catalogue", &["domain"]),
    ("store", &["domain"]),
    ("mail", &["domain", "catalogue"]),
    ("app", &["domain", "store", "mail", "catalogue"]),
    ("report", &["app", "catalogue", "domain"]),
    ("http", &["domain", "app", "catalogue", "metrics", "report"]),
    ("jobs", &["domain", "app", "mail", "metrics"]),
    ("fetch", &["app", "domain"]),
    ("config", &["app", "http", "mail", "store"]),
    ("telemetry", &["config"]),
    ("server", &["app", "config", "fetch", "http", "jobs", "metrics", "signals", "store"]),
    ("signals", &[]),
    ("admin", &["app", "domain"]),
    ("backup", &["app", "config", "domain", "server", "store"]),
    ("import", &["app", "catalogue", "domain"]),
    ("demo", &["app", "catalogue", "config", "domain", "mail", "server", "store"]),
];

/// The crates that the domain may know (DESIGN 9).
const PURE: &[&str] = &["std", "core", "alloc", "chrono", "chrono_tz", "serde", "thiserror", "uuid"];

const LONGEST_FILE: usize = 400;

struct Source {
    /// Below the repository, with slashes.
    name: String,
    text: String,
}

impl Source {
    /// The module of the library it belongs to.
    fn module(&self) -> &str {
        let inside = self.name.strip_prefix("src/").unwrap_or("");
        inside.split(['/', '.']).next().unwrap_or("")
    }

    /// Without comments and without the tests at its end, which may import what they like.
    fn code(&self) -> String {
        let code = self.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let lines = code.lines().map(|line| line.split("//").next().unwrap_or_default());
        lines.collect::<Vec<_>>().join("\n")
    }

    fn is_test(&self) -> bool {
        self.name.contains("test") || self.name.ends_with("properties.rs")
    }
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join(folder), &mut paths);
    let read = |path: PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        Source { name, text: fs::read_to_string(path).unwrap() }
    };
    paths.into_iter().map(read).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
    paths.sort();
}

/// The modules named after `crate::`, one by one or in braces.
fn imported(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (place, _) in code.match_indices("crate::") {
        // Not `$crate::` of another crate's macro, nor the end of a longer word.
        let before = code[..place].chars().next_back().unwrap_or(' ');
        if before.is_alphanumeric() || before == '_' {
            continue;
        }
        let rest = &code[place + "crate::".len()..];
        match rest.strip_prefix('{') {
            None => found.push(first_word(rest)),
            Some(list) => found.extend(members(list)),
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

/// The first words of a list's members at its own depth, up to its closing brace.
fn members(list: &str) -> Vec<String> {
    let (mut depth, mut begins, mut found) = (0, true, Vec::new());
    for (place, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => begins = true,
            c if begins && !c.is_whitespace() => {
                found.push(first_word(&list[place..]));
                begins = false;
            }
            _ => {}
        }
    }
    found
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn imports_are_found_in_every_form() {
    let code = "use crate::{\n    app::{App, store::x},\n    domain::ids,\n};\nuse crate::mail::letter;\n\
                fn f() { crate::store::db::g() }\nmacro { $crate::jobs::x }";
    assert_eq!(imported(code), ["app", "domain", "mail", "store", "jobs"]);
}

#[test]
fn imports_point_down() {
    let mut wrong = Vec::new();
    for source in sources("src") {
        let module = source.module();
        if matches!(module, "lib" | "main") || source.is_test() {
            continue;
        }
        let allowed = MAY_IMPORT.iter().find(|(name, _)| *name == module);
        let (_, allowed) = allowed.unwrap_or_else(|| panic!("{}: which layer is {module}?", source.name));
        for name in imported(&source.code()) {
            let is_module = MAY_IMPORT.iter().any(|(known, _)| *known == name);
            if is_module && name != module && !allowed.contains(&name.as_str()) {
                wrong.push(format!("{}: {module} imports {name}", source.name));
            }
        }
    }
    assert!(wrong.is_empty(), "imports point up:\n{}", wrong.join("\n"));
}

#[test]
fn the_domain_is_pure() {
    let mut wrong = Vec::new();
    for source in sources("src/domain").iter().filter(|source| !source.is_test()) {
        for line in source.code().lines() {
            let Some(rest) = line.trim_start().strip_prefix("use ") else { continue };
            let name = first_word(rest.trim_start_matches("::"));
            let own =
                matches!(name.as_str(), "crate" | "super" | "self") || name.chars().any(char::is_uppercase);
            let local = source.text.contains(&format!("mod {name};"))
                || source.text.contains(&format!("enum {name} "));
            if !own && !local && !PURE.contains(&name.as_str()) {
                wrong.push(format!("{}: {line}", source.name));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "the domain knows std, chrono, serde, thiserror and uuid only:\n{}",
        wrong.join("\n")
    );
}

/// `Call::change` is what replays; a handler that claims a key and goes through `Call::run` would refuse what
/// the same request did itself.
#[test]
fn handlers_that_claim_an_idempotency_key_go_through_change() {
    let mut claiming = 0;
    for source in sources("src/http") {
        let code = source
            .code()
            .replace("\npub(super) async fn ", "\nasync fn ")
            .replace("\npub async fn ", "\nasync fn ");
        for handler in code.split("\nasync fn ") {
            let claims = handler.contains("context.claim(");
            claiming += usize::from(claims);
            let name = handler.split('(').next().unwrap_or_default();
            assert!(
                !claims || !handler.contains(".run("),
                "{}: {name}: `.change(`, not `.run(`",
                source.name
            );
        }
    }
    assert!(claiming > 20, "only {claiming} handlers claim");
}

#[test]
fn files_are_short_and_say_what_lives_in_them() {
    let mut wrong = Vec::new();
    for source in sources("src").iter().chain(&sources("tests")) {
        if source.name == "src/store/schema.rs" {
            continue; // generated
        }
        let lines = source.text.lines().count();
        if lines > LONGEST_FILE {
            wrong.push(format!("{} has {lines} lines, more than {LONGEST_FILE}", source.name));
        }
        if !source.text.starts_with("//! ") {
            wrong.push(format!("{} does not begin with what lives in it (//!)", source.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
