//! Texts that nobody means to write: cut, bent or pasted. Each gives a graph or an error with a
//! place in the text.

#[path = "support/read.rs"]
mod read;

use proptest::prelude::*;
use read::{read, wrong};
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
