//! Texts that nobody means to write: cut, bent, pasted, or made to grow. Each gives a graph or an
//! error with a place in the text, in bounded time, on a stack as small as the browser's.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use script::ErrorKind as Kind;

/// The guide's steps in one text.
const GUIDE: &str = r#"import mars.tensor as mt
import mars.dataframe as md

t = mt.random.rand(100, 3, chunk_size=(30, 3))  # three columns, 列
df = md.DataFrame(t, columns=['a', "b\n", '中\u6587'])
print((df + 1.5e-3).iloc[:6], df['a'] > 2)
df[(df['a'] > 0.5) & (df["b\n"] < 0x1F)].groupby('a', as_index=True).agg({'中文': 'sum'})
o.persist_mars_dataframe(
    o.to_mars_dataframe('test_mars', partition='pt=1'), 'to', overwrite=True)
session.run(t.sum(axis=-1), wait=False); (t @ t.T)[..., None, ::-1].execute().fetch()
"#;

/// What comes of a text, after looking at the places of the errors.
fn read(text: &str) -> Result<usize, Vec<script::Error>> {
    let (ast, mut errors) = script::parse(text);
    let mut count = 0;
    let keys = || {
        count += 1;
        format!("key{count}")
    };
    let columns = vec![("a".to_owned(), "double".to_owned())];
    let project = script::Project {
        name: "sample".to_owned(),
        tables: [("test_mars".to_owned(), columns)].into(),
    };
    let cell = script::Cell { ast: &ast, seed: 0 };
    let lowered = match errors.is_empty() {
        true => script::lower(&[], cell, &project, keys).map_err(|error| errors.push(error)),
        false => Err(()),
    };
    for error in &errors {
        let at = error.at;
        assert!(at.start <= at.end && at.end <= text.len(), "{error:?}");
        assert!(
            text.is_char_boundary(at.start) && text.is_char_boundary(at.end),
            "{error:?}"
        );
        let before = text.get(..at.start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        assert_eq!(at.line as usize, line, "{error:?} in {text:?}");
        assert!(at.column >= 1, "{error:?}");
    }
    lowered
        .map(|lowered| lowered.graph.len())
        .map_err(|()| errors)
}

/// Runs on a stack of the browser's size.
fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let ran = small.spawn(run).expect("a thread can be started");
    ran.join().expect("no overflow and no failed assertion")
}

/// The first thing that is wrong with a text.
fn wrong(text: &str) -> Kind {
    match read(text) {
        Err(errors) => errors.into_iter().next().expect("an error").kind,
        Ok(_) => panic!("{text:?} is taken"),
    }
}

#[test]
fn the_guide_itself_is_taken() {
    assert!(read(GUIDE).is_ok(), "{:?}", read(GUIDE));
}

#[test]
fn the_guide_cut_at_every_character() {
    for (at, _) in GUIDE.char_indices() {
        let (head, tail) = GUIDE.split_at(at);
        let _ = (read(head), read(tail));
        let _ = read(&tail.replace('\n', "\r\n"));
    }
}

/// What a hand, a clipboard or another keyboard may bring in.
const STRAY: &[&str] = &[
    "\0", "\u{feff}", "\r", "\r\n", "\t", "\u{c}", "\u{202e}", "\u{200b}", "\u{200d}", "\u{2028}",
    "é", "中", "“", "（", "𝑥", "̈", "🙂", "'", "\"", "'''", "\\", "\\\n", "(", ")", "[", "]", "{",
    "}", ",", ":", "=", "-", "~", "**", ".", "...", "#", ";", " ", "\n", "0", "9", "1e999", "0x",
    "j", "_", "\\x", "\\u12", "\\N{", "lambda", " if ", " for ", "*", "f'", "b'", "@", ":=", "$",
    "?", "!",
];

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 600,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_guide_with_strays_and_gaps(
        changes in proptest::collection::vec(
            (any::<prop::sample::Index>(), 0_usize..6, prop::sample::select(STRAY)),
            1..6,
        ),
    ) {
        let mut text: Vec<char> = GUIDE.chars().collect();
        for (at, gone, stray) in changes {
            let at = at.index(text.len());
            let end = (at + gone).min(text.len());
            text.splice(at..end, stray.chars());
        }
        let _ = read(&text.into_iter().collect::<String>());
    }
}

#[test]
fn what_nests_is_refused_before_the_stack_ends() {
    on_a_small_stack(|| {
        let many = 30_000;
        for (open, inside, close) in [
            ("(", "1", ")"),
            ("[", "1", "]"),
            ("-", "1", ""),
            ("", "a", ".a"),
            ("", "a", ".a()"),
            ("a+", "a", ""),
        ] {
            for count in [many, 100_000] {
                let text = format!("{}{inside}{}", open.repeat(count), close.repeat(count));
                let kind = wrong(&text);
                let refused = matches!(kind, Kind::TooDeep { .. } | Kind::TooLong { .. });
                assert!(refused, "{open}{inside}{close}: {kind:?}");
            }
        }
    });
}

#[test]
fn what_grows_by_names_is_refused_before_the_memory_ends() {
    on_a_small_stack(|| {
        let grown = |first: &str, step: &str, times: usize| {
            let began = Instant::now();
            let result = read(&format!("{first}\n{}", step.repeat(times)));
            assert!(began.elapsed() < Duration::from_secs(10), "{step}");
            result.map_err(|mut errors| errors.swap_remove(0).kind)
        };
        let deep = grown("a = [1]", "a = [a]\n", 7_000);
        assert!(matches!(deep, Err(Kind::TooDeep { .. })), "{deep:?}");
        let deep = grown("a = 1", "a = {a: (a,)}\n", 4_000);
        assert!(
            matches!(deep, Err(Kind::TooDeep { .. } | Kind::TooMany { .. })),
            "{deep:?}"
        );
        for (first, step) in [
            ("a = [1]", "a = [a, a]\n"),
            ("a = 'text'", "a = a + a\n"),
            (
                "d = {'k': [1], 'v': [1]}\na = md.DataFrame(d)",
                "a = a.merge(a, on='k')\n",
            ),
        ] {
            let many = grown(first, step, 60);
            assert!(
                matches!(many, Err(Kind::TooMany { .. })),
                "{step}: {many:?}"
            );
        }
        assert!(grown("a = mt.ones(3)", "a = a + a\n", 2_000).is_ok());
    });
}

#[test]
fn a_frame_of_too_many_columns_is_refused() {
    for text in [
        "md.DataFrame(mt.ones((3, 10 ** 9)))",
        "md.DataFrame(mt.ones((3, 9223372036854775807)))",
    ] {
        assert!(matches!(wrong(text), Kind::Graph(_)), "{text}");
    }
    assert!(read("md.DataFrame(mt.ones((3, 10000)))").is_ok());
}

#[test]
fn ten_megabytes_are_refused_at_once() {
    for text in ["mt.ones(3)\n", "(", "'", "中", "\u{202e}", "a = a + 1; "] {
        let text = text.repeat(10_000_000 / text.len() + 1);
        let began = Instant::now();
        assert!(matches!(wrong(&text), Kind::TooLong { .. }));
        assert!(began.elapsed() < Duration::from_secs(2));
    }
}

#[test]
fn the_longest_text_is_read_in_bounded_time() {
    for text in [
        "a = 1\n", "(1,)\n", "'a'\n", "$", "[", "}", "1 2\n", "x\n", "\\x", "'",
    ] {
        let text = text.repeat(65_000 / text.len());
        let began = Instant::now();
        let _ = on_a_small_stack(move || read(&text).is_ok());
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn names_are_looked_up_as_python_does() {
    for text in ["x = x + 1", "x = x", "x, y = y, x", "x += 1"] {
        assert!(matches!(wrong(text), Kind::UnknownName { .. }), "{text}");
    }
    for text in [
        "mt = 3\nmt.ones(3)",
        "o = 1\no.to_mars_dataframe('test_mars')",
        "print = 2\nprint(3)",
        "session = 4\nsession.run(3)",
    ] {
        assert!(matches!(wrong(text), Kind::BadOperand { .. }), "{text}");
    }
    for text in [
        "mt = 3\nmt",
        "print = 2\nprint",
        "größe = 3\ngröße",
        "变量 = 1\n变量 + 1",
    ] {
        assert!(read(text).is_ok(), "{text}: {:?}", read(text));
    }
    for text in ["True = 1", "mt.ones = 1", "1 = x"] {
        assert!(matches!(wrong(text), Kind::Unsupported(_)), "{text}");
    }
}

#[test]
fn characters_that_do_not_show_are_refused_and_line_ends_are_not() {
    for hidden in [
        '\0', '\u{202e}', '\u{200b}', '\u{2028}', '\u{feff}', '\u{a0}',
    ] {
        let text = format!("x = 1 {hidden}+ 2");
        assert_eq!(wrong(&text), Kind::UnexpectedCharacter(hidden));
    }
    for text in [
        "\u{feff}x = 1\nx",
        "x = 1\r\nx\r\n",
        "x\t=\t1\nx",
        "\r\n\r\n  \r\nx = 1",
    ] {
        assert!(read(text).is_ok(), "{text:?}: {:?}", read(text));
    }
    // Inside a text they are data.
    assert!(read("'\u{202e}\u{200b}\0'").is_ok());
}

#[test]
fn whole_numbers_beyond_64_bits_are_refused() {
    for number in [
        "9223372036854775808",
        "0x8000000000000000",
        "1".repeat(4000).as_str(),
    ] {
        assert_eq!(wrong(number), Kind::NumberTooLarge(number.to_owned()));
    }
    for sum in [
        "9223372036854775807 + 1",
        "-9223372036854775807 - 2",
        "2 ** 64",
        "1 // 0",
    ] {
        assert!(matches!(wrong(sum), Kind::NoValue(_)), "{sum}");
    }
}
