//! English: the notebook of a cluster.

use crate::pages::clusters::detail::jobs::rehearsal::Fate;
use crate::text::notebook::Notebook;

pub(super) const NOTEBOOK: Notebook = Notebook {
    title: "Notebook",
    hint: "Python, as in the Mars guide: mt is mars.tensor, md is mars.dataframe, o is the project, session runs things. Ctrl+Enter runs a cell, Shift+Enter runs it and goes on. Cells share their names.",
    cell: |place| format!("Cell {place}"),
    output: |place| format!("Output of cell {place}"),
    result: |place| format!("Result of cell {place}"),
    done: |place| format!("Cell {place} is done."),
    order: "The order in which the cells ran",
    add: "Add a cell",
    add_below: "Add below",
    run_all: "Run all",
    run_to_here: "Run to here",
    move_up: "Move up",
    move_down: "Move down",
    remove: "Remove",
    forget: "Forget the names",
    nothing_ran: "No cell has run since the names were forgotten",
    guide: "The guide, step by step",
    share: "Share",
    shared: "A link with the cells is copied. It holds their texts, no results.",
    too_long: "The cells are too long for a link. They are saved as notebook.ipynb: send that, it opens here.",
    secret: |place| {
        format!(
            "Cell {place} seems to hold an access key. Take it out before you share: o is the project already."
        )
    },
    open: "Open",
    no_notebook: |name| {
        format!("{name} has no cells that can be read. A notebook is .ipynb or .py, up to 4 MB.")
    },
    arrived: "Shared notebook",
    arrived_hint: "This link carries cells. Nothing runs until you run it, with your own rights.",
    take: "Take these cells",
    leave_it: "Not now",
    unkept: "This browser has no room to keep the notebook. Save it as .py or .ipynb before you leave.",
    written: "Written:",
    compare: "Compare with the frame",
    rehearsal: "What will be written",
    fate: |fate, table| match fate {
        Fate::Made => format!("{table} is not there yet: it is made with these columns."),
        Fate::Added => format!("Rows are added to {table}."),
        Fate::Emptied => format!("What {table} holds now is overwritten."),
    },
    column: "Column",
    in_frame: "In the frame",
    in_table: "In the table",
    stays_null: "not in the frame: NULL",
    not_there: "not in the table",
    is_made: "is made",
    type_name: |table| format!("Type {table} to overwrite it"),
    write: "Write",
    leave: "Do not write",
};
