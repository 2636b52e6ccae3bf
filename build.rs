//! Builds the web client (web/) where Node is there and lists its files for `http::web_client` to embed.
//!
//! Never fails: without Node, or without the network where npm needs it, the service is built without the client, a
//! warning says why, and so does the page at `/`. `PROSTOR_WEB=off` leaves it out, `PROSTOR_WEB=<folder>` takes one that
//! is built already (`npm run build` writes web/dist).

#![expect(clippy::disallowed_methods, reason = "cargo speaks to a build script through its environment")]

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::{self, File},
    path::{Path, PathBuf},
    process::Command,
};

/// What the client is built from; never node_modules.
const SOURCES: [&str; 8] = [
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "svelte.config.js",
    "tsconfig.json",
    "vite.config.ts",
];
/// Vite wants it (its package.json, `engines`).
const OLDEST_NODE: (u32, u32) = (20, 19);

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() {
    println!("cargo::rerun-if-env-changed=PROSTOR_WEB");
    println!("cargo::rerun-if-changed=build.rs");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    let (files, why) = match dist(&root.join("web"), &out.join("web")).and_then(|dist| list(&dist)) {
        Ok(files) => (files, String::new()),
        Err(why) => {
            println!(
                "cargo::warning=without the web client: {why}; once that is mended: touch build.rs, and build"
            );
            // Where PATH leads to another Node it is tried again by itself.
            println!("cargo::rerun-if-env-changed=PATH");
            (String::new(), why.to_string())
        }
    };
    let code = format!(
        "pub(super) static FILES: &[File] = &[\n{files}];\npub(super) const WHY_NOT: &str = {why:?};\n"
    );
    fs::write(out.join("web_client.rs"), code).expect("OUT_DIR is there to be written to");
}

/// The folder with the client, built.
fn dist(web: &Path, out: &Path) -> Outcome<PathBuf> {
    match env::var("PROSTOR_WEB").as_deref() {
        Ok("off") => return Err("PROSTOR_WEB=off".into()),
        Ok("") | Err(_) => {}
        Ok(ready) => {
            println!("cargo::rerun-if-changed={ready}");
            return Ok(fs::canonicalize(ready).map_err(|error| format!("PROSTOR_WEB={ready}: {error}"))?);
        }
    }
    for source in SOURCES.map(|name| web.join(name)) {
        if source.exists() {
            println!("cargo::rerun-if-changed={}", source.display());
        }
    }
    check_node()?;
    // One at a time, as builds of several profiles share node_modules.
    let lock = File::create(web.join(".building"))?;
    lock.lock()?;
    install(web)?;
    npm(web, &["run", "--silent", "build", "--", "--outDir", &out.display().to_string()])?;
    Ok(out.to_owned())
}

fn check_node() -> Outcome<()> {
    let wanted = format!("Node {}.{} or newer with npm", OLDEST_NODE.0, OLDEST_NODE.1);
    let missing = |_| format!("{wanted} is not installed");
    let said = Command::new("node").arg("--version").output().map_err(missing)?;
    let version = String::from_utf8_lossy(&said.stdout).trim().to_owned();
    let mut numbers = version.trim_start_matches('v').split('.').map_while(|part| part.parse().ok());
    let found = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    if found < OLDEST_NODE {
        return Err(format!("{wanted} is needed, this is {version}").into());
    }
    Ok(())
}

/// `npm ci`, unless what is installed is what the lock file asks for.
fn install(web: &Path) -> Outcome<()> {
    let wanted = fs::read(web.join("package-lock.json"))?;
    let mark = web.join("node_modules/.prostor-installed");
    if fs::read(&mark).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    npm(web, &["ci", "--no-audit", "--no-fund", "--loglevel", "error"])?;
    Ok(fs::write(mark, wanted)?)
}

fn npm(web: &Path, arguments: &[&str]) -> Outcome<()> {
    let what = format!("npm {}", arguments[..arguments.len().min(3)].join(" "));
    let done = Command::new("npm")
        .args(arguments)
        .current_dir(web)
        // `production` would leave out what builds.
        .env_remove("NODE_ENV")
        .output()
        .map_err(|error| format!("{what}: {error}"))?;
    if done.status.success() {
        return Ok(());
    }
    let said = format!("{}{}", String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    let said: Vec<_> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    // A warning is one line.
    Err(format!("{what} failed: {}", said[..said.len().min(6)].join(" | ")).into())
}

/// The table's rows: each file, with the compressed ones beside it.
fn list(dist: &Path) -> Outcome<String> {
    let mut paths = Vec::new();
    collect(dist, &mut paths)?;
    if !paths.iter().any(|path| path.ends_with("index.html")) {
        return Err(format!("{} holds no index.html", dist.display()).into());
    }
    let mut rows = String::new();
    for path in &paths {
        let name = path.strip_prefix(dist)?.to_str().ok_or("a file's name is no text")?.replace('\\', "/");
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let include = |path: &Path| format!("include_bytes!({:?})", path.display().to_string());
        let beside = |suffix: &str| {
            let sibling = PathBuf::from(format!("{}.{suffix}", path.display()));
            if paths.contains(&sibling) { format!("Some({})", include(&sibling)) } else { "None".to_owned() }
        };
        writeln!(
            rows,
            "    File {{ name: {name:?}, plain: {}, brotli: {}, gzip: {} }},",
            include(path),
            beside("br"),
            beside("gz"),
        )?;
    }
    Ok(rows)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Outcome<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect(&path, paths)? } else { paths.push(path) }
    }
    paths.sort();
    Ok(())
}
