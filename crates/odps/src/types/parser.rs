//! Reading type names: `array<struct<a:bigint,b:map<string,decimal(10,2)>>>`.

use std::str::FromStr;

use super::{PLAIN, Type};

/// Types nest no deeper than this. The service allows twenty; more would only cost stack.
const MAX_DEPTH: usize = 64;

/// Why a text is no type that is known here.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a type, from byte {at} on")]
pub struct BadType {
    /// Where reading stopped.
    pub at: usize,
}

impl FromStr for Type {
    type Err = BadType;

    fn from_str(text: &str) -> Result<Self, BadType> {
        let mut parser = Parser { text, at: 0 };
        let kind = parser.kind(0)?;
        parser.skip_spaces();
        if parser.at == text.len() {
            Ok(kind)
        } else {
            Err(parser.bad())
        }
    }
}

/// A field name as it stands in a struct type: in back quotes where it must be.
pub(super) fn quoted(name: &str) -> String {
    let plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    if plain {
        name.to_owned()
    } else {
        format!("`{}`", name.replace('`', "``"))
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Parser<'a> {
    fn bad(&self) -> BadType {
        BadType { at: self.at }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// Takes one character if it is next, after spaces.
    fn take(&mut self, wanted: char) -> bool {
        self.skip_spaces();
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn expect(&mut self, wanted: char) -> Result<(), BadType> {
        if self.take(wanted) {
            Ok(())
        } else {
            Err(self.bad())
        }
    }

    fn word(&mut self) -> Result<&'a str, BadType> {
        self.skip_spaces();
        let rest = self.rest();
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        if end == 0 {
            return Err(self.bad());
        }
        self.at += end;
        Ok(&rest[..end])
    }

    fn number<N: FromStr>(&mut self) -> Result<N, BadType> {
        let at = self.at;
        self.word()?.parse().map_err(|_| BadType { at })
    }

    /// A field name: a word, or anything in back quotes (a back quote inside is doubled).
    fn field(&mut self) -> Result<String, BadType> {
        if !self.take('`') {
            return self.word().map(str::to_owned);
        }
        let mut name = String::new();
        loop {
            let rest = self.rest();
            let end = rest.find('`').ok_or_else(|| self.bad())?;
            name.push_str(&rest[..end]);
            self.at += end + 1;
            if !self.rest().starts_with('`') {
                return Ok(name);
            }
            name.push('`');
            self.at += 1;
        }
    }

    fn kind(&mut self, depth: usize) -> Result<Type, BadType> {
        if depth > MAX_DEPTH {
            return Err(self.bad());
        }
        self.skip_spaces();
        let start = self.at;
        let word = self.word()?.to_ascii_lowercase();
        let kind = match word.as_str() {
            "char" => Type::Char(self.length()?),
            "varchar" => Type::Varchar(self.length()?),
            "decimal" => self.decimal()?,
            "array" => {
                self.expect('<')?;
                let item = self.kind(depth + 1)?;
                self.expect('>')?;
                Type::Array(item.into())
            }
            "vector" => {
                self.expect('<')?;
                let item = self.kind(depth + 1)?;
                self.expect(',')?;
                let length = self.number()?;
                self.expect('>')?;
                Type::Vector(item.into(), length)
            }
            "map" => {
                self.expect('<')?;
                let key = self.kind(depth + 1)?;
                self.expect(',')?;
                let value = self.kind(depth + 1)?;
                self.expect('>')?;
                Type::Map(key.into(), value.into())
            }
            "struct" => self.fields(depth)?,
            plain => match PLAIN.iter().find(|(name, _)| *name == plain) {
                Some((_, kind)) => kind.clone(),
                None => return Err(BadType { at: start }),
            },
        };
        Ok(kind)
    }

    fn length(&mut self) -> Result<u32, BadType> {
        self.expect('(')?;
        let length = self.number()?;
        self.expect(')')?;
        Ok(length)
    }

    fn decimal(&mut self) -> Result<Type, BadType> {
        if !self.take('(') {
            return Ok(Type::Decimal(None));
        }
        let precision = self.number()?;
        let scale = if self.take(',') { self.number()? } else { 0 };
        self.expect(')')?;
        Ok(Type::Decimal(Some((precision, scale))))
    }

    fn fields(&mut self, depth: usize) -> Result<Type, BadType> {
        self.expect('<')?;
        let mut fields = Vec::new();
        if self.take('>') {
            return Ok(Type::Struct(fields));
        }
        loop {
            let name = self.field()?;
            self.expect(':')?;
            fields.push((name, self.kind(depth + 1)?));
            if self.take('>') {
                return Ok(Type::Struct(fields));
            }
            self.expect(',')?;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_come_back() {
        for text in [
            "bigint",
            "decimal",
            "decimal(38,18)",
            "char(3)",
            "varchar(200)",
            "timestamp_ntz",
            "interval_day_time",
            "array<string>",
            "map<string,array<bigint>>",
            "vector<float,128>",
            "struct<>",
            "struct<a:bigint,中文:map<string,decimal(10,2)>,`a b``c`:struct<x:json>>",
        ] {
            assert_eq!(
                text.parse::<Type>().map(|kind| kind.to_string()),
                Ok(text.to_owned())
            );
        }
    }

    #[test]
    fn case_and_spaces_do_not_matter() {
        assert_eq!(
            Type::read(" MAP < String , STRUCT<`A`: DECIMAL( 10 , 2 )> > ").to_string(),
            "map<string,struct<A:decimal(10,2)>>"
        );
        assert_eq!(Type::read("decimal(5)"), Type::Decimal(Some((5, 0))));
    }

    #[test]
    fn what_is_not_known_is_kept() {
        for text in [
            "geography",
            "array<geography>",
            "decimal(",
            "array<",
            "struct<a>",
            "struct<`a:int>",
            "",
            "char(-1)",
        ] {
            assert_eq!(Type::read(text), Type::Other(text.to_owned()));
        }
        assert_eq!("array<bigint>x".parse::<Type>(), Err(BadType { at: 13 }));
    }

    #[test]
    fn endless_nesting_is_no_panic() {
        assert!("array<".repeat(100_000).parse::<Type>().is_err());
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "[a-z<>(),:` 0-9中]{0,40}") {
            let kind = Type::read(&text);
            prop_assert_eq!(Type::read(&kind.to_string()), kind);
        }
    }
}
