//! All files of a source tree: which file a path leads to, which files need each other.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path as Folder;

use super::source::{Path, Source};

/// So many imports lead from a name to what it stands for.
const MOST_STEPS: usize = 8;

/// The files of a tree, by the module that each is: `src/domain/ask.rs` is `domain`, `ask`.
pub(crate) struct House {
    pub(crate) files: BTreeMap<Path, SourceFile>,
    /// Those that hold nothing but tests: they may look anywhere.
    pub(crate) tests: BTreeMap<Path, SourceFile>,
    /// The packages on which it depends, as code names them.
    pub(crate) packages: Vec<String>,
}

/// A file and what it says.
pub(crate) struct SourceFile {
    /// Its path from the top of the repository.
    pub(crate) path: String,
    pub(crate) text: String,
    pub(crate) source: Source,
}

/// What a file needs of another: the module that it leads to, and the path that leads there.
type Needs<'h> = BTreeMap<&'h Path, BTreeMap<&'h Path, String>>;

impl House {
    /// Reads every file under `top/src`.
    pub(crate) fn read(top: &Folder) -> Self {
        let mut files = Vec::new();
        visit(&top.join("src"), top, &mut files);
        let mut house = Self::new(files);
        house.packages = packages(&fs::read_to_string(top.join("Cargo.toml")).unwrap());
        house
    }

    /// A house of these files.
    pub(crate) fn new(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files = files.into_iter().map(|(path, text)| {
            let source = Source::read(&text);
            (module(&path), SourceFile { path, text, source })
        });
        let all: BTreeMap<Path, SourceFile> = files.collect();
        let tests = all.iter().flat_map(|(module, file)| {
            let names = file.source.tests.iter();
            names.map(|name| joined(module, name))
        });
        let tests: Vec<Path> = tests.collect();
        let is_test = |module: &Path| tests.iter().any(|one| module.starts_with(one));
        let (tests, files) = all.into_iter().partition(|(module, _)| is_test(module));
        Self {
            files,
            tests,
            packages: Vec::new(),
        }
    }

    /// Whether there is such a module.
    fn has(&self, module: &[String]) -> bool {
        self.files.contains_key(module)
    }

    /// Every path that a file names, as it is from everywhere.
    pub(crate) fn named(&self, module: &[String]) -> BTreeSet<Path> {
        let source = &self.files[module].source;
        let imports = source.imports.iter().map(|one| &one.path);
        let paths = imports.chain(&source.paths);
        paths.map(|path| self.full(module, path)).collect()
    }

    /// The path as it is from everywhere: it begins with `crate` or with the name of a package. Names that a file
    /// imports are followed, but not into other files.
    fn full(&self, module: &[String], path: &[String]) -> Path {
        self.followed(module, path, 0)
    }

    fn followed(&self, module: &[String], path: &[String], steps: usize) -> Path {
        let name = &path[0];
        match name.as_str() {
            "crate" => own(&[], &path[1..]),
            "self" => own(module, &path[1..]),
            "super" => {
                let climbed = path.iter().take_while(|word| *word == "super").count();
                let depth = module.len().saturating_sub(climbed);
                own(&module[..depth], &path[climbed..])
            }
            _ => {
                let imports = &self.files[module].source.imports;
                let import = imports.iter().find(|one| one.name == *name);
                match import.filter(|one| one.path != path && steps < MOST_STEPS) {
                    Some(import) => {
                        let path = [&import.path, &path[1..]].concat();
                        self.followed(module, &path, steps + 1)
                    }
                    None if self.has(&joined(module, name)) => own(module, path),
                    None => path.to_vec(),
                }
            }
        }
    }

    /// The module that holds what a full path names; a path that only names a module needs none.
    fn leads_to(&self, path: &[String]) -> Option<&Path> {
        let (first, path) = path.split_first()?;
        if first != "crate" {
            return None;
        }
        self.definition(path, 0).or_else(|| {
            let depth = self.depth(path);
            (depth < path.len()).then(|| self.key(&path[..depth]))?
        })
    }

    /// The module that defines what a path from the root names, through every re-export.
    fn definition(&self, path: &[String], steps: usize) -> Option<&Path> {
        let mut depth = self.depth(path);
        if depth == path.len() {
            // The name of a module may also be the name of an item in it.
            depth = depth.checked_sub(1)?;
        }
        let (module, item) = (&path[..depth], path.get(depth)?);
        let source = &self.files.get(module)?.source;
        let stands_here = source.defined.contains(item) && !self.has(&path[..=depth]);
        if stands_here || steps == MOST_STEPS {
            return self.key(module);
        }
        let imports = source.imports.iter();
        let named = imports.clone().filter(|one| one.name == *item);
        let named = named.filter_map(|one| {
            let path = [&one.path, &path[depth + 1..]].concat();
            let full = self.full(module, &path);
            let inside = full.strip_prefix(&["crate".to_owned()][..])?;
            let found = self.definition(inside, steps + 1);
            found.or_else(|| self.key(&inside[..self.depth(inside)]))
        });
        let among_all = imports.filter(|one| one.name == "*");
        let among_all = among_all.filter_map(|one| {
            let full = self.full(module, &one.path);
            let inside = full.strip_prefix(&["crate".to_owned()][..])?;
            self.definition(&[inside, &path[depth..]].concat(), steps + 1)
        });
        named.chain(among_all).next()
    }

    /// How many words of a path from the root name modules.
    fn depth(&self, path: &[String]) -> usize {
        (1..=path.len())
            .find(|&words| !self.has(&path[..words]))
            .map_or(path.len(), |words| words - 1)
    }

    fn key(&self, module: &[String]) -> Option<&Path> {
        self.files.get_key_value(module).map(|(key, _)| key)
    }

    /// What each file needs of the others. To declare a child and to pass its names on is to need nothing of it.
    fn needs(&self) -> Needs<'_> {
        let mut needs = Needs::new();
        for (module, file) in &self.files {
            let source = &file.source;
            let imports = source.imports.iter();
            let imports = imports.filter(|one| !one.public || source.words.contains(&one.name));
            let paths = imports.map(|one| &one.path).chain(&source.paths);
            let own = needs.entry(module).or_default();
            for path in paths {
                match self.leads_to(&self.full(module, path)) {
                    Some(other) if other != module => {
                        own.entry(other).or_insert_with(|| path.join("::"));
                    }
                    _ => {}
                }
            }
        }
        needs
    }

    /// The files that need each other, each circle with the paths that close it.
    pub(crate) fn circles(&self) -> Vec<String> {
        let needs = self.needs();
        let reach: BTreeMap<_, _> = needs
            .keys()
            .map(|one| (*one, reached(&needs, one)))
            .collect();
        let mut circles = BTreeSet::new();
        for (module, others) in &reach {
            let back = |other: &&&Path| reach[**other].contains(module);
            let circle: BTreeSet<&Path> = others.iter().filter(back).copied().collect();
            if circle.len() > 1 {
                circles.insert(circle);
            }
        }
        let told = |circle: &BTreeSet<&Path>| {
            let name = |module: &Path| self.files[module].path.clone();
            let mut lines = vec![format!("{} files need each other:", circle.len())];
            for one in circle {
                let inside = needs[one]
                    .iter()
                    .filter(|(other, _)| circle.contains(**other));
                lines.extend(inside.map(|(other, path)| {
                    format!("  {} needs {} ({path})", name(one), name(other))
                }));
            }
            lines.join("\n")
        };
        circles.iter().map(told).collect()
    }
}

/// All that a file needs, and what that needs.
fn reached<'h>(needs: &Needs<'h>, module: &Path) -> BTreeSet<&'h Path> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Path> = needs[module].keys().copied().collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(needs[next].keys().copied());
        }
    }
    found
}

/// A path from the root, with `crate` in front.
fn own(module: &[String], rest: &[String]) -> Path {
    [&["crate".to_owned()], module, rest].concat()
}

fn joined(module: &[String], name: &str) -> Path {
    [module, &[name.to_owned()]].concat()
}

/// The module that a file is.
fn module(file: &str) -> Path {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
    let parts = inside
        .split('/')
        .filter(|part| !matches!(*part, "mod" | "lib"));
    parts.map(str::to_owned).collect()
}

/// The packages under `[dependencies]`.
fn packages(manifest: &str) -> Vec<String> {
    let lines = manifest
        .lines()
        .skip_while(|line| *line != "[dependencies]");
    let lines = lines.skip(1).take_while(|line| !line.starts_with('['));
    let names = lines.filter_map(|line| line.split_once(" = "));
    names.map(|(name, _)| name.replace('-', "_")).collect()
}

fn visit(folder: &Folder, top: &Folder, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, top, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let name = path.strip_prefix(top).unwrap().to_string_lossy();
            found.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
        }
    }
}
