//! JSON as it is written: values are slices of the text, so that numbers keep all their digits.

use serde::de::IgnoredAny;

/// One value of a text that is known to be JSON.
#[derive(Clone, Copy)]
pub(super) struct Raw<'a>(&'a str);

const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];

impl<'a> Raw<'a> {
    /// The whole text as a value; nothing if it is no JSON.
    pub(super) fn read(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str::<IgnoredAny>(text)?;
        Ok(Self(text.trim_matches(SPACE)))
    }

    /// The items of a list.
    pub(super) fn items(self) -> Option<Vec<Self>> {
        let mut rest = self.inside('[', ']')?;
        let mut items = Vec::new();
        while let Some(item) = next(&mut rest) {
            items.push(item);
        }
        Some(items)
    }

    /// The names and values of an object.
    pub(super) fn members(self) -> Option<Vec<(String, Self)>> {
        let mut rest = self.inside('{', '}')?;
        let mut members = Vec::new();
        while let Some(name) = next(&mut rest) {
            let value = next(&mut rest)?;
            members.push((name.string()?, value));
        }
        Some(members)
    }

    /// The member of an object. A name that comes again means the last.
    pub(super) fn member(self, name: &str) -> Option<Self> {
        let members = self.members()?.into_iter().rev();
        members
            .into_iter()
            .find_map(|(key, value)| (key == name).then_some(value))
    }

    fn inside(self, open: char, close: char) -> Option<&'a str> {
        self.0.strip_prefix(open)?.strip_suffix(close)
    }

    fn string(self) -> Option<String> {
        serde_json::from_str(self.0).ok()
    }

    /// Text without its quotes, nothing for `null`, and otherwise JSON without spaces.
    pub(super) fn shown(self) -> Option<String> {
        match self.0 {
            "null" => None,
            text if text.starts_with('"') => self.string(),
            _ => Some(self.to_string()),
        }
    }
}

/// JSON without spaces.
impl std::fmt::Display for Raw<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quoted = |text: &str| serde_json::to_string(text).map_err(|_| std::fmt::Error);
        if let Some(items) = self.items() {
            f.write_str("[")?;
            for (at, item) in items.into_iter().enumerate() {
                write!(f, "{}{item}", if at == 0 { "" } else { "," })?;
            }
            return f.write_str("]");
        }
        if let Some(members) = self.members() {
            f.write_str("{")?;
            for (at, (name, value)) in members.into_iter().enumerate() {
                let comma = if at == 0 { "" } else { "," };
                write!(f, "{comma}{}:{value}", quoted(&name)?)?;
            }
            return f.write_str("}");
        }
        match self.0.starts_with('"').then(|| self.string()).flatten() {
            Some(text) => f.write_str(&quoted(&text)?),
            None => f.write_str(self.0),
        }
    }
}

/// Takes the next value off the inside of a list or object.
fn next<'a>(rest: &mut &'a str) -> Option<Raw<'a>> {
    let text = rest.trim_start_matches([' ', '\t', '\r', '\n', ',', ':']);
    if text.is_empty() {
        return None;
    }
    let (value, after) = text.split_at_checked(length(text))?;
    *rest = after;
    Some(Raw(value))
}

/// How long the value at the start is.
fn length(text: &str) -> usize {
    let mut depth = 0_u32;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => quoted = false,
                _ => {}
            }
            if !quoted && depth == 0 {
                return at + 1;
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::Raw;

    #[test]
    fn numbers_keep_their_digits() {
        let text = " { \"a\" : [ 12345678901234567890.10 , -1e400,\"x\\\"]\\u4e2d\" , null, {} ] ,\n\"b\":1.0}";
        let raw = Raw::read(text).unwrap();
        assert_eq!(
            raw.to_string(),
            "{\"a\":[12345678901234567890.10,-1e400,\"x\\\"]中\",null,{}],\"b\":1.0}"
        );
        assert_eq!(raw.member("b").and_then(Raw::shown).unwrap(), "1.0");
        assert!(raw.member("c").is_none());
    }

    #[test]
    fn what_is_no_json_is_refused() {
        for text in ["", "{", "[1,]", "nul", "01", "{\"a\" 1}", "\"\\x\""] {
            assert!(Raw::read(text).is_err(), "{text}");
        }
    }
}
