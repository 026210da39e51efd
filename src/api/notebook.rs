//! The notebook of a cluster, as this browser keeps it: cells with their texts, what ran in which
//! order with which seed, and where the results are. No result and no secret is kept.

use serde::{Deserialize, Serialize};
use wire::Millis;

use super::kept;

/// A notebook.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notebook {
    /// The cells, in the order of the page.
    pub cells: Vec<CellText>,
    /// What ran since the names were last forgotten, in the order in which it ran.
    pub ran: Vec<Ran>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellText {
    /// What tells it from the others; it never changes.
    pub key: u32,
    /// Its text.
    pub text: String,
    /// Its last run.
    pub run: Option<CellRun>,
}

/// A text that ran: its names are known to the cells that run later.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ran {
    /// The text.
    pub text: String,
    /// The seed of its random sources: with it, they give the same values again.
    pub seed: u32,
}

/// The last run of a cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CellRun {
    /// Its place in the order of runs, from 1.
    pub number: usize,
    /// When it began.
    pub at: Millis,
    /// Session and graph; none if nothing had to run on the cluster.
    pub graph: Option<(String, String)>,
    /// What the cell asked to see.
    pub outputs: Vec<CellOutput>,
    /// The names that it gave, each with its value in a few words.
    pub defined: Vec<(String, String)>,
    /// Whether it asked not to wait.
    pub left_running: bool,
}

/// One thing that a cell shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CellOutput {
    /// A value that needed no cluster.
    Plain(String),
    /// A result on the cluster.
    Result {
        /// Its key.
        target: String,
        /// What it is, before the run: `tensor (100, 3)`.
        said: String,
    },
    /// A table that was written.
    Written {
        /// The key of what wrote it.
        target: String,
        /// The table.
        table: String,
        /// The partition.
        partition: Option<String>,
    },
}

impl CellRun {
    /// The keys of its results.
    pub fn targets(&self) -> impl Iterator<Item = &str> {
        self.outputs.iter().filter_map(|output| match output {
            CellOutput::Result { target, .. } | CellOutput::Written { target, .. } => {
                Some(target.as_str())
            }
            CellOutput::Plain(_) => None,
        })
    }
}

impl Notebook {
    /// A notebook of these texts.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>) -> Self {
        let mut notebook = Self::default();
        for text in texts {
            notebook.add(text);
        }
        notebook
    }

    /// Adds a cell at the end.
    pub fn add(&mut self, text: &str) -> u32 {
        let key = self.fresh();
        self.cells.push(CellText {
            key,
            text: text.to_owned(),
            run: None,
        });
        key
    }

    /// A key that no cell has.
    pub fn fresh(&self) -> u32 {
        let last = self.cells.iter().map(|cell| cell.key).max();
        last.map_or(1, |key| key.wrapping_add(1))
    }

    /// Reads what was kept for a cluster; nothing, if it cannot be read.
    pub fn kept(instance: &str) -> Option<Self> {
        let text = kept::text(&key(instance))?;
        serde_json::from_str(&text).ok()
    }

    /// Keeps it for a cluster. False when the browser has no room for it.
    pub fn keep(&self, instance: &str) -> bool {
        let text = serde_json::to_string(self);
        text.is_ok_and(|text| kept::set_text(&key(instance), &text))
    }

    /// The texts as a Python file that runs with PyODPS: `client` and `o` are the user's own.
    pub fn to_python(&self) -> String {
        let mut text = String::from(HEAD);
        for (at, cell) in self.cells.iter().enumerate() {
            text.push_str(&format!(
                "\n# In[{}]\n{}\n",
                at + 1,
                shown_by_python(&cell.text)
            ));
        }
        text
    }

    /// The texts as a Jupyter notebook, format 4.
    pub fn to_ipynb(&self) -> String {
        let code = |text: &str| {
            serde_json::json!({
                "cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],
                "source": text.split_inclusive('\n').collect::<Vec<_>>(),
            })
        };
        let mut cells = vec![code(HEAD.trim_end())];
        cells.extend(
            self.cells
                .iter()
                .map(|cell| code(&shown_by_python(&cell.text))),
        );
        let notebook = serde_json::json!({
            "cells": cells,
            "metadata": { "language_info": { "name": "python" } },
            "nbformat": 4, "nbformat_minor": 2,
        });
        format!("{notebook:#}\n")
    }
}

/// What the names stand for outside the page. The key is read from the environment, never written.
const HEAD: &str = "import os
import mars.tensor as mt
import mars.dataframe as md
from odps import ODPS, options

options.verbose = True
o = ODPS(os.environ['ODPS_ACCESS_ID'], os.environ['ODPS_ACCESS_KEY'],
         project=os.environ['ODPS_PROJECT'], endpoint=os.environ['ODPS_ENDPOINT'])
client = o.create_mars_cluster(1, 4, 16)
session = client.session
";

/// A cell as Python runs it: the last expression, which the page shows, in a `print` of its own.
fn shown_by_python(text: &str) -> String {
    let (ast, errors) = script::parse(text);
    let last = ast.statements.last();
    let (Some(last), true) = (last, errors.is_empty()) else {
        return text.trim_end().to_owned();
    };
    let called = script::is_run(last);
    let (before, expression) = text.split_at(last.span.start.min(text.len()));
    match &last.kind {
        script::StatementKind::Expression(_) if !called => {
            let end = last
                .span
                .end
                .saturating_sub(before.len())
                .min(expression.len());
            let (expression, after) = expression.split_at(end);
            format!("{before}session.run({expression}){}", after.trim_end())
        }
        _ => text.trim_end().to_owned(),
    }
}

fn key(instance: &str) -> String {
    format!("mars-console.notebook.{instance}")
}

#[cfg(test)]
mod tests {
    use super::{Notebook, shown_by_python};

    #[test]
    fn cells_keep_their_keys() {
        let mut notebook = Notebook::of(["a", "b"]);
        let keys: Vec<u32> = notebook.cells.iter().map(|cell| cell.key).collect();
        assert_eq!(keys, [1, 2]);
        notebook.cells.remove(0);
        assert_eq!(notebook.add("c"), 3);
    }

    #[test]
    fn python_runs_the_last_expression() {
        assert_eq!(
            shown_by_python("a = mt.ones(3)\na + 1\n"),
            "a = mt.ones(3)\nsession.run(a + 1)"
        );
        assert_eq!(shown_by_python("a = mt.ones(3)"), "a = mt.ones(3)");
        assert_eq!(
            shown_by_python("mt.ones(3).execute()"),
            "mt.ones(3).execute()"
        );
        assert_eq!(
            shown_by_python("o.persist_mars_dataframe(df, 't')"),
            "o.persist_mars_dataframe(df, 't')"
        );
    }

    #[test]
    fn a_jupyter_notebook_has_the_cells() {
        let text = Notebook::of(["mt.ones(3)"]).to_ipynb();
        let read: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
        assert_eq!(read["nbformat"], 4);
        assert_eq!(read["cells"][1]["source"][0], "session.run(mt.ones(3))");
        assert!(!text.contains("access_key="));
    }
}
