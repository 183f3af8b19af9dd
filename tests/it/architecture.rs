//! Who may import whom, how large a file may be, and where `cfg(feature)` may stand.

use std::fs;
use std::path::{Path, PathBuf};

/// What each folder or file of `src` may name with `crate::`; a folder may always name itself.
const MAY_NAME: [(&str, &[&str]); 16] = [
    ("domain", &[]),
    ("paths.rs", &["domain"]),
    ("paths", &["domain"]),
    ("error.rs", &["domain"]),
    ("ui", &["domain", "error", "paths"]),
    ("auth", &["ui", "domain", "error", "paths"]),
    ("customers", &["ui", "domain", "error", "paths"]),
    ("imports", &["ui", "domain", "error", "paths"]),
    ("orders", &["ui", "domain", "error", "paths"]),
    ("outreach", &["ui", "domain", "error", "paths"]),
    ("settings", &["ui", "domain", "error", "paths"]),
    ("palette", &["ui", "domain", "error", "paths"]),
    ("frame.rs", &["auth", "palette", "ui", "domain", "error", "paths"]),
    (
        "lazy.rs",
        &[
            "auth",
            "customers",
            "imports",
            "orders",
            "outreach",
            "palette",
            "settings",
            "ui",
        ],
    ),
    ("app.rs", &["auth", "customers", "frame", "lazy", "ui", "paths"]),
    (
        "server",
        &["app", "domain", "error", "paths", "with_pool", "in_transaction"],
    ),
];

fn sources() -> Vec<(PathBuf, String)> {
    fn walk(folder: &Path, out: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, out);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                out.push((path, text));
            }
        }
    }
    let mut out = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    assert!(out.len() > 30, "the sources are found");
    out
}

fn relative(path: &Path) -> String {
    path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src"))
        .unwrap()
        .display()
        .to_string()
}

/// The modules named after `crate::`, with the line they are named in.
fn named(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .flat_map(|(number, line)| {
            line.match_indices("crate::")
                .filter(move |(at, _)| !line[..*at].ends_with('$'))
                .map(move |(at, _)| {
                    let rest = &line[at + "crate::".len()..];
                    let end = rest
                        .find(|letter: char| !letter.is_alphanumeric() && letter != '_')
                        .unwrap_or(rest.len());
                    (number + 1, &rest[..end])
                })
        })
}

#[test]
fn imports_point_one_way() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let file = relative(&path);
        let Some((room, allowed)) = MAY_NAME
            .iter()
            .find(|(room, _)| file == *room || file.starts_with(&format!("{room}/")))
        else {
            continue;
        };
        let own = room.trim_end_matches(".rs");
        for (line, module) in named(&text) {
            // A server function's body is never compiled for the browser.
            let in_server_function = module == "server" && file.ends_with("/api.rs");
            let grouped = module.is_empty();
            if module != own && !allowed.contains(&module) && !in_server_function && !grouped {
                wrong.push(format!("{file}:{line} names crate::{module}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn server_functions_reach_the_server_only_through_the_guard() {
    let mut wrong = Vec::new();
    for (path, text) in sources().into_iter().filter(|(path, _)| path.ends_with("api.rs")) {
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains("crate::server::"))
        {
            let through = ["crate::server::guard::", "crate::server::present::"];
            if !through.iter().any(|door| line.contains(door)) {
                wrong.push(format!("{}:{} {}", relative(&path), number + 1, line.trim()));
            }
        }
        let functions = text.matches("#[server(prefix").count();
        let guards = text.matches("crate::server::guard::").count();
        assert!(
            guards >= functions,
            "{}: {functions} server functions, {guards} guards",
            relative(&path)
        );
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn features_are_told_apart_in_one_file_only() {
    for (path, text) in sources() {
        let count = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .filter(|line| {
                line.contains("cfg(feature") || line.contains("cfg_attr(feature") || line.contains("cfg(not(feature")
            })
            .count();
        let allowed = if relative(&path) == "lib.rs" { 2 } else { 0 };
        assert_eq!(count, allowed, "{}", relative(&path));
    }
}

#[test]
fn files_stay_small() {
    let large: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (relative(&path), text.lines().count()))
        .filter(|(_, lines)| *lines > 300)
        .map(|(file, lines)| format!("{file}: {lines} lines"))
        .collect();
    assert!(large.is_empty(), "{large:#?}");
}

#[test]
fn views_fit_on_a_screen() {
    let mut large = Vec::new();
    for (path, text) in sources() {
        let lines: Vec<&str> = text.lines().collect();
        for (start, line) in lines.iter().enumerate().filter(|(_, line)| line.contains("view! {")) {
            let inside = line.split("view! {").nth(1).unwrap_or_default();
            if inside.matches('}').count() > inside.matches('{').count() {
                continue;
            }
            let indent = line.len() - line.trim_start().len();
            let length = lines[start..]
                .iter()
                .position(|line| line.trim_start().starts_with('}') && line.len() - line.trim_start().len() == indent)
                .unwrap_or(0);
            if length > 40 {
                large.push(format!("{}:{} {length} lines", relative(&path), start + 1));
            }
        }
    }
    assert!(large.is_empty(), "{large:#?}");
}

#[test]
fn both_configurations_of_leptos_agree() {
    let section = |file: &str| -> toml::Table {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
        let table: toml::Table = text.parse().unwrap();
        table["package"]["metadata"]["leptos"].as_table().unwrap().clone()
    };
    let (built, deployed) = (section("Cargo.toml"), section("Leptos.toml"));
    assert!(deployed.len() > 4);
    for (key, value) in deployed {
        assert_eq!(built.get(&key), Some(&value), "{key}");
    }
}
