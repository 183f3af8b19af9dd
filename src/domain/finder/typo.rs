//! How many slips of the finger lie between two words.

/// Returns the edits between two words where there are at most `limit`: letters added, dropped or replaced, and
/// neighbours swapped, each place edited once (optimal string alignment).
pub(super) fn edits(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > limit {
        return None;
    }
    let (one, other) = where_they_differ(one, other);
    match (one, other, limit) {
        ([], rest, _) | (rest, [], _) => Some(rest.len()).filter(|count| *count <= limit),
        ([_], [_], 1..) => Some(1),
        ([a, b], [c, d], 1..) if (a, b) == (d, c) => Some(1),
        (_, _, 0 | 1) => None,
        _ => aligned(one, other, limit),
    }
}

/// Cuts off what two words begin and end with alike: most pairs differ at once, or hardly at all.
fn where_they_differ<'a>(one: &'a [char], other: &'a [char]) -> (&'a [char], &'a [char]) {
    let alike = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[alike..], &other[alike..]);
    let alike = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    (&one[..one.len() - alike], &other[..other.len() - alike])
}

fn aligned(one: &[char], other: &[char], limit: usize) -> Option<usize> {
    let mut before_last: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (row, own) in one.iter().enumerate() {
        let mut current = Vec::with_capacity(other.len() + 1);
        current.push(row + 1);
        for (column, wanted) in other.iter().enumerate() {
            let replaced = last[column] + usize::from(own != wanted);
            let mut fewest = replaced.min(last[column + 1] + 1).min(current[column] + 1);
            if row > 0 && column > 0 && *own == other[column - 1] && one[row - 1] == *wanted {
                fewest = fewest.min(before_last[column - 1] + 1);
            }
            current.push(fewest);
        }
        if current.iter().all(|count| *count > limit) {
            return None;
        }
        before_last = std::mem::replace(&mut last, current);
    }
    last.last().copied().filter(|count| *count <= limit)
}

/// Returns how many edits a searched word of so many letters may be away: one from 4 letters, two from 8.
pub(super) fn allowed(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(one: &str, other: &str) -> Option<usize> {
        let letters = |word: &str| word.chars().collect::<Vec<_>>();
        edits(&letters(one), &letters(other), 2)
    }

    #[test]
    fn slips_are_counted() {
        for (one, other, count) in [
            ("adebayo", "adebayo", Some(0)),
            ("adbayo", "adebayo", Some(1)),
            ("adebayoo", "adebayo", Some(1)),
            ("adebajo", "adebayo", Some(1)),
            ("adbeayo", "adebayo", Some(1)),
            ("adbayoo", "adebayo", Some(2)),
            ("okafor", "adebayo", None),
            ("", "ab", Some(2)),
            ("ca", "abc", None),
        ] {
            assert_eq!(between(one, other), count, "{one} {other}");
            assert_eq!(between(other, one), count, "{other} {one}");
        }
    }
}
