//! The name that was probably meant.

/// The known name nearest to `name`, if one is near enough to be worth saying.
pub(crate) fn nearest<'n>(name: &str, known: impl IntoIterator<Item = &'n str>) -> Option<String> {
    let folded = name.to_lowercase();
    let limit = match name.chars().count() {
        // Any other letter is one edit away.
        0 | 1 => 0,
        length => (length / 3).max(1),
    };
    known
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (distance(&folded, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        // The shorter distance first, then the alphabet: the answer must not depend on a hash.
        .min()
        .map(|(_, candidate)| candidate.to_owned())
}

/// Edits (insert, delete, replace, swap of neighbours) between two words.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    if left.len().abs_diff(right.len()) > 3 || left.len().max(right.len()) > 64 {
        return usize::MAX;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let replaced = row[j] + usize::from(a != b);
            let mut best = replaced.min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                best = best.min(before[j - 1] + 1);
            }
            next.push(best);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_recognised_and_strangers_are_not() {
        let known = ["arange", "random", "ones", "zeros", "sqrt"];
        assert_eq!(nearest("arrange", known).as_deref(), Some("arange"));
        assert_eq!(nearest("radnom", known).as_deref(), Some("random"));
        assert_eq!(nearest("Ones", known).as_deref(), Some("ones"));
        assert_eq!(nearest("one", known).as_deref(), Some("ones"));
        assert_eq!(nearest("groupby", known), None);
        assert_eq!(nearest("ones", known), None);
        assert_eq!(nearest("x", ["y"]), None);
        assert_eq!(nearest("x", ["X"]).as_deref(), Some("X"));
    }
}
