//! What a script can know of the MaxCompute project that its cluster belongs to.

use std::collections::BTreeMap;

/// A project and those of its tables that were read so far.
///
/// A script that names another table is refused with [`crate::ErrorKind::UnknownTable`]: whoever can
/// read the table's columns adds them and tries again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Its name.
    pub name: String,
    /// Where the engine of its cluster answers, as the page reaches it: `client.endpoint`.
    pub endpoint: String,
    /// The columns of each table, without partition keys: name and ODPS type.
    pub tables: BTreeMap<String, Vec<(String, String)>>,
}
