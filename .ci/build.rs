//! Tells the program from which commit it is built: `ADVOCATE_COMMIT` where it is set, else what the repository's files
//! say; no git is needed. A debug build is unknown: it would be built anew with every commit.
#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a build script reads the environment and speaks to cargo on standard output"
)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo:rerun-if-changed=.ci/build.rs");
    println!("cargo:rerun-if-env-changed=ADVOCATE_COMMIT");
    let told = env::var("ADVOCATE_COMMIT")
        .ok()
        .filter(|told| !told.is_empty());
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let commit = told.or_else(|| is_release.then(in_the_repository).flatten());
    let commit: String = commit.map_or_else(
        || "unknown".to_owned(),
        |commit| commit.chars().take(12).collect(),
    );
    println!("cargo:rustc-env=ADVOCATE_COMMIT={}", commit.trim());
}

/// The commit that is checked out, as the files under `.git` say.
fn in_the_repository() -> Option<String> {
    let top = PathBuf::from(env::var("CARGO_MANIFEST_DIR").ok()?);
    let git = folder(&top.join(".git"))?;
    let head = read(&git.join("HEAD"))?;
    let Some(name) = head.strip_prefix("ref: ") else {
        return Some(head);
    };
    // In a second worktree, branches lie in the folder of the first.
    let common = read(&git.join("commondir")).map_or_else(|| git.clone(), |path| git.join(path));
    read(&common.join(name)).or_else(|| {
        let packed = read(&common.join("packed-refs"))?;
        let mut lines = packed.lines().filter_map(|line| line.split_once(' '));
        lines.find_map(|(commit, of)| (of == name).then(|| commit.to_owned()))
    })
}

/// The folder itself, or the one that a file in its place names.
fn folder(git: &Path) -> Option<PathBuf> {
    match git.is_dir() {
        true => Some(git.to_owned()),
        false => Some(read(git)?.strip_prefix("gitdir: ")?.into()),
    }
}

/// What a file says, which is read again when it changes.
fn read(path: &Path) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    println!("cargo:rerun-if-changed={}", path.display());
    Some(text.trim().to_owned())
}
