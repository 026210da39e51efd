//! Search for text in cells, a bounded number of rows at a time.

use crate::filter::matcher::Matcher;
use crate::{Kind, Rows, Table, format};
use arrow::array::{Array, AsArray};
use serde::{Deserialize, Serialize};

/// What to look for, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Find {
    /// The text; an empty one is found nowhere.
    pub text: String,
    /// Whether upper and lower case differ.
    pub case: bool,
    /// The columns to look in, in the order in which they are shown.
    pub columns: Vec<usize>,
}

/// A cell that contains the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The position in the view.
    pub position: u64,
    /// The place in [`Find::columns`].
    pub place: usize,
}

/// How far a search came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Here.
    Found(Found),
    /// Not yet: the budget is used up; go on from this cell.
    Onward(Found),
    /// Nowhere from the start to the view's end (or beginning).
    End,
}

/// How many cells contain the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// Matching cells among the rows that were looked at.
    pub cells: u64,
    /// The position to go on from; the view's length when all was looked at.
    pub next: u64,
}

impl Table {
    /// Looks from a cell (which is looked at itself) on, forward or backward through the view, at
    /// most `budget` rows. NULL is found nowhere.
    pub fn find(&self, rows: &Rows, find: &Find, from: Found, forward: bool, budget: u64) -> Step {
        let total = rows.len(self);
        let places = find.columns.len();
        if find.text.is_empty() || places == 0 || total == 0 {
            return Step::End;
        }
        let matcher = Matcher::contains(&find.text, find.case);
        let mut at = match from.position < total {
            true => Found {
                place: from.place.min(places - 1),
                ..from
            },
            false if forward => return Step::End,
            false => Found {
                position: total - 1,
                place: places - 1,
            },
        };
        for _ in 0..budget.max(1) {
            let mut row = if forward {
                at.place..places
            } else {
                0..at.place + 1
            };
            let hit = |place: &usize| self.has(rows, at.position, find.columns[*place], &matcher);
            let found = if forward {
                row.find(hit)
            } else {
                row.rfind(hit)
            };
            if let Some(place) = found {
                return Step::Found(Found { place, ..at });
            }
            let next = match forward {
                true => Some(at.position + 1).filter(|&next| next < total),
                false => at.position.checked_sub(1),
            };
            let Some(position) = next else {
                return Step::End;
            };
            let place = if forward { 0 } else { places - 1 };
            at = Found { position, place };
        }
        Step::Onward(at)
    }

    /// Counts matching cells from a position on, at most `budget` rows.
    pub fn count(&self, rows: &Rows, find: &Find, from: u64, budget: u64) -> Count {
        let total = rows.len(self);
        let end = from.saturating_add(budget).min(total);
        if find.text.is_empty() {
            return Count {
                cells: 0,
                next: total,
            };
        }
        let matcher = Matcher::contains(&find.text, find.case);
        let row = |position| {
            let columns = find.columns.iter();
            columns
                .filter(|&&column| self.has(rows, position, column, &matcher))
                .count() as u64
        };
        Count {
            cells: (from..end).map(row).sum(),
            next: end.max(from),
        }
    }

    fn has(&self, rows: &Rows, position: u64, column: usize, matcher: &Matcher) -> bool {
        let Some((batch, at)) = rows.row(position).and_then(|row| self.locate(row)) else {
            return false;
        };
        let Some(array) = batch.columns().get(column) else {
            return false;
        };
        if let Some(array) = array.as_string_opt::<i32>() {
            return array.is_valid(at) && matcher.is_match(array.value(at));
        }
        let cell = format::cell(array.as_ref(), at, self.style(column), usize::MAX);
        cell.kind != Kind::Null && matcher.is_match(&cell.text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Find, Found, Step};
    use crate::{Rows, Table};
    use arrow::array::{ArrayRef, Int64Array, StringArray};
    use arrow::record_batch::RecordBatch;
    use std::sync::Arc;

    fn table() -> Table {
        let numbers: ArrayRef =
            Arc::new(Int64Array::from(vec![Some(10), None, Some(210), Some(3)]));
        let texts: ArrayRef = Arc::new(StringArray::from(vec!["x", "Ten 10", "NULL", "y"]));
        let batch =
            RecordBatch::try_from_iter_with_nullable([("n", numbers, true), ("t", texts, true)]);
        let batch = batch.unwrap();
        let mut table = Table::new(batch.schema());
        table.append(batch.slice(0, 2)).unwrap();
        table.append(batch.slice(2, 2)).unwrap();
        table
    }

    fn find(text: &str) -> Find {
        Find {
            text: text.into(),
            case: false,
            columns: vec![1, 0],
        }
    }

    fn at(position: u64, place: usize) -> Found {
        Found { position, place }
    }

    #[test]
    fn goes_through_the_cells_as_they_are_shown() {
        let (table, rows) = (table(), Rows::All);
        let step = |from, forward| table.find(&rows, &find("10"), from, forward, 100);
        assert_eq!(step(at(0, 0), true), Step::Found(at(0, 1)));
        assert_eq!(step(at(1, 0), true), Step::Found(at(1, 0)));
        assert_eq!(step(at(1, 1), true), Step::Found(at(2, 1)));
        assert_eq!(step(at(3, 0), true), Step::End);
        assert_eq!(step(at(9, 9), true), Step::End);
        assert_eq!(step(at(9, 9), false), Step::Found(at(2, 1)));
        assert_eq!(step(at(2, 0), false), Step::Found(at(1, 0)));
        let view = Rows::These(vec![3, 2]);
        assert_eq!(
            table.find(&view, &find("TEN"), at(0, 0), true, 9),
            Step::End
        );
        assert_eq!(
            table.find(&view, &find("10"), at(0, 0), true, 1),
            Step::Onward(at(1, 0))
        );
        assert_eq!(
            table.find(&view, &find("10"), at(1, 0), true, 1),
            Step::Found(at(1, 1))
        );
    }

    #[test]
    fn absent_values_and_empty_texts_are_not_found() {
        let (table, rows) = (table(), Rows::All);
        assert_eq!(
            table.find(&rows, &find("null"), at(0, 0), true, 9),
            Step::Found(at(2, 0))
        );
        assert_eq!(table.find(&rows, &find(""), at(0, 0), true, 9), Step::End);
        let count = table.count(&rows, &find("10"), 0, 2);
        assert_eq!((count.cells, count.next), (2, 2));
        assert_eq!(table.count(&rows, &find("10"), 2, 99).cells, 1);
        let strange = Find {
            columns: vec![7],
            ..find("1")
        };
        assert_eq!(table.find(&rows, &strange, at(0, 0), true, 9), Step::End);
    }
}
