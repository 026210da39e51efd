//! A notebook's texts in a link or a file: given away and taken in. Texts only: no result, no
//! project, and nothing that looks like a key.

use serde::{Deserialize, Serialize};

/// What begins the fragment of a link that carries a notebook.
const MARK: &str = "#notebook=";
/// What longer links would lose on their way through mail and chat.
const LONGEST: usize = 8_000;
/// The version of what the fragment holds.
const VERSION: u32 = 1;

/// What a fragment holds.
#[derive(Serialize, Deserialize)]
struct Carried {
    v: u32,
    cells: Vec<String>,
}

/// Why texts are not put into a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unshared {
    /// They are too long; a file carries them.
    TooLong,
    /// The cell at this place, from 1, seems to hold a key.
    Secret(usize),
}

/// The fragment of a link that carries these texts, with its `#`.
pub fn fragment(texts: &[String]) -> Result<String, Unshared> {
    if let Some(at) = texts.iter().position(|text| holds_secret(text)) {
        return Err(Unshared::Secret(at + 1));
    }
    let carried = Carried {
        v: VERSION,
        cells: texts.to_vec(),
    };
    let text = serde_json::to_string(&carried).unwrap_or_default();
    let link = format!("{MARK}{}", escaped(&text));
    if link.len() > LONGEST {
        return Err(Unshared::TooLong);
    }
    Ok(link)
}

/// The texts that a fragment carries; nothing if it carries none, or of another version.
pub fn carried(fragment: &str) -> Option<Vec<String>> {
    let text = unescaped(fragment.strip_prefix(MARK)?)?;
    let carried: Carried = serde_json::from_str(&text).ok()?;
    let cells = carried.cells.into_iter();
    let cells: Vec<String> = cells.filter(|text| !text.trim().is_empty()).collect();
    (carried.v == VERSION && !cells.is_empty()).then_some(cells)
}

/// Whether a text seems to hold an access key: one by its form, or a call that is given one.
pub fn holds_secret(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let key = |word: &str| {
        ["LTAI", "STS"].iter().any(|start| word.starts_with(start)) && word.len() >= 16
    };
    let lower = text.to_lowercase();
    let named = ["access_key", "accesskey", "secret", "sts_token", "bearer"];
    let given = |name: &&str| {
        let behind = lower.split(*name).skip(1);
        behind.into_iter().any(|rest| {
            let rest = rest.trim_start_matches(|c: char| c.is_alphanumeric() || "_'\"".contains(c));
            let rest = rest.trim_start();
            let value = rest.strip_prefix(['=', ':']).map(str::trim_start);
            value.is_some_and(|value| value.starts_with(['\'', '"']))
        })
    };
    let made = lower
        .split("odps(")
        .skip(1)
        .any(|rest| rest.trim_start().starts_with(['\'', '"']));
    words.into_iter().any(key) || named.iter().any(given) || made
}

/// The texts of the cells in a `.ipynb` or `.py` file; nothing if there are none.
pub fn from_file(name: &str, text: &str) -> Option<Vec<String>> {
    let texts = match name.to_lowercase().ends_with(".ipynb") {
        true => from_ipynb(text)?,
        false => from_python(text),
    };
    let texts = texts.into_iter().map(|text| text.trim().to_owned());
    let texts: Vec<String> = texts.filter(|text| !text.is_empty()).collect();
    (!texts.is_empty()).then_some(texts)
}

fn from_ipynb(text: &str) -> Option<Vec<String>> {
    let read: serde_json::Value = serde_json::from_str(text).ok()?;
    let cells = read["cells"].as_array()?.iter();
    let code = cells.filter(|cell| cell["cell_type"] == "code");
    let source = |cell: &serde_json::Value| match &cell["source"] {
        serde_json::Value::String(text) => text.clone(),
        lines => {
            let lines = lines.as_array().into_iter().flatten();
            lines.filter_map(serde_json::Value::as_str).collect()
        }
    };
    Some(code.map(source).collect())
}

/// Cells begin at `# In[n]`, as Jupyter writes them, or at `# %%`, as editors do.
fn from_python(text: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    for line in text.lines() {
        if line.starts_with("# In[") || line.starts_with("# %%") {
            cells.push(String::new());
        } else if let Some(last) = cells.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    cells
}

/// Percent-encoding of everything that a fragment should not hold, UTF-8 byte by byte.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

fn unescaped(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'%' => {
                let pair = [bytes.next()?, bytes.next()?];
                let digits = std::str::from_utf8(&pair).ok()?;
                out.push(u8::from_str_radix(digits, 16).ok()?);
            }
            other => out.push(other),
        }
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    #[test]
    fn a_link_carries_the_texts_and_nothing_else() {
        let given = texts(&[
            "t = mt.ones(3)\nt + 1",
            "df['城市'] # 100 % & = ?",
            "\u{1F600}",
        ]);
        let link = fragment(&given).expect("short");
        assert!(
            link.is_ascii() && !link.contains(['&', ' ', '"', '\'']),
            "{link}"
        );
        assert_eq!(carried(&link), Some(given));
        for odd in [
            "",
            "#",
            "#notebook=",
            "#notebook=%7",
            "#notebook=%FF",
            "#notebook=1",
            "#other=1",
            "#notebook=%7B%22v%22%3A2%2C%22cells%22%3A%5B%22a%22%5D%7D",
        ] {
            assert_eq!(carried(odd), None, "{odd}");
        }
    }

    #[test]
    fn what_is_long_or_secret_is_not_put_into_a_link() {
        assert_eq!(
            fragment(&texts(&["a", &"x".repeat(9_000)])),
            Err(Unshared::TooLong)
        );
        for secret in [
            "o = ODPS('id', 'key')",
            "key = 'LTAI5tAbcdefgh1234567890'",
            "access_key = 'abc'",
            "options(secret_access_key=\"abc\")",
            "d = {'secret': 'abc'}",
            "ACCESS_KEY_SECRET='x'",
        ] {
            assert_eq!(
                fragment(&texts(&["a", secret])),
                Err(Unshared::Secret(2)),
                "{secret}"
            );
        }
        for plain in [
            "secretary = df['secret']",
            "mt.ones(3) # bearer of news",
            "os.environ['ACCESS_KEY']",
        ] {
            assert!(fragment(&texts(&[plain])).is_ok(), "{plain}");
        }
    }

    #[test]
    fn files_of_the_page_and_of_others_are_taken_in() {
        use super::super::Notebook;

        let book = Notebook::of(["a = mt.ones(3)", "b = a + 1\nprint(b)"]);
        let same = texts(&["a = mt.ones(3)", "b = a + 1\nprint(b)"]);
        for (name, text) in [("n.ipynb", book.to_ipynb()), ("n.py", book.to_python())] {
            assert_eq!(Notebook::read_file(name, &text).as_ref(), Some(&same));
        }
        assert_eq!(
            Notebook::read_file("n.py", &Notebook::default().to_python()),
            None
        );
        let jupyter = r##"{"cells": [{"cell_type": "markdown", "source": ["# x"]}, {"cell_type": "code", "source": "mt.ones(3)"}]}"##;
        assert_eq!(from_file("N.IPYNB", jupyter), Some(texts(&["mt.ones(3)"])));
        assert_eq!(
            from_file("n.py", "x = 1\n\n# %% second\ny = 2\n"),
            Some(texts(&["x = 1", "y = 2"]))
        );
        assert_eq!(from_file("n.ipynb", "no json"), None);
        assert_eq!(from_file("n.py", "  \n"), None);
    }
}
