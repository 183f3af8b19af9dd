//! What people are called: given and family names of Nigeria's peoples in their own spelling, and how they combine.

mod north;
mod south_east;
mod south_south;
mod west;

use std::sync::LazyLock;

use super::dice::Dice;

/// Whose names somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum People {
    /// Yoruba: Lagos and the south-west.
    Yoruba,
    /// Igbo: the south-east, and traders everywhere.
    Igbo,
    /// Hausa, Fulani and Kanuri: the north.
    Hausa,
    /// Edo and Esan: around Benin City.
    Edo,
    /// Urhobo, Isoko and Itsekiri: around Warri.
    Urhobo,
    /// Efik and Ibibio: Calabar and Uyo.
    Efik,
    /// Ijaw, Kalabari and Ikwerre: the delta and Port Harcourt.
    Ijaw,
    /// Tiv and Idoma: Benue.
    Tiv,
    /// Berom, Tarok and Ngas: Plateau.
    Plateau,
    /// Akan, Ewe and Ga: Ghana.
    Ghanaian,
    /// English and Lagos Brazilian family names.
    English,
}

/// The names of a people, the frequent ones first, as they are written down: separated by spaces.
struct Names {
    women: &'static str,
    men: &'static str,
    families: &'static str,
    /// How many of a thousand have an English given name.
    english: u64,
}

/// The names of a people, ready to be picked.
struct Table {
    women: Vec<&'static str>,
    men: Vec<&'static str>,
    families: Vec<&'static str>,
    english: u64,
}

/// Every people's names, in the order of [`People::ALL`].
static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    People::ALL
        .into_iter()
        .map(|people| Table::of(people.names()))
        .collect()
});

impl People {
    /// Every people, each at the place of its number.
    const ALL: [Self; 11] = [
        Self::Yoruba,
        Self::Igbo,
        Self::Hausa,
        Self::Edo,
        Self::Urhobo,
        Self::Efik,
        Self::Ijaw,
        Self::Tiv,
        Self::Plateau,
        Self::Ghanaian,
        Self::English,
    ];

    fn names(self) -> &'static Names {
        match self {
            Self::Yoruba => &west::YORUBA,
            Self::Igbo => &south_east::IGBO,
            Self::Hausa => &north::HAUSA,
            Self::Edo => &south_south::EDO,
            Self::Urhobo => &south_south::URHOBO,
            Self::Efik => &south_south::EFIK,
            Self::Ijaw => &south_south::IJAW,
            Self::Tiv => &north::TIV,
            Self::Plateau => &north::PLATEAU,
            Self::Ghanaian => &west::GHANAIAN,
            Self::English => &west::ENGLISH,
        }
    }
}

impl Table {
    fn of(names: &Names) -> Self {
        let words = |text: &'static str| text.split_whitespace().collect();
        Self {
            women: words(names.women),
            men: words(names.men),
            families: words(names.families),
            english: names.english,
        }
    }
}

/// A name in its parts; an empty part is one that is not used.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// Mrs, Alhaji and the like.
    pub title: &'static str,
    /// The name given first.
    pub given: &'static str,
    /// A second given name.
    pub middle: &'static str,
    /// The family's name.
    pub family: &'static str,
}

impl Name {
    /// Throws a name of a people.
    pub fn of(people: People, dice: &mut Dice) -> Self {
        let table = &TABLES[people as usize];
        let english = &TABLES[People::English as usize];
        let woman = dice.chance(640);
        let given = |table: &Table, dice: &mut Dice| dice.pick_early(if woman { &table.women } else { &table.men });
        let is_english = dice.chance(table.english);
        let first = given(if is_english { english } else { table }, dice);
        let second = given(table, dice);
        let family = dice.pick_early(&table.families);
        let shape = dice.below(1_000);
        Self {
            title: if shape < 40 { title(people, woman, dice) } else { "" },
            given: first,
            middle: if (40..130).contains(&shape) && second != first {
                second
            } else {
                ""
            },
            family: if (130..170).contains(&shape) || family == first {
                ""
            } else {
                family
            },
        }
    }

    /// Returns the whole name as it is written.
    pub fn full(&self) -> String {
        joined(&[self.title, self.given, self.middle, self.family])
    }

    /// Returns the name with the family first, as on forms and registers.
    pub fn family_first(&self) -> String {
        joined(&[self.family, self.given, self.middle])
    }

    /// Returns the name with the given name's initial only; the whole one where there is no family name.
    pub fn initial(&self) -> String {
        match self.given.chars().next() {
            Some(letter) if !self.family.is_empty() => format!("{letter}. {}", self.family),
            _ => self.full(),
        }
    }
}

fn title(people: People, woman: bool, dice: &mut Dice) -> &'static str {
    match (people, woman) {
        (People::Hausa, true) => "Hajiya",
        (People::Hausa, false) => "Alhaji",
        (_, true) => dice.pick_early(&["Mrs", "Miss", "Dr", "Pastor", "Madam"]),
        (_, false) => dice.pick_early(&["Mr", "Pastor", "Engr", "Dr", "Chief", "Barr"]),
    }
}

fn joined(parts: &[&str]) -> String {
    let mut whole = String::with_capacity(48);
    for part in parts.iter().filter(|part| !part.is_empty()) {
        if !whole.is_empty() {
            whole.push(' ');
        }
        whole.push_str(part);
    }
    whole
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::text;
    use crate::server::demo::dice::Topic;

    #[test]
    fn tables_stand_in_the_order_of_their_peoples() {
        for (index, people) in People::ALL.into_iter().enumerate() {
            assert_eq!(people as usize, index, "{people:?}");
        }
    }

    #[test]
    fn names_are_spelled_in_nfc_and_stand_once() {
        for people in People::ALL {
            let names = people.names();
            for text in [names.women, names.men, names.families] {
                let words: Vec<&str> = text.split_whitespace().collect();
                let distinct: BTreeSet<&str> = words.iter().copied().collect();
                let twice: Vec<&&str> = distinct
                    .iter()
                    .filter(|word| words.iter().filter(|other| other == word).count() > 1)
                    .collect();
                assert!(twice.is_empty(), "{people:?}: {twice:?}");
                assert!(words.len() >= 20, "{people:?}");
                for word in words {
                    assert_eq!(text::clean(word), word);
                    let folded = text::fold(word);
                    assert!(
                        folded.bytes().all(|b| b.is_ascii_lowercase() || b"'-".contains(&b)),
                        "{word}"
                    );
                    assert!(word.chars().next().is_some_and(char::is_uppercase), "{word}");
                }
            }
        }
    }

    #[test]
    fn there_are_many_hundreds_of_names() {
        let all = |part: fn(&Names) -> &'static str| {
            People::ALL
                .iter()
                .flat_map(|people| part(people.names()).split_whitespace())
                .collect::<BTreeSet<_>>()
                .len()
        };
        assert!(all(|names| names.women) > 300, "{}", all(|names| names.women));
        assert!(all(|names| names.men) > 300, "{}", all(|names| names.men));
        assert!(all(|names| names.families) > 400, "{}", all(|names| names.families));
    }

    #[test]
    fn a_name_has_its_parts_in_every_order() {
        let name = Name {
            title: "Mrs",
            given: "Ngọzi",
            middle: "",
            family: "Okafor",
        };
        assert_eq!(name.full(), "Mrs Ngọzi Okafor");
        assert_eq!(name.family_first(), "Okafor Ngọzi");
        assert_eq!(name.initial(), "N. Okafor");
        assert_eq!(Name { family: "", ..name }.initial(), "Mrs Ngọzi");
    }

    #[test]
    fn one_seed_has_one_name() {
        let name = |seed| Name::of(People::Yoruba, &mut Dice::new(seed, Topic::Person, 7)).full();
        assert_eq!(name(1), name(1));
        let distinct: BTreeSet<String> = (0..500).map(name).collect();
        assert!(distinct.len() > 350, "{}", distinct.len());
    }
}
