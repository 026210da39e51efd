//! Questions about what is looked at: answered at once, or begun as a chore.

use frame::{Query, chart, equal_pandas, equal_sql};

use super::super::{Answer, Chart, FrameId, Picture, Question, Tell};
use super::chore::{Chore, Search};
use super::{Desk, Open, cell, to_index};

/// How much text one copy carries at most.
const COPY: usize = 64 << 20;
/// How many characters of one cell are taken apart.
const WHOLE: usize = 4 << 20;
/// How many characters of each cell a record carries.
const RECORD: usize = 2_000;
/// How many children of a nested value are told at once.
const CHILDREN: u64 = 200;
/// How many bars, points and fields a chart has at most.
const BARS: usize = 30;
const POINTS: usize = 2_000;
const BINS: usize = 40;
const FIELDS: usize = 24;

impl Desk {
    pub(super) fn question(
        &mut self,
        frame: FrameId,
        ticket: u32,
        question: Question,
    ) -> Vec<Tell> {
        let decode = self.decode;
        let Some(open) = self.frames.get_mut(&frame) else {
            return none(frame, ticket, "the frame is not open");
        };
        let answer = match question {
            Question::Profile { column } => {
                return self.begin(frame, Chore::profile(ticket, column));
            }
            Question::Find {
                text,
                case,
                row,
                column,
                forward,
            } => {
                let search = Search {
                    ticket,
                    find: open.find(text, case),
                    row,
                    place: to_index(column),
                    forward,
                };
                return self.begin(frame, Chore::Find(search));
            }
            Question::Count { text, case } => {
                let find = open.find(text, case);
                return self.begin(frame, Chore::count(ticket, find));
            }
            Question::Copy {
                rows,
                columns,
                form,
            } => open.table(|table, looked| {
                let all = looked.columns(table);
                let columns = columns.below(all.len() as u64);
                let places = &all[to_index(columns.start)..to_index(columns.end)];
                let copied = table.copy(looked.rows(), rows.start..rows.end, places, &form, COPY);
                Ok(Answer::Copied(copied))
            }),
            Question::Inspect { row, column } => open.at(row, column, |table, row, column| {
                let found = table.inspect(row, column, WHOLE, &decode);
                found.map(Box::new).map(Answer::Inspected)
            }),
            Question::Branch {
                row,
                column,
                way,
                first,
            } => open.at(row, column, |table, row, column| {
                let branch = table.branch(row, column, &way, first, CHILDREN);
                branch.map(Answer::Branch)
            }),
            Question::Record { row } => open.table(|table, looked| {
                let columns = looked.columns(table);
                let text = table.view(looked.rows(), row..row + 1, &columns, RECORD);
                Ok(Answer::Record(
                    text.rows.into_iter().flatten().map(cell).collect(),
                ))
            }),
            Question::Chart(picture) => open.table(|table, looked| {
                let chart = picture.points(table, looked.rows());
                let chart = chart.map_err(|error| error.to_string())?;
                Ok(Answer::Chart(Box::new(chart)))
            }),
            Question::Equal {
                name,
                partition,
                limit,
            } => open.equal(&name, &partition, limit),
        };
        vec![Tell::Answer {
            frame,
            ticket,
            answer: answer.unwrap_or_else(|detail| Answer::None { detail }),
        }]
    }
}

/// The answer to a question that has none.
fn none(frame: FrameId, ticket: u32, detail: &str) -> Vec<Tell> {
    let answer = Answer::None {
        detail: detail.to_owned(),
    };
    vec![Tell::Answer {
        frame,
        ticket,
        answer,
    }]
}

impl Open {
    fn find(&self, text: String, case: bool) -> frame::Find {
        let columns = self.load.table().map(|table| self.looked.columns(table));
        frame::Find {
            text,
            case,
            columns: columns.unwrap_or_default(),
        }
    }

    fn table(
        &self,
        act: impl FnOnce(&frame::Table, &super::Looked) -> Result<Answer, String>,
    ) -> Result<Answer, String> {
        let table = self.load.table().ok_or("no row is there yet")?;
        act(table, &self.looked)
    }

    /// What a cell of the view is about, as row and column of the table.
    fn at<E: std::fmt::Display>(
        &self,
        row: u64,
        column: u64,
        act: impl FnOnce(&frame::Table, u64, usize) -> Result<Answer, E>,
    ) -> Result<Answer, String> {
        self.table(|table, looked| {
            let row = looked.rows().row(row).ok_or("there is no such row")?;
            let columns = looked.columns(table);
            let column = columns
                .get(to_index(column))
                .ok_or("there is no such column")?;
            act(table, row, *column).map_err(|error| error.to_string())
        })
    }

    fn equal(
        &self,
        name: &[String],
        partition: &[(String, String)],
        limit: Option<u64>,
    ) -> Result<Answer, String> {
        self.table(|table, looked| {
            let view = looked.view();
            let columns = match &view.columns {
                Some(_) => looked.columns(table),
                None => Vec::new(),
            };
            let name: Vec<&str> = name.iter().map(String::as_str).collect();
            let pair = |(key, value): &(String, String)| (key.clone(), value.clone());
            let owned: Vec<(String, String)> = partition.iter().map(pair).collect();
            let partition: Vec<(&str, &str)> = (owned.iter())
                .map(|(key, value)| (key.as_str(), value.as_str()))
                .collect();
            let query = Query {
                name: &name,
                partition: &partition,
                columns: &columns,
                conditions: &view.conditions,
                keys: &view.keys,
                limit,
            };
            let sql = equal_sql(table, &query).map_err(|error| error.to_string())?;
            let pandas = equal_pandas(table, &query).map_err(|error| error.to_string())?;
            Ok(Answer::Equal { sql, pandas })
        })
    }
}

impl Picture {
    fn points(&self, table: &frame::Table, rows: &frame::Rows) -> Result<Chart, chart::ChartError> {
        let place = |column: u32| column as usize;
        Ok(match *self {
            Self::Bars { category, value } => {
                let value = value.map(place);
                Chart::Bars(chart::bars(table, rows, place(category), value, BARS)?)
            }
            Self::Line { x, y } => {
                Chart::Points(chart::line(table, rows, x.map(place), place(y), POINTS)?)
            }
            Self::Scatter { x, y } => {
                Chart::Points(chart::scatter(table, rows, place(x), place(y), POINTS)?)
            }
            Self::Histogram { column } => {
                Chart::Histogram(chart::histogram(table, rows, place(column), BINS)?)
            }
            Self::Heat { x, y } => {
                Chart::Heat(chart::heat(table, rows, place(x), place(y), FIELDS)?)
            }
        })
    }
}
