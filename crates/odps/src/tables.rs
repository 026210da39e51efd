//! Tables and their partitions. `…/projects/{project}/tables`, below `/schemas/{schema}` where the
//! project has schemas.
//!
//! Tables are made and dropped by SQL instances, never by these calls.

mod acl;
mod extended;
mod get;
mod list;
mod partition;
mod partitions;
mod schema;
mod schemas;

pub use acl::{Acl, ShowAcl};
pub use extended::{Extended, GetExtended};
pub use get::{Get, Table};
pub use list::{Item, List, Page};
pub use partition::{GetPartition, PartitionFacts};
pub use partitions::{Partition, PartitionPage, Partitions};
pub use schema::Schema;
pub use schemas::{ListSchemas, SchemaItem, SchemaList};

/// A partition by its columns, in order: `pt=20200101`, or several with commas between them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartitionSpec(pub Vec<(String, String)>);

impl PartitionSpec {
    /// Reads `pt='20200101',region=cn`: values may be in quotes of either kind; `/` separates too.
    pub fn read(text: &str) -> Result<Self, crate::Error> {
        let bad = || crate::Error::malformed("partition", format!("{text:?} is none"));
        let mut parts = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() {
            let (name, after) = rest.split_once('=').ok_or_else(bad)?;
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '\'' | '"'));
            let (value, after) = match quote {
                Some(quote) => after[1..].split_once(quote).ok_or_else(bad)?,
                None => {
                    let end = after.find([',', '/']).unwrap_or(after.len());
                    let (value, after) = after.split_at(end);
                    (value.trim(), after)
                }
            };
            let name = name.trim().trim_matches('`');
            if name.is_empty() || name.contains([',', '/', '\'', '"']) {
                return Err(bad());
            }
            parts.push((name.to_owned(), value.to_owned()));
            rest = after.trim_start();
            rest = match rest.strip_prefix([',', '/']) {
                Some(next) if !next.trim().is_empty() => next.trim_start(),
                None if rest.is_empty() => rest,
                _ => return Err(bad()),
            };
        }
        if parts.is_empty() {
            Err(bad())
        } else {
            Ok(Self(parts))
        }
    }

    /// `pt='20200101',region='cn'`, as the control plane takes it. A value with an apostrophe is put
    /// into the other quotes.
    pub fn quoted(&self) -> String {
        self.join(|value| if value.contains('\'') { "\"" } else { "'" })
    }

    fn join(&self, quote: impl Fn(&str) -> &'static str) -> String {
        let parts = self.0.iter().map(|(name, value)| {
            let quote = quote(value);
            format!("{name}={quote}{value}{quote}")
        });
        parts.collect::<Vec<String>>().join(",")
    }
}

/// `pt=20200101,region=cn`, as the tunnel takes it.
impl std::fmt::Display for PartitionSpec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.join(|_| ""))
    }
}

#[cfg(test)]
mod tests {
    use super::PartitionSpec;

    #[test]
    fn every_way_of_writing_a_partition() {
        for text in [
            "pt=1,区=a b",
            "pt='1',区='a b'",
            " pt = \"1\" , `区` = a b ",
            "pt=1/区=a b",
        ] {
            let spec = PartitionSpec::read(text).expect(text);
            assert_eq!(spec.to_string(), "pt=1,区=a b");
            assert_eq!(spec.quoted(), "pt='1',区='a b'");
        }
        let comma = PartitionSpec::read("a='1,2',b=").expect("values may hold commas and be empty");
        assert_eq!(
            comma.0,
            [("a".into(), "1,2".into()), ("b".into(), String::new())]
        );
        let other = PartitionSpec(vec![("a".into(), "it's, b=1".into())]);
        assert_eq!(PartitionSpec::read(&other.quoted()).ok(), Some(other));
        for text in ["", "pt", "pt='1", "=1", "pt='1'x", "pt=1,", "pt=1,,b=2"] {
            assert!(PartitionSpec::read(text).is_err(), "{text}");
        }
    }
}
