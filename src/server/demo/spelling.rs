//! How a name comes out when somebody types it in a hurry.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use super::dice::Dice;
use super::names::Name;

/// Returns another spelling of a name: case, no marks, family first, an initial, or a slip of the finger.
pub fn variant(name: &Name, dice: &mut Dice) -> String {
    let full = name.full();
    let spelled = match dice.below(100) {
        0..22 => full.to_uppercase(),
        22..44 => full.to_lowercase(),
        44..66 => plain(&full),
        66..80 => plain(&name.family_first()),
        80..92 => slip(&plain(&full), dice),
        _ => name.initial(),
    };
    // A name without marks, or without a family, is the same in some of these.
    if spelled == full { full.to_lowercase() } else { spelled }
}

/// Returns a name without its marks and with the letters of English keyboards.
pub fn plain(name: &str) -> String {
    let bare = name.nfd().filter(|letter| !is_combining_mark(*letter));
    bare.map(keyboard).collect()
}

fn keyboard(letter: char) -> char {
    match letter {
        'ɗ' => 'd',
        'Ɗ' => 'D',
        'ƙ' => 'k',
        'Ƙ' => 'K',
        'ɔ' => 'o',
        _ => letter,
    }
}

/// Leaves out, doubles or swaps a letter within a word; a name without one stays.
fn slip(name: &str, dice: &mut Dice) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let within = |pair: &[char]| pair.iter().all(char::is_ascii_lowercase);
    let places: Vec<usize> = (1..letters.len()).filter(|at| within(&letters[at - 1..=*at])).collect();
    if places.is_empty() {
        return name.to_owned();
    }
    let at = dice.pick(&places);
    match dice.below(3) {
        0 => {
            letters.remove(at);
        }
        1 => letters.insert(at, letters[at]),
        _ => letters.swap(at - 1, at),
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::text;
    use crate::server::demo::dice::Topic;

    const NAME: Name = Name {
        title: "",
        given: "Ọláyínká",
        middle: "",
        family: "Adébáyọ̀",
    };

    #[test]
    fn every_kind_of_spelling_comes_up_and_is_another_one() {
        let mut dice = Dice::new(1, Topic::Order, 1);
        let found: BTreeSet<String> = (0..10_000).map(|_| variant(&NAME, &mut dice)).collect();
        for expected in [
            "ỌLÁYÍNKÁ ADÉBÁYỌ̀",
            "ọláyínká adébáyọ̀",
            "Olayinka Adebayo",
            "Adebayo Olayinka",
            "Ọ. Adébáyọ̀",
            "Olayinka Adbayo",
            "Olayinka Adebbayo",
        ] {
            assert!(found.contains(expected), "{expected}");
        }
        assert!(!found.contains(&NAME.full()));
        assert!(found.iter().all(|name| text::clean(name) == *name));
    }

    #[test]
    fn hooked_letters_are_typed_plain() {
        assert_eq!(
            plain("Ƙasim Ɗanjuma Abdulƙadir Maɗaki Kɔfi"),
            "Kasim Danjuma Abdulkadir Madaki Kofi"
        );
    }

    #[test]
    fn one_letter_slips() {
        let mut dice = Dice::new(1, Topic::Order, 2);
        for _ in 0..200 {
            let slipped = slip("Ada Obi", &mut dice);
            assert!(
                (6..=8).contains(&slipped.len()) && slipped.starts_with('A') && slipped.contains(' '),
                "{slipped}"
            );
        }
        assert_eq!(slip("Ed O", &mut dice), "Ed O");
    }
}
