//! Whatever is typed, reading it neither panics nor runs out of stack.

use proptest::prelude::*;

fn read(text: &str) -> Vec<script::Error> {
    let (ast, mut errors) = script::parse(text);
    let mut count = 0;
    let keys = || {
        count += 1;
        format!("key{count}")
    };
    if errors.is_empty()
        && let cell = (script::Cell { ast: &ast, seed: 0 })
        && let Err(error) = script::lower(&[], cell, &script::Project::default(), keys)
    {
        errors.push(error);
    }
    for error in &errors {
        assert!(
            error.at.start <= error.at.end && error.at.end <= text.len(),
            "{error:?}"
        );
        assert!(error.at.line >= 1 || text.trim().is_empty(), "{error:?}");
    }
    errors
}

/// Words that a script is made of, so that noise gets past the first character.
fn word() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "mt",
        "md",
        ".",
        "random",
        "rand",
        "ones",
        "DataFrame",
        "groupby",
        "agg",
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "=",
        "+",
        "-",
        "*",
        "**",
        "/",
        "//",
        "%",
        "@",
        "<",
        "==",
        "~",
        "&",
        "1",
        "2.5",
        "-1",
        "9223372036854775807",
        "0",
        "'a'",
        "\"",
        "x",
        " ",
        "\n",
        "import",
        "as",
        "None",
        "True",
        "sum",
        "reshape",
        "axis",
        "shape",
        "T",
        "iloc",
        "...",
        "lambda",
        "for",
        "\\\n",
        "#",
        ";",
        "中",
        "1_0",
        "0x1F",
        "1e400",
        "dtype",
        "float",
        "head",
    ])
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2000,
        // A failure is to be made a test of its own; no file appears in the tree.
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_text(text in ".{0,80}") {
        read(&text);
    }

    #[test]
    fn random_words(words in proptest::collection::vec(word(), 0..40)) {
        read(&words.concat());
    }

    #[test]
    fn random_calls(
        function in prop::sample::select(vec![
            "mt.ones", "mt.random.rand", "mt.arange", "mt.tensordot", "mt.eye", "mt.full",
            "mt.linspace", "mt.random.randint", "mt.where", "mt.clip", "mt.tensor", "md.DataFrame",
            "md.Series", "mt.ones((3, 4)).reshape", "mt.ones((3, 4)).sum", "mt.ones(3).cumsum",
            "mt.matmul", "mt.transpose", "md.DataFrame(mt.ones((3, 2))).head",
            "md.DataFrame(mt.ones((3, 2))).groupby(0).agg", "md.DataFrame(mt.ones((3, 2))).sum",
        ]),
        arguments in proptest::collection::vec(
            prop::sample::select(vec![
                "0", "1", "-1", "3", "9223372036854775807", "-9223372036854775808", "2.5", "None",
                "True", "'a'", "(2, 3)", "[1, 2]", "[[1], [2, 3]]", "{}", "{'a': [1]}", "()", "[]",
                "mt.ones((3, 4))", "mt.ones(4)", "axis=1", "dtype='f4'", "dtype=int", "k=2",
                "columns=['a', 'b']", "columns=[]", "step=0", "keepdims=True", "'sum'",
                "{1: 'sum'}",
            ]),
            0..4,
        ),
    ) {
        read(&format!("{function}({})", arguments.join(", ")));
    }

    #[test]
    fn random_indices(parts in proptest::collection::vec(
        prop::sample::select(vec![
            "0", "-1", "5", ":", "1:", ":-1", "::2", "::-1", "::0", "...", "None", "[0, 1]",
            "mt.ones((3, 4)) > 0", "mt.ones(3) > 0", "9223372036854775807", "1:2:3", "'a'", "1.5",
        ]),
        1..4,
    )) {
        let parts = parts.join(", ");
        read(&format!("mt.ones((3, 4))[{parts}]"));
        read(&format!("md.DataFrame(mt.ones((3, 4)))[{parts}]"));
        read(&format!("md.DataFrame(mt.ones((3, 4))).iloc[{parts}]"));
    }
}

#[test]
fn deep_nesting_is_an_error() {
    // The stack of the browser's program is this small; a debug build needs the most of it.
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let ran = small.spawn(deep_nesting).expect("a thread can be started");
    ran.join().expect("no overflow and no failed assertion");
}

fn deep_nesting() {
    let deep = 20_000;
    for (open, inside, close) in [
        ("(", "1", ")"),
        ("[", "", "]"),
        ("{1:", "1", "}"),
        ("-", "1", ""),
        ("~", "1", ""),
        ("f(", "", ")"),
        ("x[", "0", "]"),
        ("", "1", "+1"),
        ("", "1", "**1"),
        ("", "x", ".a"),
        ("", "x", "()"),
        ("", "x", "[0]"),
        ("x=", "1", ""),
        ("a,", "1", ""),
    ] {
        let text = format!("{}{inside}{}", open.repeat(deep), close.repeat(deep));
        for text in [&text[..], text.get(..60_000.min(text.len())).unwrap_or("")] {
            assert!(!read(text).is_empty(), "{} … {}", &text[..10], text.len());
        }
    }
}

#[test]
fn what_a_hand_nests_is_read() {
    let nested = format!("{}mt.ones(3){}", "(".repeat(40), ")".repeat(40));
    assert_eq!(read(&nested), []);
    let sum = format!("mt.ones(3){}", " + 1".repeat(90));
    assert_eq!(read(&sum), []);
}

#[test]
fn a_text_beyond_the_limit_is_refused_as_a_whole() {
    let errors = read(&"1\n".repeat(40_000));
    assert_eq!(errors.len(), 1, "{errors:?}");
    assert!(matches!(errors[0].kind, script::ErrorKind::TooLong { .. }));
}
