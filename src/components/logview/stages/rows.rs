//! Stages as rows: what progress and details say of each, its place on the common time, and which
//! rows are in view.

use odps::instances::{Stage, StageWorkers};
use wire::Millis;

/// The height of a row in pixels; `logview_stages.css` has the same.
pub const ROW: i32 = 28;

/// Rows that are drawn beyond what is in view.
const SPARE: usize = 6;

/// A stage with everything that is known of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Workers in all.
    pub total: u64,
    /// Workers that run.
    pub running: u64,
    /// Workers that are done.
    pub done: u64,
    /// Workers that failed.
    pub failed: u64,
    /// Rows in.
    pub input: u64,
    /// Rows out.
    pub output: u64,
    /// When it began.
    pub start: Option<Millis>,
    /// When it ended.
    pub end: Option<Millis>,
}

impl Row {
    /// How long it has run.
    pub fn lasted(&self, now: Millis) -> Option<Millis> {
        Some(self.end.unwrap_or(now).saturating_sub(self.start?))
    }
}

/// The stages of progress, with what the details say of them; then those that only the details know.
pub fn rows(stages: &[Stage], workers: &[StageWorkers]) -> Vec<Row> {
    let mut known: Vec<&StageWorkers> = workers.iter().collect();
    let mut rows: Vec<Row> = stages
        .iter()
        .map(|stage| {
            let found = find(&known, &stage.name).map(|at| known.swap_remove(at));
            Row {
                name: stage.name.clone(),
                total: stage.workers,
                running: stage.running,
                done: stage.terminated,
                failed: found.map_or(0, StageWorkers::failed),
                input: stage.input,
                output: stage.output,
                start: found.and_then(StageWorkers::start),
                end: found
                    .filter(|_| stage.terminated >= stage.workers)
                    .and_then(StageWorkers::end),
            }
        })
        .collect();
    let mentioned = workers
        .iter()
        .filter(|one| known.iter().any(|left| left.name == one.name));
    rows.extend(mentioned.map(of_workers));
    rows
}

/// Names are equal, or progress adds the job's name: `M1` and `M1_job_0`. The longest fits best.
fn find(known: &[&StageWorkers], name: &str) -> Option<usize> {
    let fits = |stage: &&StageWorkers| {
        !stage.name.is_empty()
            && name
                .strip_prefix(&stage.name)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
    };
    let fitting = known.iter().enumerate().filter(|(_, stage)| fits(stage));
    fitting
        .max_by_key(|(_, stage)| stage.name.len())
        .map(|(at, _)| at)
}

fn of_workers(stage: &StageWorkers) -> Row {
    let count = |words: &[&str]| {
        let said = |word: &str| words.iter().any(|known| known.eq_ignore_ascii_case(word));
        let workers = stage.workers.iter();
        let workers = workers.filter(|worker| worker.status.as_deref().is_some_and(said));
        u64::try_from(workers.count()).unwrap_or(u64::MAX)
    };
    Row {
        name: stage.name.clone(),
        total: u64::try_from(stage.workers.len()).unwrap_or(u64::MAX),
        running: count(&["Running"]),
        done: count(&["Terminated", "Success"]),
        failed: stage.failed(),
        start: stage.start(),
        end: stage.end(),
        ..Row::default()
    }
}

/// The row that took longest, if at least two have a length.
pub fn slowest(rows: &[Row], now: Millis) -> Option<usize> {
    let lengths = rows
        .iter()
        .enumerate()
        .filter_map(|(at, row)| Some((row.lasted(now)?, at)));
    let lengths: Vec<(Millis, usize)> = lengths.collect();
    let longest = lengths
        .iter()
        .max_by_key(|(length, at)| (*length, usize::MAX - at))?;
    (lengths.len() > 1 && longest.0 > 0).then_some(longest.1)
}

/// From the first beginning to the last end, or to now where a stage still runs.
pub fn axis(rows: &[Row], now: Millis) -> Option<(Millis, Millis)> {
    let from = rows.iter().filter_map(|row| row.start).min()?;
    let begun = rows.iter().filter(|row| row.start.is_some());
    let to = begun.map(|row| row.end.unwrap_or(now)).max()?;
    Some((from, to.max(from + 1)))
}

/// Where the bar of a row begins and how wide it is, in thousandths of the axis.
pub fn bar(row: &Row, axis: (Millis, Millis), now: Millis) -> Option<(u64, u64)> {
    let (from, to) = axis;
    let whole = to.saturating_sub(from).max(1);
    let start = row.start?.clamp(from, to);
    let end = row.end.unwrap_or(now).clamp(start, to);
    let place = |at: Millis| at.saturating_sub(from).saturating_mul(1000) / whole;
    Some((place(start).min(995), (place(end) - place(start)).max(5)))
}

/// The rows that are drawn: those in view and a few around them.
pub fn window(scrolled: i32, height: i32, count: usize) -> std::ops::Range<usize> {
    let row = |pixels: i32| usize::try_from(pixels.max(0) / ROW).unwrap_or(0);
    let first = row(scrolled).saturating_sub(SPARE).min(count);
    let last = row(scrolled.saturating_add(height)) + 1 + SPARE;
    first..last.clamp(first, count)
}

#[cfg(test)]
mod tests {
    use super::{ROW, Row, axis, bar, rows, slowest, window};
    use odps::instances::{Stage, StageWorkers, Worker};

    fn stage(name: &str, workers: u64, terminated: u64) -> Stage {
        Stage {
            name: name.into(),
            workers,
            terminated,
            ..Stage::default()
        }
    }

    fn worked(name: &str, start: u64, end: Option<u64>, status: &str) -> StageWorkers {
        StageWorkers {
            name: name.into(),
            workers: vec![Worker {
                start: Some(start),
                end,
                status: Some(status.into()),
                ..Worker::default()
            }],
        }
    }

    #[test]
    fn progress_and_details_meet_by_name() {
        let stages = [stage("M1_job_0", 2, 1), stage("R2_1_job_0", 1, 1)];
        let workers = [
            worked("R2_1", 50, Some(90), "Failed"),
            worked("M1", 10, Some(40), "Terminated"),
            worked("M9", 5, None, "Running"),
        ];
        let rows = rows(&stages, &workers);
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["M1_job_0", "R2_1_job_0", "M9"]);
        assert_eq!(
            (rows[0].start, rows[0].end),
            (Some(10), None),
            "one still runs"
        );
        assert_eq!((rows[1].end, rows[1].failed), (Some(90), 1));
        assert_eq!((rows[2].total, rows[2].running), (1, 1));
    }

    #[test]
    fn the_slowest_is_marked_once_there_are_two() {
        let row = |start, end| Row {
            start: Some(start),
            end,
            ..Row::default()
        };
        let rows = [
            row(0, Some(10)),
            row(5, Some(30)),
            Row::default(),
            row(20, None),
        ];
        assert_eq!(slowest(&rows, 40), Some(1));
        assert_eq!(slowest(&rows, 100), Some(3));
        assert_eq!(slowest(&rows[..1], 40), None);
        assert_eq!(slowest(&[row(1, Some(1)), row(1, Some(1))], 9), None);
    }

    #[test]
    fn bars_lie_on_one_axis() {
        let row = |start, end| Row {
            start: Some(start),
            end,
            ..Row::default()
        };
        let rows = [row(1000, Some(2000)), row(2000, None)];
        let axis = axis(&rows, 3000).expect("an axis");
        assert_eq!(axis, (1000, 3000));
        assert_eq!(bar(&rows[0], axis, 3000), Some((0, 500)));
        assert_eq!(bar(&rows[1], axis, 3000), Some((500, 500)));
        assert_eq!(bar(&row(3000, Some(3000)), axis, 3000), Some((995, 5)));
        assert_eq!(bar(&Row::default(), axis, 3000), None);
        assert_eq!(super::axis(&[Row::default()], 1), None);
    }

    #[test]
    fn only_what_is_in_view_is_drawn() {
        assert_eq!(window(0, 10 * ROW, 5_000), 0..17);
        assert_eq!(window(1_000 * ROW, 10 * ROW, 5_000), 994..1_017);
        assert_eq!(window(i32::MAX, 10 * ROW, 5_000).end, 5_000);
        assert_eq!(window(-5, 0, 3), 0..3);
        assert_eq!(window(0, 100, 0), 0..0);
    }
}
