//! The service worker: `public/sw.js`, told which files this build of the site has.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use axum::body::Bytes;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use leptos::config::LeptosOptions;

use crate::server::token;

/// What the worker may do: ask this server, and load the script that it shares with the pages.
const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'";
/// What stands in `sw.js` where the version and the files go.
const VERSION: &str = "__VERSION__";
const FILES: &str = "__FILES__";
/// The files of fixed names that pages need without a connection.
const FIXED: [&str; 3] = ["/device.js", "/icons.svg", "/favicon.svg"];

/// The worker of this build; none where the site has none.
#[derive(Clone)]
pub struct Worker(Option<Bytes>);

impl Worker {
    /// Reads the worker. Its version is another one whenever any of its files is.
    pub fn new(options: &LeptosOptions) -> Self {
        let root = PathBuf::from(options.site_root.as_ref());
        let Ok(script) = fs::read_to_string(root.join("sw.js")) else {
            return Self(None);
        };
        let files: Vec<String> = FIXED.map(str::to_owned).into_iter().chain(built(options)).collect();
        // The name of a file of the build says what is in it; the others are small.
        let fixed = FIXED.map(|file| fs::read_to_string(root.join(&file[1..])).unwrap_or_default());
        let whole = format!("{script}{files:?}{}", fixed.concat());
        let version: String = token::hash(&whole).chars().take(16).collect();
        let files = serde_json::to_string(&files).unwrap_or_default();
        Self(Some(script.replace(VERSION, &version).replace(FILES, &files).into()))
    }

    /// Sends the worker; browsers ask for it anew each time.
    pub fn answer(&self) -> Response {
        let Some(script) = self.0.clone() else {
            return StatusCode::NOT_FOUND.into_response();
        };
        let headers: [(HeaderName, &str); 3] = [
            (header::CONTENT_TYPE, "text/javascript; charset=utf-8"),
            (header::CACHE_CONTROL, "no-cache"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
        ];
        (headers, script).into_response()
    }
}

/// The compiled files, as pages ask for them.
fn built(options: &LeptosOptions) -> Vec<String> {
    let (name, folder) = (options.output_name.to_string(), options.site_pkg_dir.to_string());
    if !options.hash_files {
        return ["js", "wasm", "css"]
            .map(|kind| format!("/{folder}/{name}.{kind}"))
            .to_vec();
    }
    let pkg = Path::new(options.site_root.as_ref()).join(&folder);
    hashes(options)
        .lines()
        .filter_map(|line| line.split_once(':'))
        .flat_map(|(kind, hash)| match (kind, hash.trim()) {
            ("split", hash) => vec![format!("__wasm_split.{hash}.js")],
            ("manifest", hash) => parts(&pkg.join(format!("__wasm_split_manifest.{hash}.json"))),
            (kind, hash) => vec![format!("{name}.{hash}.{kind}")],
        })
        .map(|file| format!("/{folder}/{file}"))
        .collect()
}

/// What the build calls its files.
fn hashes(options: &LeptosOptions) -> String {
    let beside = std::env::current_exe().ok();
    let file = beside
        .as_deref()
        .and_then(Path::parent)
        .map(|folder| folder.join(options.hash_file.as_ref()));
    file.and_then(|file| fs::read_to_string(file).ok()).unwrap_or_default()
}

/// The files of the parts that pages load when they are gone to.
fn parts(manifest: &Path) -> Vec<String> {
    let read = fs::read_to_string(manifest).unwrap_or_default();
    let parts: BTreeMap<String, BTreeSet<String>> = serde_json::from_str(&read).unwrap_or_default();
    let files: BTreeSet<String> = parts.into_values().flatten().collect();
    files.into_iter().map(|file| format!("{file}.wasm")).collect()
}
