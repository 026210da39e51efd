//! The things of the catalogue.

use super::columns::definite;
use super::{DEFAULT_SCHEMA, DataFile, Refusal};
use odps::tables::PartitionSpec;
use odps::types::Type;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use wire::Millis;

/// A table by its names. Names are not case-sensitive; they are kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Name {
    pub(crate) project: String,
    pub(crate) schema: String,
    pub(crate) table: String,
}

impl Name {
    /// A table; without a schema, or with an empty one, in the schema that every project has.
    pub(crate) fn new(project: &str, schema: Option<&str>, table: &str) -> Self {
        let schema = schema.filter(|schema| !schema.is_empty());
        Self {
            project: project.to_owned(),
            schema: schema.unwrap_or(DEFAULT_SCHEMA).to_lowercase(),
            table: table.to_lowercase(),
        }
    }

    pub(super) fn key(&self) -> super::db::Key<'_> {
        (&self.project, &self.schema, &self.table)
    }
}

/// `project.table`, with the schema between if it is not the default one.
impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.schema.as_str() {
            DEFAULT_SCHEMA => write!(f, "{}.{}", self.project, self.table),
            schema => write!(f, "{}.{schema}.{}", self.project, self.table),
        }
    }
}

/// A project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Project {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) comment: String,
    pub(crate) created: Millis,
    pub(crate) modified: Millis,
    #[serde(default)]
    pub(crate) properties: BTreeMap<String, String>,
}

/// A schema of a project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) owner: String,
    pub(crate) comment: String,
    pub(crate) created: Millis,
    pub(crate) modified: Millis,
}

/// A column, or a partition key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Column {
    pub(crate) name: String,
    /// The ODPS type, such as `decimal(38,18)`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    #[serde(default)]
    pub(crate) comment: String,
    #[serde(default = "yes")]
    pub(crate) nullable: bool,
}

fn yes() -> bool {
    true
}

impl Column {
    /// A column that may be NULL.
    pub(crate) fn new(name: &str, kind: &str, comment: &str) -> Self {
        Self {
            name: name.to_owned(),
            kind: kind.to_owned(),
            comment: comment.to_owned(),
            nullable: true,
        }
    }

    /// The column as the protocol knows it.
    pub(crate) fn to_wire(&self) -> odps::types::Column {
        odps::types::Column {
            comment: self.comment.clone(),
            nullable: self.nullable,
            ..odps::types::Column::new(self.name.clone(), definite(Type::read(&self.kind)))
        }
    }
}

impl From<&odps::types::Column> for Column {
    fn from(column: &odps::types::Column) -> Self {
        Self {
            name: column.name.clone(),
            kind: definite(column.kind.clone()).to_string(),
            comment: column.comment.clone(),
            nullable: column.nullable,
        }
    }
}

/// What a table is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Kind {
    #[default]
    Managed,
    View,
}

impl Kind {
    /// As the protocol names it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Managed => "MANAGED_TABLE",
            Self::View => "VIRTUAL_VIEW",
        }
    }
}

/// A table or view without its data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Table {
    pub(crate) project: String,
    pub(crate) schema: String,
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) owner: String,
    #[serde(default)]
    pub(crate) kind: Kind,
    #[serde(default)]
    pub(crate) comment: String,
    pub(crate) columns: Vec<Column>,
    #[serde(default)]
    pub(crate) partition_keys: Vec<Column>,
    pub(crate) created: Millis,
    /// When its description was changed.
    pub(crate) described: Millis,
    /// When its data was changed.
    pub(crate) modified: Millis,
    /// Days until the data may be dropped; nothing is dropped locally.
    pub(crate) lifecycle: Option<u32>,
    /// The query of a view.
    #[serde(default)]
    pub(crate) view_text: Option<String>,
    /// `TBLPROPERTIES`.
    #[serde(default)]
    pub(crate) properties: BTreeMap<String, String>,
    /// What stands in a column that an insert leaves out, as it was written.
    #[serde(default)]
    pub(crate) defaults: BTreeMap<String, String>,
}

impl Table {
    /// An empty table that nobody has made yet.
    pub(crate) fn new(name: &Name, owner: &str, columns: Vec<Column>, now: Millis) -> Self {
        Self {
            project: name.project.clone(),
            schema: name.schema.clone(),
            name: name.table.clone(),
            id: crate::keys::random(),
            owner: owner.to_owned(),
            kind: Kind::Managed,
            comment: String::new(),
            columns,
            partition_keys: Vec::new(),
            created: now,
            described: now,
            modified: now,
            lifecycle: None,
            view_text: None,
            properties: BTreeMap::new(),
            defaults: BTreeMap::new(),
        }
    }

    /// Its names.
    pub(crate) fn full_name(&self) -> Name {
        Name {
            project: self.project.clone(),
            schema: self.schema.clone(),
            table: self.name.clone(),
        }
    }

    /// A whole partition in the order and the spelling of the keys; the empty one for a table
    /// without partitions.
    pub(crate) fn spec(&self, given: &PartitionSpec) -> Result<PartitionSpec, Refusal> {
        let bad = || Refusal::BadPartition {
            table: self.full_name().to_string(),
            spec: given.to_string(),
        };
        if given.0.len() != self.partition_keys.len() {
            return Err(bad());
        }
        let mut pairs = Vec::new();
        for key in &self.partition_keys {
            let mut values = given
                .0
                .iter()
                .filter(|(name, _)| name.eq_ignore_ascii_case(&key.name));
            let (Some((_, value)), None) = (values.next(), values.next()) else {
                return Err(bad());
            };
            if value.is_empty() || value.len() > 255 || value.chars().any(char::is_control) {
                return Err(bad());
            }
            pairs.push((key.name.clone(), value.clone()));
        }
        Ok(PartitionSpec(pairs))
    }
}

/// A partition with its files, or the data of a table without partitions.
#[derive(Clone, Debug)]
pub(crate) struct Partition {
    pub(crate) spec: PartitionSpec,
    pub(crate) created: Millis,
    pub(crate) modified: Millis,
    pub(crate) files: Vec<DataFile>,
}

/// A partition as the store has it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Part {
    pub(super) spec: Vec<(String, String)>,
    pub(super) created: Millis,
    pub(super) modified: Millis,
    pub(super) files: Vec<Stored>,
}

/// A data file as the store has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) name: String,
    pub(super) rows: u64,
    pub(super) bytes: u64,
}

impl Part {
    pub(super) fn new(spec: &PartitionSpec, now: Millis) -> Self {
        Self {
            spec: spec.0.clone(),
            created: now,
            modified: now,
            files: Vec::new(),
        }
    }
}

/// The key of a partition: sorts by the values. A value has no control characters.
pub(crate) fn part_key(spec: &PartitionSpec) -> String {
    let values: Vec<&str> = spec.0.iter().map(|(_, value)| value.as_str()).collect();
    values.join("\u{1}")
}

/// Whether each given key has the given value here. Names of keys are not case-sensitive.
pub(crate) fn within(spec: &PartitionSpec, given: &PartitionSpec) -> bool {
    given.0.iter().all(|(name, value)| {
        spec.0
            .iter()
            .any(|(key, held)| key.eq_ignore_ascii_case(name) && held == value)
    })
}

#[cfg(test)]
mod tests {
    use super::{Column, Name, Table, within};
    use odps::tables::PartitionSpec;

    #[test]
    fn a_prefix_covers_its_partitions() {
        let spec = PartitionSpec::read("dt=20260101,region=华东").unwrap();
        let given = |text| PartitionSpec::read(text).unwrap();
        assert!(within(&spec, &given("DT='20260101'")));
        assert!(within(&spec, &given("region='华东'")));
        assert!(!within(&spec, &given("dt=20260102")));
        assert!(!within(&spec, &given("hh=01")));
    }

    #[test]
    fn a_whole_partition_is_put_in_order() {
        let mut table = Table::new(&Name::new("p", None, "T"), "o", Vec::new(), 1);
        assert_eq!(table.full_name().to_string(), "p.t");
        table.partition_keys = ["dt", "hh"]
            .map(|key| Column::new(key, "string", ""))
            .to_vec();
        let given = |text| table.spec(&PartitionSpec::read(text).unwrap());
        assert_eq!(given("HH=1,dt='../2'").unwrap().to_string(), "dt=../2,hh=1");
        for bad in [
            "dt=1",
            "dt=1,dt=2",
            "dt=1,hh=",
            "dt=1,hh=2,x=3",
            "dt=1,hh=a\u{1}b",
        ] {
            assert!(given(bad).is_err(), "{bad}");
        }
    }
}
