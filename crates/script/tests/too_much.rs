//! Texts that nest, grow or are long without end: refused by a bound, on a stack as
//! small as the browser's.

#[path = "support/read.rs"]
mod read;

use read::{read, wrong};
use script::ErrorKind as Kind;

/// Runs on a stack of the browser's size.
fn on_a_small_stack<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    let small = std::thread::Builder::new().stack_size(1 << 20);
    let ran = small.spawn(run).expect("a thread can be started");
    ran.join().expect("no overflow and no failed assertion")
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
            read(&format!("{first}\n{}", step.repeat(times)))
                .map_err(|mut errors| errors.swap_remove(0).kind)
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
fn ten_megabytes_are_refused_whole() {
    for text in ["mt.ones(3)\n", "(", "'", "中", "\u{202e}", "a = a + 1; "] {
        let text = text.repeat(10_000_000 / text.len() + 1);
        assert!(matches!(wrong(&text), Kind::TooLong { .. }));
    }
}

#[test]
fn the_longest_text_tells_a_bounded_number_of_errors() {
    for text in [
        "a = 1\n", "(1,)\n", "'a'\n", "$", "[", "}", "1 2\n", "x\n", "\\x", "'",
    ] {
        let text = text.repeat(65_000 / text.len());
        let errors =
            on_a_small_stack(move || read(&text).map_or_else(|errors| errors.len(), |_| 0));
        assert!(errors <= 100, "{errors} errors");
    }
}
