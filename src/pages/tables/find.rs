//! Search in names, comments and owners: letters in their order for names (`tmars` finds
//! `test_mars`), parts for comments and owners, and the pinyin initials of Chinese (`xs` finds 销售).
//! Better matches come first.

use super::pinyin::Initials;

/// A text made ready for search: its letters in lower case, and what each may be typed as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hay {
    letters: Box<[char]>,
    /// The pinyin initials, one for each letter; empty when no letter has one.
    initials: Box<[char]>,
}

impl Hay {
    /// Makes a text ready.
    pub fn new(text: &str, initials: &impl Initials) -> Self {
        // One letter each, so that places in the text stay places in the letters.
        let letters: Box<[char]> = (text.chars())
            .map(|letter| letter.to_lowercase().next().unwrap_or(letter))
            .collect();
        let initial = |letter: &char| initials.of(*letter).unwrap_or(*letter);
        let spelled: Box<[char]> = match text.is_ascii() {
            true => Box::default(),
            false => letters.iter().map(initial).collect(),
        };
        Self {
            initials: if spelled == letters {
                Box::default()
            } else {
                spelled
            },
            letters,
        }
    }

    fn is(&self, at: usize, wanted: char) -> bool {
        self.letters.get(at) == Some(&wanted) || self.initials.get(at) == Some(&wanted)
    }

    /// Whether a word begins here: at the start, behind a mark, and where digits begin or end.
    fn begins(&self, at: usize) -> bool {
        let Some(before) = at
            .checked_sub(1)
            .and_then(|before| self.letters.get(before))
        else {
            return true;
        };
        let here = self.letters.get(at).is_some_and(char::is_ascii_digit);
        !before.is_alphanumeric() || before.is_ascii_digit() != here
    }

    /// The first place of `word` as a whole, at best where a word begins.
    fn part(&self, word: &[char]) -> Option<usize> {
        let last = self.letters.len().checked_sub(word.len())?;
        let here = |start: &usize| (0..word.len()).all(|at| self.is(start + at, word[at]));
        let mut places = (0..=last).filter(here);
        let first = places.next()?;
        if self.begins(first) {
            return Some(first);
        }
        Some(places.find(|start| self.begins(*start)).unwrap_or(first))
    }

    /// The places of the letters of `word` in their order, as close together as they come.
    fn scattered(&self, word: &[char]) -> Option<Vec<usize>> {
        let mut best: Option<Vec<usize>> = None;
        for start in (0..self.letters.len()).filter(|start| self.is(*start, word[0])) {
            let mut places = vec![start];
            let mut at = start + 1;
            for wanted in &word[1..] {
                let Some(found) = (at..self.letters.len()).find(|at| self.is(*at, *wanted)) else {
                    return best;
                };
                places.push(found);
                at = found + 1;
            }
            let cost = |places: &[usize]| cost(places, self);
            if best
                .as_deref()
                .is_none_or(|best| cost(&places) < cost(best))
            {
                best = Some(places);
            }
        }
        best
    }
}

/// What scattered letters lack: gaps count, and letters at which no word begins.
fn cost(places: &[usize], hay: &Hay) -> usize {
    let span = places
        .last()
        .zip(places.first())
        .map_or(0, |(last, first)| last - first);
    let inside = places.iter().filter(|at| !hay.begins(**at)).count();
    (span + 1 - places.len()) + inside * 5
}

/// What is searched for: every word must be found somewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needle(Vec<Vec<char>>);

/// The texts of one table.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// The name.
    pub name: &'a Hay,
    /// The comment; none where it was not read.
    pub comment: Option<&'a Hay>,
    /// The owner.
    pub owner: Option<&'a Hay>,
}

impl Needle {
    /// Reads what was typed.
    pub fn new(typed: &str) -> Self {
        let lower = typed.to_lowercase();
        Self(
            lower
                .split_whitespace()
                .map(|word| word.chars().collect())
                .collect(),
        )
    }

    /// Whether nothing is searched for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How well a table fits; none if some word is nowhere.
    pub fn score(&self, texts: Texts<'_>) -> Option<i64> {
        self.0.iter().map(|word| score(word, texts)).sum()
    }

    /// Which letters of a name are marked.
    pub fn in_name(&self, name: &Hay) -> Vec<bool> {
        self.marks(name, |word| match name.part(word) {
            Some(start) => (start..start + word.len()).collect(),
            None => name.scattered(word).unwrap_or_default(),
        })
    }

    /// Which letters of a comment or an owner are marked.
    pub fn in_words(&self, words: &Hay) -> Vec<bool> {
        self.marks(words, |word| {
            let start = words.part(word);
            start.map_or_else(Vec::new, |start| (start..start + word.len()).collect())
        })
    }

    fn marks(&self, hay: &Hay, places: impl Fn(&[char]) -> Vec<usize>) -> Vec<bool> {
        let mut marks = vec![false; hay.letters.len()];
        for at in self.0.iter().flat_map(|word| places(word)) {
            marks[at] = true;
        }
        marks
    }
}

/// A whole part of the name is better than scattered letters, those than words beside the name.
fn score(word: &[char], texts: Texts<'_>) -> Option<i64> {
    let size = |number: usize| i64::try_from(number).unwrap_or(i64::MAX / 1024);
    let length = size(texts.name.letters.len());
    if let Some(start) = texts.name.part(word) {
        let whole = if length == size(word.len()) { 400 } else { 0 };
        let begins = if texts.name.begins(start) { 200 } else { 0 };
        let first = if start == 0 { 200 } else { 0 };
        return Some(2_000 + whole + begins + first - length);
    }
    let beside = |hay: Option<&Hay>, worth: i64| {
        let hay = hay?;
        let start = hay.part(word)?;
        Some(worth - size(start).min(100))
    };
    if let Some(score) = beside(texts.comment, 1_000) {
        return Some(score);
    }
    if let Some(score) = beside(texts.owner, 800) {
        return Some(score);
    }
    let places = texts.name.scattered(word)?;
    Some(700 - size(cost(&places, texts.name)) * 4 - length)
}

/// A text cut where its marks change: the pieces and whether each is marked.
pub fn pieces(text: &str, marks: &[bool]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for (at, letter) in text.chars().enumerate() {
        let marked = marks.get(at).copied().unwrap_or(false);
        match pieces.last_mut() {
            Some((piece, same)) if *same == marked => piece.push(letter),
            _ => pieces.push((letter.to_string(), marked)),
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::tables::pinyin::Known;

    fn hay(text: &str) -> Hay {
        Hay::new(text, &Known)
    }

    fn ranked(query: &str, names: &[(&str, &str)]) -> Vec<String> {
        let needle = Needle::new(query);
        let mut found: Vec<(i64, String)> = (names.iter())
            .filter_map(|(name, comment)| {
                let (name_hay, comment) = (hay(name), hay(comment));
                let texts = Texts {
                    name: &name_hay,
                    comment: Some(&comment),
                    owner: None,
                };
                Some((needle.score(texts)?, (*name).to_owned()))
            })
            .collect();
        found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        found.into_iter().map(|(_, name)| name).collect()
    }

    #[test]
    fn better_matches_come_first() {
        let names = [
            ("ods_mars_test_di", ""),
            ("test_mars", ""),
            ("tables_of_mars", ""),
            ("xmars", ""),
            ("mars", ""),
            ("other", "a table of mars"),
        ];
        assert_eq!(
            ranked("mars", &names),
            [
                "mars",
                "test_mars",
                "tables_of_mars",
                "ods_mars_test_di",
                "xmars",
                "other"
            ]
        );
        assert_eq!(ranked("tmars", &names), ["test_mars", "tables_of_mars"]);
        assert_eq!(
            ranked("MARS test", &names),
            ["test_mars", "ods_mars_test_di"]
        );
        assert_eq!(ranked("zzz", &names), [""; 0]);
    }

    #[test]
    fn initials_find_chinese_in_names_and_comments() {
        let names = [("销售_2026", ""), ("sales", "销售明细"), ("other", "库存")];
        assert_eq!(ranked("xs", &names), ["销售_2026", "sales"]);
        assert_eq!(ranked("销售", &names), ["销售_2026", "sales"]);
        assert_eq!(ranked("xsmx", &names), ["sales"]);
        let needle = Needle::new("xs");
        let marks = needle.in_words(&hay("我的销售"));
        assert_eq!(
            pieces("我的销售", &marks),
            [("我的".to_owned(), false), ("销售".to_owned(), true)]
        );
    }

    #[test]
    fn what_matched_is_marked() {
        let marked = |query: &str, name: &str| -> String {
            let marks = Needle::new(query).in_name(&hay(name));
            let all = pieces(name, &marks).into_iter();
            all.map(|(piece, marked)| if marked { format!("[{piece}]") } else { piece })
                .collect()
        };
        assert_eq!(marked("mars", "test_mars"), "test_[mars]");
        assert_eq!(marked("tm", "test_mars"), "[t]est_[m]ars");
        assert_eq!(marked("test mars", "test_mars"), "[test]_[mars]");
        assert_eq!(marked("İ", "İstanbul"), "İstanbul");
        assert_eq!(marked("", "a"), "a");
        assert_eq!(marked("<b>", "x<b>y\u{202e}"), "x[<b>]y\u{202e}");
    }

    #[test]
    fn owners_are_searched_and_absent_comments_are_no_match() {
        let (name, owner) = (hay("t"), hay("ALIYUN$ann@example.com"));
        let texts = |comment| Texts {
            name: &name,
            comment,
            owner: Some(&owner),
        };
        assert!(Needle::new("ann").score(texts(None)).is_some());
        assert!(Needle::new("bob").score(texts(None)).is_none());
        assert_eq!(Needle::new("").score(texts(None)), Some(0));
    }
}
