//! Widths of the columns and which of them are seen.

/// The columns' widths and where each begins, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// Where each column begins; one more than there are columns.
    starts: Vec<f64>,
}

impl Track {
    /// The track of columns of these widths.
    pub fn new(widths: impl IntoIterator<Item = f64>) -> Self {
        let mut starts = vec![0.0];
        let mut at = 0.0;
        for width in widths {
            at += width;
            starts.push(at);
        }
        Self { starts }
    }

    /// How many columns there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where a column begins.
    pub fn start(&self, column: usize) -> f64 {
        self.starts
            .get(column)
            .or(self.starts.last())
            .copied()
            .unwrap_or(0.0)
    }

    /// The width of a column.
    pub fn width(&self, column: usize) -> f64 {
        self.start(column + 1) - self.start(column)
    }

    /// The width of all.
    pub fn whole(&self) -> f64 {
        self.starts.last().copied().unwrap_or(0.0)
    }

    /// The first column that is seen at `left` in a port of this width, and one behind the last.
    pub fn seen(&self, left: f64, port: f64) -> (usize, usize) {
        let first = self
            .starts
            .partition_point(|start| *start <= left)
            .saturating_sub(1);
        let last = self.starts.partition_point(|start| *start < left + port);
        (first.min(self.len()), last.min(self.len()))
    }

    /// The nearest position at which a column is seen whole; its start, when it is wider than the
    /// port.
    pub fn reveal(&self, left: f64, port: f64, column: usize) -> f64 {
        let (start, end) = (self.start(column), self.start(column + 1));
        if start < left || end - start > port {
            start
        } else if end > left + port {
            end - port
        } else {
            left
        }
    }
}

/// How many columns of Latin letters a text takes: Chinese, Japanese and Korean characters and
/// full-width forms take two, joining marks none.
pub fn text_width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c as u32 {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0x303E
        | 0x3041..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1FAFF
        | 0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seen_columns_cover_the_port() {
        let track = Track::new([100.0, 50.0, 200.0, 80.0]);
        assert_eq!(track.whole(), 430.0);
        assert_eq!(track.seen(0.0, 100.0), (0, 1));
        assert_eq!(track.seen(99.0, 10.0), (0, 2));
        assert_eq!(track.seen(100.0, 60.0), (1, 3));
        assert_eq!(track.seen(0.0, 1000.0), (0, 4));
        assert_eq!(Track::default().seen(0.0, 100.0), (0, 0));
    }

    #[test]
    fn a_column_is_revealed_with_the_smallest_movement() {
        let track = Track::new([100.0, 50.0, 200.0, 80.0]);
        assert_eq!(track.reveal(0.0, 160.0, 1), 0.0);
        assert_eq!(track.reveal(0.0, 160.0, 3), 270.0);
        assert_eq!(track.reveal(300.0, 160.0, 1), 100.0);
        assert_eq!(track.reveal(0.0, 160.0, 2), 150.0);
    }

    #[test]
    fn chinese_takes_two_columns() {
        assert_eq!(text_width("abc"), 3);
        assert_eq!(text_width("销售额"), 6);
        assert_eq!(text_width("e\u{301}"), 1);
        assert_eq!(text_width("，。"), 4);
    }
}
