//! Which cell of this browser's notebook made a graph.

use crate::api::kept::{self, KeptJob};
use crate::api::notebook::Notebook;
use crate::pages::clusters::detail::jobs::Handle;

use super::Key;

/// Where a graph came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The place of the cell, from one; none when the cell is gone or has run again.
    pub cell: Option<usize>,
    /// The last line of its text.
    pub text: String,
    /// The address of the job.
    pub href: String,
}

/// Looks for a graph among what this browser keeps.
pub fn made(instance: &str, key: &Key) -> Option<Made> {
    let notebook = Notebook::kept(instance).unwrap_or_default();
    find(instance, key, &notebook, &kept::jobs(instance))
}

fn find(instance: &str, key: &Key, notebook: &Notebook, jobs: &[KeptJob]) -> Option<Made> {
    let cells = notebook.cells.iter().enumerate();
    let cell = cells.into_iter().find_map(|(place, cell)| {
        let run = cell.run.as_ref()?;
        (run.graph.as_ref() == Some(key)).then_some((place + 1, cell, run))
    });
    let job = jobs
        .iter()
        .find(|job| (&job.session, &job.graph) == (&key.0, &key.1));
    let target = job
        .map(|job| job.target.clone())
        .or_else(|| cell.and_then(|(_, _, run)| Some(run.targets().next()?.to_owned())))?;
    let text = job
        .map(|job| job.text.as_str())
        .or(cell.map(|(_, cell, _)| cell.text.as_str()))?;
    let handle = Handle {
        session: key.0.clone(),
        graph: key.1.clone(),
        target,
    };
    Some(Made {
        cell: cell.map(|(place, ..)| place),
        text: text.lines().last().unwrap_or_default().to_owned(),
        href: handle.place(instance).href(),
    })
}

#[cfg(test)]
mod tests {
    use super::{Made, find};
    use crate::api::kept::KeptJob;
    use crate::api::notebook::{CellOutput, CellRun, Notebook};

    #[test]
    fn a_cell_is_found_by_its_last_run() {
        let mut notebook = Notebook::of(["a = 1", "x\nmt.ones(3)"]);
        let key = ("s".to_owned(), "g".to_owned());
        notebook.cells[1].run = Some(CellRun {
            number: 1,
            at: 1,
            graph: Some(key.clone()),
            outputs: vec![CellOutput::Result {
                target: "t".into(),
                said: String::new(),
            }],
            defined: Vec::new(),
            left_running: false,
        });
        let want = Made {
            cell: Some(2),
            text: "mt.ones(3)".into(),
            href: "clusters/1g?tab=jobs&session=s&graph=g&target=t".into(),
        };
        assert_eq!(find("1g", &key, &notebook, &[]), Some(want.clone()));
        let job = KeptJob {
            session: "s".into(),
            graph: "g".into(),
            target: "t".into(),
            text: "mt.ones(3)".into(),
            at: 1,
        };
        let gone = find("1g", &key, &Notebook::default(), &[job]);
        assert_eq!(gone, Some(Made { cell: None, ..want }));
        let other = ("s".to_owned(), "h".to_owned());
        assert_eq!(find("1g", &other, &notebook, &[]), None);
    }
}
