//! What SQL needs to know of tables: their definitions, their data as Parquet files, and the writes.
//!
//! The Parquet files of a table hold its columns, not its partition keys, under the names of the
//! definition and with the Arrow types of [`crate::storage_schema`]. A file that is listed is never
//! changed and stays readable as long as a query may still read it. A column that a file lacks reads
//! as NULL there.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use odps::tables::PartitionSpec;
use odps::types::Column;

/// The full name of a table or view.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TableName {
    /// The project.
    pub project: String,
    /// The schema, where the project has schemas; nothing means `default`.
    pub schema: Option<String>,
    /// The table.
    pub table: String,
}

impl TableName {
    /// A table of a project without schemas.
    pub fn new(project: impl Into<String>, table: impl Into<String>) -> Self {
        Self {
            project: project.into(),
            schema: None,
            table: table.into(),
        }
    }
}

/// `project.table` or `project.schema.table`, as error texts have it.
impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{}.{schema}.{}", self.project, self.table),
            None => write!(f, "{}.{}", self.project, self.table),
        }
    }
}

/// A table or view as the catalogue holds it. Names are in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableDef {
    /// The columns without the partition keys.
    pub columns: Vec<Column>,
    /// The partition keys, in order.
    pub partitions: Vec<Column>,
    /// The user's words for it.
    pub comment: String,
    /// Days after the last change after which the data goes.
    pub lifecycle: Option<u32>,
    /// The query of a view; nothing for a table.
    pub view: Option<String>,
    /// `TBLPROPERTIES`.
    pub properties: Vec<(String, String)>,
    /// What stands in a column that an insert leaves out, as it was written.
    pub defaults: BTreeMap<String, String>,
    /// What the catalogue adds; ignored in a definition that is to be created.
    pub facts: Facts,
}

/// What the catalogue knows of a table beyond its definition. Times are epoch seconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Who made it.
    pub owner: String,
    /// When it was made.
    pub created: i64,
    /// When its definition changed.
    pub altered: i64,
    /// When its data changed.
    pub modified: i64,
}

/// The data of one partition or of a table without partitions, as of the last commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataSet {
    /// The values of the partition keys; empty for a table without partitions.
    pub spec: PartitionSpec,
    /// The Parquet files.
    pub files: Vec<PathBuf>,
    /// The rows in them.
    pub rows: u64,
    /// Their size.
    pub bytes: u64,
    /// When the partition was made, in epoch seconds.
    pub created: i64,
    /// When its data changed, in epoch seconds.
    pub modified: i64,
}

/// A change of a table's definition.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Alter {
    /// New columns after the others; they are NULL in the data that is there.
    AddColumns(Vec<Column>),
    /// The comment of a column or partition key.
    ColumnComment(String, String),
    /// The comment of the table.
    Comment(String),
    /// The days after which data goes; nothing ends it.
    Lifecycle(Option<u32>),
    /// Only the time of the last change.
    Touch,
    /// Properties that are set.
    Properties(Vec<(String, String)>),
    /// The owner.
    Owner(String),
}

/// What a write leaves behind when it ends well.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Commit {
    /// Whether the data of `partitions` is replaced; otherwise the new data is added.
    pub overwrite: bool,
    /// The partitions that exist afterwards even without new rows. The empty spec is a table
    /// without partitions.
    pub partitions: Vec<PartitionSpec>,
    /// The columns that the table has from then on. All its data is in this write then, and a commit
    /// to a table that others have written meanwhile is refused.
    pub shape: Option<Shape>,
}

/// The columns of a table, without the partition keys, and their defaults.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The columns.
    pub columns: Vec<Column>,
    /// What stands in a column that an insert leaves out.
    pub defaults: BTreeMap<String, String>,
}

/// Why the catalogue does not do it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {
    /// There is no such project.
    #[error("project {0} is not found")]
    NoSuchProject(String),
    /// There is no such schema.
    #[error("schema {0} is not found")]
    NoSuchSchema(String),
    /// There is no such table or view.
    #[error("table {0} cannot be resolved")]
    NoSuchTable(TableName),
    /// The name is taken.
    #[error("table or view already exists - {0}")]
    TableExists(TableName),
    /// The schema is there already.
    #[error("schema {0} already exists")]
    SchemaExists(String),
    /// There is no such partition.
    #[error("the specified partition {0} does not exist")]
    NoSuchPartition(PartitionSpec),
    /// The partition is there already.
    #[error("partition {0} already exists")]
    PartitionExists(PartitionSpec),
    /// The account may not do this.
    #[error("{0}")]
    Denied(String),
    /// The change makes no sense for this table.
    #[error("{0}")]
    Invalid(String),
    /// The catalogue cannot do this.
    #[error("{0} is not supported")]
    Unsupported(&'static str),
    /// The storage failed.
    #[error("{0}")]
    Storage(String),
}

/// Where tables are known and kept, as one account in one project sees them. Calls may block for as
/// long as a disk does.
pub trait Catalog: Send + Sync {
    /// The project that names without one mean.
    fn project(&self) -> &str;

    /// The definition of a table or view; nothing if there is none.
    fn table(&self, name: &TableName) -> Result<Option<TableDef>, CatalogError>;

    /// The names of the tables and views of a schema, in order.
    fn tables(&self, project: &str, schema: Option<&str>) -> Result<Vec<String>, CatalogError>;

    /// The data of a table as of its last commit: one item for each partition, in order of the keys'
    /// values, or the one item of a table without partitions. A filter names the values of some
    /// keys.
    fn data(
        &self,
        name: &TableName,
        filter: Option<&PartitionSpec>,
    ) -> Result<Vec<DataSet>, CatalogError>;

    /// Makes a table or view.
    fn create_table(&self, name: &TableName, def: TableDef) -> Result<(), CatalogError>;

    /// Replaces the query and columns of a view, or makes it.
    fn replace_view(&self, name: &TableName, def: TableDef) -> Result<(), CatalogError>;

    /// Removes a table or view with its data.
    fn drop_table(&self, name: &TableName) -> Result<(), CatalogError>;

    /// Gives a table another name in its schema.
    fn rename_table(&self, name: &TableName, to: &str) -> Result<(), CatalogError>;

    /// Changes a definition.
    fn alter_table(&self, name: &TableName, change: Alter) -> Result<(), CatalogError>;

    /// Removes the rows of a table, or of the partitions that are named in full.
    fn truncate(&self, name: &TableName, partitions: &[PartitionSpec]) -> Result<(), CatalogError>;

    /// Makes partitions, all or none.
    fn add_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_not_exists: bool,
    ) -> Result<(), CatalogError>;

    /// Removes partitions with their data, all or none.
    fn drop_partitions(
        &self,
        name: &TableName,
        specs: &[PartitionSpec],
        if_exists: bool,
    ) -> Result<(), CatalogError>;

    /// Puts the data of partitions together into one, which is made if it is not there and whose own
    /// data goes unless it is one of them. The others go.
    fn merge_partitions(
        &self,
        name: &TableName,
        from: &[PartitionSpec],
        into: &PartitionSpec,
    ) -> Result<(), CatalogError>;

    /// Begins a write into a table.
    fn write(&self, name: &TableName) -> Result<Box<dyn Write>, CatalogError>;

    /// The schemas of a project, in order.
    fn schemas(&self, _project: &str) -> Result<Vec<String>, CatalogError> {
        Ok(vec!["default".to_owned()])
    }

    /// Makes a schema.
    fn create_schema(&self, _project: &str, _name: &str) -> Result<(), CatalogError> {
        Err(CatalogError::Unsupported("CREATE SCHEMA"))
    }

    /// Removes an empty schema.
    fn drop_schema(&self, _project: &str, _name: &str) -> Result<(), CatalogError> {
        Err(CatalogError::Unsupported("DROP SCHEMA"))
    }
}

/// A write: new Parquet files in a private place, visible all at once at the commit, or never.
/// Dropping it without a commit removes them.
pub trait Write: Send {
    /// Where the next new file of a partition is to be put. Each call gives another path in a folder
    /// that exists.
    fn file(&mut self, spec: &PartitionSpec) -> Result<PathBuf, CatalogError>;

    /// Makes what was written visible and says how many rows that are.
    fn commit(self: Box<Self>, commit: Commit) -> Result<u64, CatalogError>;
}
