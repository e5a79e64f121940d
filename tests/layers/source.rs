//! One source file as far as the rules of the house need it: what it defines, what it imports, which paths it names.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path as it is written: `super::ask::AskKind` is three words.
pub(crate) type Path = Vec<String>;

/// One name that a `use` brings in.
#[derive(Debug)]
pub(crate) struct Import {
    /// The name in this file; `*` for all names.
    pub(crate) name: String,
    /// What it stands for.
    pub(crate) path: Path,
    /// Whether others may reach it through this file.
    pub(crate) public: bool,
}

/// What the code of a file says, without its tests and comments.
#[derive(Debug, Default)]
pub(crate) struct Source {
    /// Items that stand at the file's top.
    pub(crate) defined: BTreeSet<String>,
    pub(crate) imports: Vec<Import>,
    /// Child modules that hold nothing but tests.
    pub(crate) tests: Vec<String>,
    /// Paths of more than one word, imports left out.
    pub(crate) paths: Vec<Path>,
    /// Every word outside of imports that does not follow a dot.
    pub(crate) words: BTreeSet<String>,
    pub(crate) strings: Vec<String>,
}

const DEFINING: [&str; 9] = [
    "const", "enum", "fn", "mod", "static", "struct", "trait", "type", "union",
];

impl Source {
    /// Reads a file.
    pub(crate) fn read(text: &str) -> Self {
        let mut source = Self::default();
        let tokens = text.parse().expect("the file is Rust");
        source.walk(tokens, true);
        source
    }

    fn walk(&mut self, tokens: TokenStream, top: bool) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let (mut at, mut public) = (0, false);
        while at < tokens.len() {
            let rest = &tokens[at..];
            let length = match &rest[0] {
                TokenTree::Punct(mark) if mark.as_char() == '#' => self.attribute(rest),
                TokenTree::Punct(mark) if mark.as_char() == '.' => self.member(rest),
                TokenTree::Punct(_) => 1,
                TokenTree::Group(group) => {
                    self.walk(group.stream(), false);
                    1
                }
                TokenTree::Literal(literal) => {
                    self.strings.extend(string(&literal.to_string()));
                    1
                }
                TokenTree::Ident(word) if word == "use" => self.import(rest, public),
                TokenTree::Ident(_) => self.path(rest, top),
            };
            // `pub` and `pub(crate)` say something of the word that follows.
            public =
                is_word(&rest[0], "pub") || public && is_group(&rest[0], Delimiter::Parenthesis);
            at += length;
        }
    }

    /// Steps over an attribute, and over the item that is there for tests only.
    fn attribute(&mut self, rest: &[TokenTree]) -> usize {
        let mark = 1 + usize::from(rest.get(1).is_some_and(|next| is_mark(next, '!')));
        let Some(TokenTree::Group(group)) = rest.get(mark) else {
            return 1;
        };
        let said = group.stream().to_string().replace(' ', "");
        if said != "cfg(test)" {
            if !said.starts_with("doc=") {
                self.walk(group.stream(), false);
            }
            return mark + 1;
        }
        let item = &rest[mark + 1..];
        let end = item
            .iter()
            .position(|one| is_mark(one, ';') || is_group(one, Delimiter::Brace));
        let end = end.unwrap_or(item.len().saturating_sub(1));
        if let Some(module) = item[..end].iter().position(|one| is_word(one, "mod")) {
            self.tests.push(item[module + 1].to_string());
        }
        mark + 2 + end
    }

    /// Steps over `.field` and `.method`: they are no names of this file.
    fn member(&mut self, rest: &[TokenTree]) -> usize {
        1 + usize::from(matches!(rest.get(1), Some(TokenTree::Ident(_))))
    }

    fn import(&mut self, rest: &[TokenTree], public: bool) -> usize {
        let end = rest.iter().position(|one| is_mark(one, ';'));
        let end = end.unwrap_or(rest.len());
        self.spread(&rest[1..end], &[], public);
        end + 1
    }

    /// Takes a tree of imports apart: `a::{b, c as d}` is `a::b` and, under the name of `d`, `a::c`.
    fn spread(&mut self, tree: &[TokenTree], before: &[String], public: bool) {
        let mut path = before.to_vec();
        let mut name = None;
        for (at, token) in tree.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    // Behind a comma at the end stands nothing.
                    let parts = inside.split(|one| is_mark(one, ','));
                    for one in parts.filter(|one| !one.is_empty()) {
                        self.spread(one, &path, public);
                    }
                    return;
                }
                TokenTree::Ident(word) if word == "as" => {
                    name = tree.get(at + 1).map(ToString::to_string);
                    break;
                }
                TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                TokenTree::Ident(word) => path.push(word.to_string()),
                TokenTree::Punct(mark) if mark.as_char() == '*' => name = Some("*".to_owned()),
                _ => {}
            }
        }
        if let Some(name) = name.or_else(|| path.last().cloned()) {
            self.imports.push(Import { name, path, public });
        }
    }

    /// Reads a word and what hangs on it with `::`.
    fn path(&mut self, rest: &[TokenTree], top: bool) -> usize {
        let mut path = vec![rest[0].to_string()];
        let mut at = 1;
        while let [
            TokenTree::Punct(one),
            TokenTree::Punct(two),
            TokenTree::Ident(word),
            ..,
        ] = &rest[at..]
            && (one.as_char(), two.as_char()) == (':', ':')
        {
            path.push(word.to_string());
            at += 3;
        }
        self.words.insert(path[0].clone());
        if path.len() > 1 {
            self.paths.push(path);
        } else if top && let Some(name) = defined(rest) {
            self.defined.insert(name);
        }
        at
    }
}

/// The name of the item that begins here.
fn defined(rest: &[TokenTree]) -> Option<String> {
    let at = match rest[0].to_string().as_str() {
        "macro_rules" => 2,
        word if DEFINING.contains(&word) => 1,
        _ => return None,
    };
    match rest.get(at) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// What stands in a string literal, without its quotation marks.
fn string(literal: &str) -> Option<String> {
    let inside = literal.trim_start_matches(['b', 'c', 'r', '#']);
    let inside = inside.strip_prefix('"')?;
    Some(
        inside
            .trim_end_matches('#')
            .trim_end_matches('"')
            .to_owned(),
    )
}

fn is_word(token: &TokenTree, wanted: &str) -> bool {
    matches!(token, TokenTree::Ident(word) if word == wanted)
}

fn is_mark(token: &TokenTree, wanted: char) -> bool {
    matches!(token, TokenTree::Punct(mark) if mark.as_char() == wanted)
}

fn is_group(token: &TokenTree, wanted: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if Group::delimiter(group) == wanted)
}
