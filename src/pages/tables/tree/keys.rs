//! What the keys of a tree do (ARIA's pattern for trees). Pure: from the lines and the active one to
//! an act.

use super::nodes::{Node, What};

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Another line becomes the active one.
    To(usize),
    /// The line is opened or closed.
    Toggle(usize),
    /// What the line stands for is shown.
    Go(usize),
}

/// The act of a key; `page` is how many lines are in view.
pub fn act(key: &str, lines: &[Node], active: usize, page: usize) -> Option<Act> {
    let last = lines.len().checked_sub(1)?;
    let active = active.min(last);
    let node = lines.get(active)?;
    Some(match key {
        "ArrowDown" => Act::To((active + 1).min(last)),
        "ArrowUp" => Act::To(active.saturating_sub(1)),
        "Home" => Act::To(0),
        "End" => Act::To(last),
        "PageDown" => Act::To((active + page).min(last)),
        "PageUp" => Act::To(active.saturating_sub(page)),
        "ArrowRight" => match node.open {
            Some(false) => Act::Toggle(active),
            Some(true) => Act::To((active + 1).min(last)),
            None => return None,
        },
        "ArrowLeft" => match node.open {
            Some(true) => Act::Toggle(active),
            _ => Act::To(
                lines[..active]
                    .iter()
                    .rposition(|above| above.level < node.level)?,
            ),
        },
        "Enter" => match node.what {
            What::Table(..) | What::Partition(..) => Act::Go(active),
            _ => Act::Toggle(active),
        },
        " " => {
            node.open?;
            Act::Toggle(active)
        }
        _ => return None,
    })
}

/// The next line whose words begin as was typed, from the active one on and round; while more than
/// one letter was typed, the active line may stay.
pub fn typed(
    text: &str,
    lines: &[Node],
    active: usize,
    words: impl Fn(&Node) -> Option<String>,
) -> Option<usize> {
    let wanted = text.to_lowercase();
    let first = usize::from(wanted.chars().count() <= 1);
    let order = (active + first..lines.len()).chain(0..(active + first).min(lines.len()));
    order.into_iter().find(|at| {
        words(&lines[*at]).is_some_and(|words| words.to_lowercase().starts_with(&wanted))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::tables::TableName;

    fn node(what: What, level: u8, open: Option<bool>) -> Node {
        Node {
            what,
            level,
            open,
            at: 1,
            of: None,
            group: None,
        }
    }

    fn table(name: &str) -> What {
        What::Table(TableName::read(name), None)
    }

    fn lines() -> Vec<Node> {
        vec![
            node(What::Project, 1, Some(true)),
            node(table("alpha"), 2, Some(false)),
            node(table("beta"), 2, Some(true)),
            node(What::Note(super::super::nodes::Note::None), 3, None),
            node(table("bison"), 2, None),
        ]
    }

    #[test]
    fn arrows_move_open_and_close() {
        let lines = lines();
        let table = [
            ("ArrowDown", 0, Some(Act::To(1))),
            ("ArrowDown", 4, Some(Act::To(4))),
            ("ArrowUp", 0, Some(Act::To(0))),
            ("End", 0, Some(Act::To(4))),
            ("PageDown", 1, Some(Act::To(4))),
            ("ArrowRight", 0, Some(Act::To(1))),
            ("ArrowRight", 1, Some(Act::Toggle(1))),
            ("ArrowRight", 4, None),
            ("ArrowLeft", 2, Some(Act::Toggle(2))),
            ("ArrowLeft", 3, Some(Act::To(2))),
            ("ArrowLeft", 1, Some(Act::To(0))),
            ("Enter", 1, Some(Act::Go(1))),
            ("Enter", 0, Some(Act::Toggle(0))),
            (" ", 4, None),
            ("x", 0, None),
        ];
        for (key, active, wanted) in table {
            assert_eq!(act(key, &lines, active, 10), wanted, "{key} at {active}");
        }
        assert_eq!(act("End", &[], 0, 10), None);
        assert_eq!(act("Home", &lines, 99, 10), Some(Act::To(0)));
    }

    #[test]
    fn letters_go_round() {
        let lines = lines();
        let words = |node: &Node| match &node.what {
            What::Table(name, _) => Some(name.table.clone()),
            _ => None,
        };
        assert_eq!(typed("b", &lines, 0, words), Some(2));
        assert_eq!(typed("b", &lines, 2, words), Some(4));
        assert_eq!(typed("b", &lines, 4, words), Some(2));
        assert_eq!(typed("bi", &lines, 2, words), Some(4));
        assert_eq!(typed("be", &lines, 2, words), Some(2));
        assert_eq!(typed("z", &lines, 2, words), None);
    }
}
