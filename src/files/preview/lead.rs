//! Who answers for an action, as a cell prints it.

use strsim::normalized_damerau_levenshtein;

use crate::action::Lead;
use crate::body::Bodies;
use crate::body::BodyId;
use crate::body::same;
use crate::files::document::one_line;

/// The leads in a cell: `DIG chairs / CPEG` and `DIG chairs; CPEG` are two. Commas and "and" part
/// them too, but only where every part is a body, as they also stand within names.
pub fn leads(cell: &str, bodies: &Bodies) -> Vec<Lead> {
    let lead = |printed: &str| {
        let printed = one_line(printed);
        Lead { bodies: named(&printed, bodies), printed }
    };
    let whole = lead(without_bullet(cell));
    if whole.printed.is_empty() {
        return Vec::new();
    }
    if !whole.bodies.is_empty() {
        return vec![whole];
    }
    let mut leads = Vec::new();
    let parts = cell.split(['/', ';', '\n', '•', '·']).map(without_bullet);
    for part in parts.filter(|part| !part.is_empty()) {
        let spaced = format!(" {} ", one_line(part)).replace(" and ", ",").replace('&', ",");
        let parts: Vec<&str> = spaced.split(',').filter(|part| !part.trim().is_empty()).collect();
        let are_known = parts.iter().all(|part| !named(part, bodies).is_empty());
        if named(part, bodies).is_empty() && are_known {
            leads.extend(parts.into_iter().map(lead));
        } else {
            leads.push(lead(part));
        }
    }
    leads
}

/// The bodies that printed words mean: as they stand, or the name before or within brackets where
/// the two do not disagree.
pub(super) fn named(printed: &str, bodies: &Bodies) -> Vec<BodyId> {
    let whole = bodies.named(printed);
    if !whole.is_empty() {
        return whole;
    }
    let Some((name, rest)) = printed.split_once('(') else {
        return whole;
    };
    let within = rest.split(')').next().unwrap_or_default();
    match (bodies.named(name), bodies.named(within)) {
        (outer, inner) if outer == inner || inner.is_empty() => outer,
        (outer, inner) if outer.is_empty() => inner,
        _ => Vec::new(),
    }
}

/// The name that somebody may have meant by words that name no body.
pub fn meant(printed: &str, bodies: &Bodies) -> Option<String> {
    /// Closer than this, a slip of the keyboard explains it.
    const CLOSE: f64 = 0.75;
    let printed = printed.to_lowercase();
    let close = |name: &str| normalized_damerau_levenshtein(&name.to_lowercase(), &printed);
    let names = all_names(bodies).map(|(name, on_screen)| (close(name), on_screen));
    let (closeness, name) = names.max_by(|(one, _), (other, _)| one.total_cmp(other))?;
    (closeness >= CLOSE).then(|| name.to_owned())
}

/// A lead whose first words were left at the end of the action's title.
pub(super) struct SplitOff {
    /// The title without them, one space between words.
    pub(super) title: String,
    /// Those words, likewise.
    pub(super) tail: String,
    /// The whole lead.
    pub(super) lead: Lead,
}

/// What a title and the lead beside it say together, if some name known to the partnership begins
/// in the one and ends with the other.
pub(super) fn split_off(title: &str, lead: &str, bodies: &Bodies) -> Option<SplitOff> {
    /// Names of bodies are a few words long.
    const WORDS_MAX: usize = 5;
    let words: Vec<&str> = title.split_whitespace().collect();
    let most = WORDS_MAX.min(words.len().saturating_sub(1));
    for count in (1..=most).rev() {
        let (rest, tail) = words.split_at(words.len() - count);
        let tail = tail.join(" ");
        let printed = format!("{tail} {}", one_line(lead));
        let mut meant = all_names(bodies).filter(|(name, _)| ends_with(name, &printed));
        if let Some((_, on_screen)) = meant.next()
            && meant.all(|(_, other)| other == on_screen)
        {
            let lead = Lead { bodies: bodies.named(on_screen), printed };
            return Some(SplitOff { title: rest.join(" "), tail, lead });
        }
    }
    None
}

/// Whether a name ends in whole words that say the same.
fn ends_with(name: &str, words: &str) -> bool {
    let name: Vec<&str> = name.split_whitespace().collect();
    let count = words.split_whitespace().count();
    name.len() >= count && same(&name[name.len() - count..].join(" "), words)
}

/// Every name of every body and collective, with the one it has on screen.
fn all_names(bodies: &Bodies) -> impl Iterator<Item = (&str, &str)> {
    let of_bodies = bodies.all.iter().map(|body| (&body.name, &body.names));
    let of_collectives = bodies.collectives.iter().map(|many| (&many.name, &many.names));
    of_bodies.chain(of_collectives).flat_map(|(name, others)| {
        std::iter::once(name).chain(others).map(move |known| (known.as_str(), name.as_str()))
    })
}

/// Words without the mark of a list before them.
pub(super) fn without_bullet(words: &str) -> &str {
    let marks = ['•', '·', '●', '▪', '◦', '‣', '–', '—', '-', '*', 'o'];
    let words = words.trim();
    let Some(mark) = words.chars().next().filter(|mark| marks.contains(mark)) else {
        return words;
    };
    // A letter or a dash is a mark only where it stands apart.
    let rest = &words[mark.len_utf8()..];
    let is_apart = rest.starts_with(char::is_whitespace);
    if is_apart || !(mark.is_alphanumeric() || matches!(mark, '-' | '–' | '—' | '*')) {
        rest.trim_start()
    } else {
        words
    }
}
