//! Every error that a user can meet has its own sentence in both languages: in Chinese in the page's
//! texts, in English as the error prints itself.

use std::path::Path;

/// A file of the repository.
fn source(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    std::fs::read_to_string(root.join(path)).expect("the file is part of the repository")
}

/// The variants of an enum: the words that stand first in a line, four blanks in.
fn variants(text: &str, name: &str) -> Vec<String> {
    let begin = format!("pub enum {name} {{\n");
    let (_, body) = text.split_once(&begin).expect("the enum is there");
    let (body, _) = body.split_once("\n}").expect("the enum ends");
    body.lines()
        .filter_map(|line| line.strip_prefix("    "))
        .filter(|line| line.starts_with(|c: char| c.is_ascii_uppercase()))
        .map(|line| line.split([' ', ',', '(', '{']).next().unwrap_or_default())
        .map(str::to_owned)
        .collect()
}

#[test]
fn chinese_names_every_variant() {
    let texts = source("src/text/zh/script.rs");
    let script = source("crates/script/src/error.rs");
    let graph = source("crates/mars/src/v04/graph/error.rs");
    let mut missing = Vec::new();
    for (text, name, spelled, least) in [
        (&script, "ErrorKind", "Kind", 35),
        (&script, "Expected", "Expected", 6),
        (&script, "Wanted", "Wanted", 15),
        (&script, "Feature", "Feature", 13),
        (&graph, "Error", "Graph", 8),
    ] {
        let variants = variants(text, name);
        assert!(variants.len() >= least, "{name}: {variants:?}");
        let said = |variant: &String| {
            let path = format!("{spelled}::{variant}");
            texts.match_indices(&path).any(|(at, _)| {
                let rest = &texts[at + path.len()..];
                !rest.starts_with(|c: char| c.is_ascii_alphanumeric())
            })
        };
        let unsaid = variants.iter().filter(|variant| !said(variant));
        missing.extend(unsaid.map(|variant| format!("{name}::{variant}")));
    }
    assert!(
        missing.is_empty(),
        "without a Chinese sentence: {missing:?}"
    );
}

#[test]
fn english_says_more_than_a_name() {
    for text in [
        "x",
        "mt.ones()",
        "mt.onse(3)",
        "(",
        ")",
        "'",
        "$",
        "1 2",
        "0x",
        "x = [",
        "lambda",
        "f''",
        "mt.ones(3, 4, 5, 6, 7, 8, 9)",
        "mt.ones(3, shpe=4)",
        "mt.ones('a')",
        "1 // 0",
        "",
        "mt.ones(3) + mt.ones(4)",
        "mt.ones(3).sum(axis=4)",
        "mt.ones(3).reshape(2, 2)",
        "import nump",
        "a, b = 1",
        "'\\xg'",
        "99999999999999999999",
        "mt.ones(3, gpu=True)",
        "md.DataFrame({'a': [1]})['b']",
        "o.to_mars_dataframe('t')",
        "f(a=1, 2)",
        "f(a=1, a=2)",
    ] {
        let (ast, mut errors) = script::parse(text);
        if errors.is_empty() {
            let cell = script::Cell { ast: &ast, seed: 0 };
            let mut count = 0;
            let keys = || {
                count += 1;
                count.to_string()
            };
            let lowered = script::lower(&[], cell, &script::Project::default(), keys);
            errors.push(lowered.expect_err(text));
        }
        let said = errors[0].kind.to_string();
        assert!(said.contains(' ') && !said.contains("{}"), "{text}: {said}");
        let named = format!("{:?}", errors[0].kind);
        let variant = named.split(['(', ' ']).next().unwrap_or_default();
        assert!(!said.contains(variant), "{text}: {said}");
    }
}
