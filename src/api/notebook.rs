//! The notebook of a cluster, as this browser keeps it: cells with their texts, what ran in which
//! order with which seed, and where the results are. No result and no secret is kept.

pub mod share;

use script::{Ast, Cell, Project};
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
        /// A cell that counts on both sides, the frame and the table.
        #[serde(default)]
        compare: Option<String>,
    },
}

/// A cell that counts the values of a written table and of the frame that it came from, column by
/// column. What was in the table before is counted too.
pub fn comparing(frame: &str, table: &str, partition: Option<&str>) -> String {
    let partition = partition.map(|spec| format!(", partition='{spec}'"));
    let partition = partition.unwrap_or_default();
    format!(
        "# values that are not NULL, by column: the frame, and what {table} holds now\n\
         session.run(({frame}).count(), o.to_mars_dataframe('{table}'{partition}).count())"
    )
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

    /// The texts of the cells, without empty ones.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.cells.iter().map(|cell| cell.text.clone());
        texts.filter(|text| !text.trim().is_empty()).collect()
    }

    /// The texts of a file's cells; nothing if it has none.
    pub fn read_file(name: &str, text: &str) -> Option<Vec<String>> {
        let texts = share::from_file(name, text)?;
        let own = |text: &String| [HEAD.trim(), TAIL].contains(&text.as_str());
        let texts: Vec<String> = texts.into_iter().filter(|text| !own(text)).collect();
        (!texts.is_empty()).then_some(texts)
    }

    /// The texts as a Python file that runs with PyODPS: `client` and `o` are the user's own.
    pub fn to_python(&self) -> String {
        let mut text = String::from(HEAD);
        let cells = self.for_python(|value| format!("print({value})"));
        for (at, cell) in cells.iter().enumerate() {
            text.push_str(&format!("\n# In[{}]\n{cell}\n", at + 1));
        }
        text.push_str(&format!("\n# In[{}]\n{TAIL}\n", cells.len() + 1));
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
        cells.extend(self.for_python(str::to_owned).iter().map(|cell| code(cell)));
        let notebook = serde_json::json!({
            "cells": cells,
            "metadata": { "language_info": { "name": "python" } },
            "nbformat": 4, "nbformat_minor": 2,
        });
        format!("{notebook:#}\n")
    }

    /// The cells as Python runs them: what the page runs by itself, the last expression, is put
    /// into `session.run`; `shown` has it shown.
    fn for_python(&self, shown: impl Fn(&str) -> String) -> Vec<String> {
        let mut before: Vec<Ast> = Vec::new();
        let cells = self.cells.iter().map(|cell| {
            let known: Vec<Cell<'_>> = before.iter().map(|ast| Cell { ast, seed: 0 }).collect();
            let text = cell_for_python(&known, &cell.text, &shown);
            before.push(script::parse(&cell.text).0);
            text
        });
        cells.collect()
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

/// The end of a Python file: nobody else stops the cluster that it made.
const TAIL: &str = "client.stop_server()";

fn cell_for_python(before: &[Cell<'_>], text: &str, shown: impl Fn(&str) -> String) -> String {
    let mut text = text.to_owned();
    for at in script::waits(&script::parse(&text).0).iter().rev() {
        text.replace_range(at.start..at.end, "fetch");
    }
    let text = text.as_str();
    let (ast, errors) = script::parse(text);
    let (Some(last), true) = (ast.statements.last(), errors.is_empty()) else {
        return text.trim_end().to_owned();
    };
    let script::StatementKind::Expression(value) = &last.kind else {
        return text.trim_end().to_owned();
    };
    let (start, end) = (last.span.start, last.span.end);
    let pieces = (text.get(..start), text.get(start..end), text.get(end..));
    let (Some(head), Some(expression), Some(tail)) = pieces else {
        return text.trim_end().to_owned();
    };
    if script::is_run(last) {
        return text.trim_end().to_owned();
    }
    let looked = script::look(before, text, &Project::default());
    // What Python has by itself is no business of a session.
    let own = script::is_table(value) || looked.plain.contains(&last.span);
    let expression = match own {
        true => expression.to_owned(),
        false => format!("session.run({expression})"),
    };
    format!("{head}{}{}", shown(&expression), tail.trim_end())
}

fn key(instance: &str) -> String {
    format!("mars-console.notebook.{instance}")
}

#[cfg(test)]
mod tests {
    use super::Notebook;

    #[test]
    fn cells_keep_their_keys() {
        let mut notebook = Notebook::of(["a", "b"]);
        let keys: Vec<u32> = notebook.cells.iter().map(|cell| cell.key).collect();
        assert_eq!(keys, [1, 2]);
        notebook.cells.remove(0);
        assert_eq!(notebook.add("c"), 3);
    }

    #[test]
    fn python_runs_the_last_expression_of_each_cell() {
        let cells = [
            (
                "a = mt.ones(3)\na + 1  # one more\n",
                "a = mt.ones(3)\nprint(session.run(a + 1))  # one more",
            ),
            ("b = a + 1", "b = a + 1"),
            ("b.execute()", "b.execute()"),
            (
                "session.run(a, b, wait=False)",
                "session.run(a, b, fetch=False)",
            ),
            (
                "df = o.to_mars_dataframe('t')",
                "df = o.to_mars_dataframe('t')",
            ),
            ("df.head(3)", "print(session.run(df.head(3)))"),
            (
                "o.persist_mars_dataframe(df, 't')",
                "o.persist_mars_dataframe(df, 't')",
            ),
            (
                "o.get_table('t').to_df().head(3)",
                "print(o.get_table('t').to_df().head(3))",
            ),
            ("a.shape", "print(a.shape)"),
            ("(not read", "(not read"),
        ];
        let notebook = Notebook::of(cells.map(|(text, _)| text));
        let python = notebook.for_python(|value| format!("print({value})"));
        assert_eq!(python, cells.map(|(_, python)| python));
        assert_eq!(
            notebook.for_python(str::to_owned)[5],
            "session.run(df.head(3))"
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
