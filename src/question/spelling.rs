//! Typing errors: which words are near enough to one that is known.

/// How far a typed word is from a known one, if it may be a slip of the fingers: one wrong, missing,
/// added or exchanged letter, two in a long word. Short words may only have letters exchanged, and
/// the first letter must be right, for otherwise too many other words are near.
pub(super) fn slip(typed: &str, known: &str) -> Option<usize> {
    if typed == known {
        return Some(0);
    }
    if typed.chars().chain(known.chars()).any(|letter| !letter.is_alphabetic()) {
        return None;
    }
    let (typed_length, known_length) = (typed.chars().count(), known.chars().count());
    let length = typed_length.min(known_length);
    if length < 4 || typed_length.abs_diff(known_length) > 2 {
        return None;
    }
    let distance = strsim::osa_distance(typed, known);
    let exchanged = distance == 1 && sorted(typed) == sorted(known);
    let first = typed.chars().next() == known.chars().next();
    let near = match length {
        4 => false,
        5..=7 => distance == 1,
        _ => distance <= 2,
    };
    // "wich" is short, but what it means is not.
    let dropped = length == 4 && known_length == 5 && distance == 1;
    (exchanged || (first && (near || dropped))).then_some(distance)
}

/// Whether a typed word is the beginning of a known one, long enough to tell.
pub(super) fn begins(typed: &str, known: &str) -> bool {
    typed.chars().count() >= 5 && known.len() > typed.len() && known.starts_with(typed)
}

fn sorted(word: &str) -> Vec<char> {
    let mut letters: Vec<char> = word.chars().collect();
    letters.sort_unstable();
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let check =
            |typed, known, expected| assert_eq!(slip(typed, known), expected, "{typed} {known}");
        check("overdue", "overdue", Some(0));
        check("overdeu", "overdue", Some(1));
        check("voerdue", "overdue", Some(1));
        check("wich", "which", Some(1));
        check("actoins", "actions", Some(1));
        check("cpge", "cpeg", Some(1));
        check("florishing", "flourishing", Some(1));
        check("happning", "happening", Some(1));
        check("cpwd", "cpeg", None);
        check("later", "late", None);
        check("rate", "late", None);
        check("factions", "actions", None);
        check("retention", "attention", None);
        check("not", "now", None);
        check("2021", "2012", None);
    }
}
