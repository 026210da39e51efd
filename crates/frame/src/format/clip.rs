//! A text that stops growing at a limit but goes on counting.

/// Collects at most so many characters and counts them all.
pub(crate) struct Clip {
    text: String,
    kept: usize,
    limit: usize,
    length: u64,
}

impl Clip {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            text: String::new(),
            kept: 0,
            limit,
            length: 0,
        }
    }

    pub(crate) fn push(&mut self, text: &str) {
        let room = self.limit - self.kept;
        let count = text.chars().count();
        if count <= room {
            self.text.push_str(text);
            self.kept += count;
        } else {
            self.text.extend(text.chars().take(room));
            self.kept = self.limit;
        }
        self.length += count as u64;
    }

    /// Nothing more will be kept.
    pub(crate) fn is_full(&self) -> bool {
        self.length > self.limit as u64
    }

    /// Raises the counted length to what it would be without having stopped early.
    pub(crate) fn claim(&mut self, length: u64) {
        self.length = self.length.max(length);
    }

    /// The text, the length of the whole, and whether they differ.
    pub(crate) fn finish(self) -> (String, u64, bool) {
        (self.text, self.length, self.length > self.kept as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::Clip;

    #[test]
    fn counts_what_it_does_not_keep() {
        let mut clip = Clip::new(4);
        clip.push("ab");
        assert!(!clip.is_full());
        clip.push("中文字");
        assert!(clip.is_full());
        clip.push("x");
        assert_eq!(clip.finish(), ("ab中文".to_owned(), 6, true));
        let mut exact = Clip::new(2);
        exact.push("ab");
        assert_eq!(exact.finish(), ("ab".to_owned(), 2, false));
        let mut nothing = Clip::new(0);
        nothing.push("ab");
        assert_eq!(nothing.finish(), (String::new(), 2, true));
    }
}
