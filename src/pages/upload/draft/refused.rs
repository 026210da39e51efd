//! Why nothing can be uploaded yet.

use leptos::prelude::*;

use super::Draft;
use crate::pages::upload::plan;
use crate::text::Text;
use crate::text::uploads::Uploads;

impl Draft {
    /// Why nothing can be uploaded yet; subscribes.
    pub fn refused(self, text: &Text, connected: bool) -> Option<String> {
        let words = &text.uploads;
        let said = |sentence: &str| Some(sentence.to_owned());
        if !connected {
            return said(words.no_connection);
        }
        if self.seen().is_none() {
            return said(words.no_file);
        }
        let of_table = match self.new.get() {
            true => self.refused_new(words),
            false => self.refused_existing(words),
        };
        of_table.or_else(|| self.refused_place(words))
    }

    /// Why no such table can be made.
    fn refused_new(self, words: &Uploads) -> Option<String> {
        let table = self.name();
        let schema = table.schema.as_deref().is_none_or(plan::is_name);
        if !schema || !plan::is_name(&table.table) {
            return Some(words.table_bad.to_owned());
        }
        let bad = plan::bad_columns(&self.columns());
        if !bad.is_empty() {
            return Some((words.bad_columns)(&bad.join(", ")));
        }
        let keys = self.partition_keys().is_none();
        keys.then(|| words.keys_bad.to_owned())
    }

    /// Why the table takes nothing.
    fn refused_existing(self, words: &Uploads) -> Option<String> {
        let said = |sentence: &str| Some(sentence.to_owned());
        let Some(table) = self.existing() else {
            return said(words.no_table);
        };
        if table.schema.is_virtual_view {
            return said(words.is_view);
        }
        let nothing = self.matches().iter().all(|one| one.source.is_none());
        nothing.then(|| words.no_columns.to_owned())
    }

    /// Why the rows have no place yet.
    fn refused_place(self, words: &Uploads) -> Option<String> {
        let keys = self.partition_keys().unwrap_or_default();
        let partition = self.values.with(|values| plan::partition(&keys, values));
        if partition.is_none() {
            return Some(words.no_partition.to_owned());
        }
        let name = self.table.get();
        let asks = self.overwrite.get() && !self.new.get();
        let confirmed = self.confirm.with(|typed| typed.trim() == name.trim());
        (asks && !confirmed).then(|| (words.no_confirm)(name.trim()))
    }
}
