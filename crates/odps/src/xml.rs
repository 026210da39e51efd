//! The little XML that ODPS speaks: pretty printed in requests, compact in responses.
//!
//! Requests must equal those of PyODPS byte for byte (two spaces, CDATA, `"` left as it is, an
//! element without content closed at once), so writing is done here; reading is `roxmltree`.

use roxmltree::{Document, Node};

use crate::Error;

/// An element to be written.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    name: String,
    attributes: Vec<(&'static str, String)>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Children(Vec<Element>),
    Text(String),
    Cdata(String),
}

impl Element {
    pub(crate) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            attributes: Vec::new(),
            content: Content::Children(Vec::new()),
        }
    }

    pub(crate) fn text(name: impl Into<String>, text: impl ToString) -> Self {
        Self {
            content: Content::Text(text.to_string()),
            ..Self::new(name)
        }
    }

    pub(crate) fn cdata(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            content: Content::Cdata(text.into()),
            ..Self::new(name)
        }
    }

    pub(crate) fn attribute(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }

    pub(crate) fn with(mut self, child: Element) -> Self {
        self.push(child);
        self
    }

    /// Adds a text child if there is something to say.
    pub(crate) fn with_some(self, name: &'static str, text: Option<impl ToString>) -> Self {
        match text {
            Some(text) => self.with(Element::text(name, text)),
            None => self,
        }
    }

    pub(crate) fn push(&mut self, child: Element) {
        if let Content::Children(children) = &mut self.content {
            children.push(child);
        }
    }

    /// As PyODPS writes a request body.
    pub(crate) fn to_pretty(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        self.write(&mut out, Some(0));
        out
    }

    /// As the service writes a response body.
    pub(crate) fn to_compact(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        self.write(&mut out, None);
        out
    }

    /// `depth` is there when the element goes on lines of its own.
    fn write(&self, out: &mut String, depth: Option<usize>) {
        let indent = |out: &mut String| out.push_str(&"  ".repeat(depth.unwrap_or(0)));
        let newline = |out: &mut String| {
            if depth.is_some() {
                out.push('\n');
            }
        };
        indent(out);
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push_str(&format!(" {name}=\""));
            escape(out, value, true);
            out.push('"');
        }
        match &self.content {
            Content::Children(children) if children.is_empty() => {
                out.push_str("/>");
                return newline(out);
            }
            // The real client writes `<Name/>` for an empty text, the real service `<Name></Name>`.
            Content::Text(text) if text.is_empty() && depth.is_some() => {
                out.push_str("/>");
                return newline(out);
            }
            Content::Children(children) => {
                out.push('>');
                newline(out);
                for child in children {
                    child.write(out, depth.map(|depth| depth + 1));
                }
                indent(out);
            }
            Content::Text(text) => {
                out.push('>');
                escape(out, text, false);
            }
            Content::Cdata(text) => {
                out.push_str("><![CDATA[");
                // The only text that may not stand in a section is its own end: cut it in two.
                out.push_str(&legal(text).replace("]]>", "]]]]><![CDATA[>"));
                out.push_str("]]>");
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
        newline(out);
    }
}

fn escape(out: &mut String, text: &str, quotes: bool) {
    for letter in legal(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quotes => out.push_str("&quot;"),
            // A reader turns a bare carriage return into a line feed.
            '\r' => out.push_str("&#13;"),
            other => out.push(other),
        }
    }
}

/// XML has no way to write most control characters, not even escaped: they become U+FFFD.
fn legal(text: &str) -> String {
    let bad = |c: char| {
        (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    text.chars()
        .map(|c| if bad(c) { '\u{fffd}' } else { c })
        .collect()
}

/// Reads a document; `what` is its name in the error.
pub(crate) fn parse<'a>(what: &'static str, text: &'a str) -> Result<Document<'a>, Error> {
    Document::parse(text).map_err(|error| Error::malformed(what, error))
}

/// The text of an element, over all its pieces (CDATA sections and entities split it).
pub(crate) fn text(node: Node<'_, '_>) -> String {
    node.children()
        .filter_map(|child| child.is_text().then(|| child.text()).flatten())
        .collect()
}

/// The first child element of this name.
pub(crate) fn child<'a, 'i>(node: Node<'a, 'i>, name: &str) -> Option<Node<'a, 'i>> {
    node.children()
        .find(|child| child.is_element() && child.tag_name().name() == name)
}

/// All child elements of this name.
pub(crate) fn children<'a, 'i>(
    node: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> {
    node.children()
        .filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// The text of the first child element of this name; an empty element has the empty text.
pub(crate) fn child_text(node: Node<'_, '_>, name: &str) -> Option<String> {
    child(node, name).map(text)
}

/// As [`child_text`], where an empty element means "not said".
pub(crate) fn said(node: Node<'_, '_>, name: &str) -> Option<String> {
    child_text(node, name).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pretty_and_compact() {
        let tree = Element::new("A")
            .with(Element::text("B", "x < \"y\" & z"))
            .with(Element::cdata("C", "1 ]]> 2"))
            .with(Element::new("D").attribute("k", "\"v\""))
            .with(Element::text("E", ""));
        assert_eq!(
            tree.to_pretty(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<A>\n  <B>x &lt; \"y\" &amp; z</B>\n  \
             <C><![CDATA[1 ]]]]><![CDATA[> 2]]></C>\n  <D k=\"&quot;v&quot;\"/>\n  <E/>\n</A>\n"
        );
        let compact = tree.to_compact();
        let document = parse("test", &compact).expect("well formed");
        let root = document.root_element();
        assert_eq!(child_text(root, "B").as_deref(), Some("x < \"y\" & z"));
        assert_eq!(child_text(root, "C").as_deref(), Some("1 ]]> 2"));
        assert_eq!(child_text(root, "E").as_deref(), Some(""));
        assert_eq!(said(root, "E"), None);
    }

    #[test]
    fn endless_nesting_is_no_panic() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        assert!(
            parse("test", &deep)
                .is_ok_and(|document| child(document.root_element(), "a").is_some())
        );
        assert!(parse("test", &"<a>".repeat(100_000)).is_err());
        assert!(parse("test", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>").is_err());
    }

    #[test]
    fn control_characters_do_not_break_the_document() {
        let text = Element::text("A", "a\u{0}b\u{7}\rc").to_compact();
        let document = parse("test", &text).expect("well formed");
        assert_eq!(
            super::text(document.root_element()),
            "a\u{fffd}b\u{fffd}\rc"
        );
    }
}
