//! The parts of a source text by their kind, for colour: SQL and XML. No parser: what is not
//! understood is plain.

/// The most parts that are told apart; the rest of a longer text is plain.
const MOST: usize = 6_000;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing special.
    Plain,
    /// A word of the language.
    Keyword,
    /// A text in quotes, or of a CDATA section.
    Text,
    /// A number.
    Number,
    /// A comment.
    Comment,
    /// An element's tag.
    Tag,
}

impl Kind {
    /// The value of `data-kind`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Keyword => "keyword",
            Self::Text => "text",
            Self::Number => "number",
            Self::Comment => "comment",
            Self::Tag => "tag",
        }
    }
}

/// A part with its kind.
pub type Span = (Kind, String);

/// Which language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// MaxCompute SQL.
    Sql,
    /// A job's document.
    Xml,
}

const WORDS: &str = " add all alter analyze and any as asc between by case cast cluster comment create cross current \
  database delete desc describe distinct distribute drop else end except exists explain extended external false \
  first following from full function group grouping having if in inner insert intersect interval into is join last \
  lateral left lifecycle like limit map mapjoin merge minus not null nulls offset on or order outer over overwrite \
  partition partitioned preceding qualify range recursive right rlike rows select semi set sets show sort table \
  tblproperties then to true truncate unbounded union unset update using values view when where window with ";

/// The parts of a text; together they are the text.
pub fn spans(language: Language, text: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (kind, length) = match (spans.len() < MOST, language) {
            (false, _) => (Kind::Plain, rest.len()),
            (true, Language::Sql) => sql(rest),
            (true, Language::Xml) => xml(rest),
        };
        // Every rule takes whole characters and at least one.
        let (part, after) = rest.split_at(length);
        match spans.last_mut() {
            Some((last, known)) if *last == kind => known.push_str(part),
            _ => spans.push((kind, part.to_owned())),
        }
        rest = after;
    }
    spans
}

fn sql(rest: &str) -> (Kind, usize) {
    let until = |mark: &str| rest.find(mark).unwrap_or(rest.len());
    let first = rest.chars().next().unwrap_or(' ');
    match first {
        _ if rest.starts_with("--") => (Kind::Comment, until("\n")),
        _ if rest.starts_with("/*") => {
            let end = rest.find("*/").map_or(rest.len(), |at| at + 2);
            (Kind::Comment, end)
        }
        '\'' | '"' | '`' => (Kind::Text, quoted(rest, first)),
        '0'..='9' => {
            let digits = |c: char| !c.is_ascii_alphanumeric() && c != '.';
            (Kind::Number, rest.find(digits).unwrap_or(rest.len()))
        }
        _ if first.is_alphabetic() || first == '_' => {
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
            let end = end.unwrap_or(rest.len());
            let word = format!(" {} ", rest[..end].to_ascii_lowercase());
            let known = WORDS.contains(&word);
            (if known { Kind::Keyword } else { Kind::Plain }, end)
        }
        _ => (Kind::Plain, first.len_utf8()),
    }
}

/// The length of a quoted text; a backslash takes the next character with it.
fn quoted(rest: &str, mark: char) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' if mark != '`' => escaped = true,
            _ if c == mark => return at + c.len_utf8(),
            _ => {}
        }
    }
    rest.len()
}

fn xml(rest: &str) -> (Kind, usize) {
    let after = |mark: &str| rest.find(mark).map_or(rest.len(), |at| at + mark.len());
    if rest.starts_with("<!--") {
        return (Kind::Comment, after("-->"));
    }
    if rest.starts_with("<![CDATA[") {
        return (Kind::Text, after("]]>"));
    }
    if rest.starts_with('<') {
        return (Kind::Tag, after(">"));
    }
    (Kind::Plain, rest.find('<').unwrap_or(rest.len()))
}

#[cfg(test)]
mod tests {
    use super::{Kind, Language, MOST, spans};

    fn kinds(language: Language, text: &str) -> Vec<(Kind, String)> {
        let found = spans(language, text);
        let whole: String = found.iter().map(|(_, part)| part.as_str()).collect();
        assert_eq!(whole, text);
        let said = |(_, part): &(Kind, String)| !part.trim().is_empty();
        found.into_iter().filter(said).collect()
    }

    #[test]
    fn sql_is_told_apart() {
        let found = kinds(
            Language::Sql,
            "SELECT a.set, 'it\\'s', 1.5e3 -- end\nFROM `表`;",
        );
        let found: Vec<(Kind, &str)> = found.iter().map(|(k, s)| (*k, s.trim())).collect();
        assert_eq!(
            found,
            [
                (Kind::Keyword, "SELECT"),
                (Kind::Plain, "a.set,"),
                (Kind::Text, "'it\\'s'"),
                (Kind::Plain, ","),
                (Kind::Number, "1.5e3"),
                (Kind::Comment, "-- end"),
                (Kind::Keyword, "FROM"),
                (Kind::Text, "`表`"),
                (Kind::Plain, ";"),
            ]
        );
    }

    #[test]
    fn xml_is_told_apart() {
        let found = kinds(
            Language::Xml,
            "<Job><!-- a --><Query><![CDATA[a<b]]></Query>x</Job>",
        );
        let found: Vec<Kind> = found.iter().map(|(kind, _)| *kind).collect();
        use Kind::{Comment, Plain, Tag, Text};
        assert_eq!(found, [Tag, Comment, Tag, Text, Tag, Plain, Tag]);
    }

    #[test]
    fn what_is_cut_or_odd_is_kept_whole() {
        for text in [
            "'",
            "/* a",
            "--",
            "`a",
            "中文 é",
            "<",
            "<![CDATA[",
            "<!--",
            "\\",
            "'\\",
        ] {
            kinds(Language::Sql, text);
            kinds(Language::Xml, text);
        }
    }

    #[test]
    fn a_long_text_has_an_end_of_colours() {
        let text = "select 1 ".repeat(10_000);
        assert!(spans(Language::Sql, &text).len() <= MOST + 1);
    }
}
