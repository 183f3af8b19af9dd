//! Where customers live: one spelling for each state.

use super::text;

/// The states of Nigeria and the Federal Capital Territory, by the names they are stored under.
pub const STATES: [&str; 37] = [
    "Abia",
    "Adamawa",
    "Akwa Ibom",
    "Anambra",
    "Bauchi",
    "Bayelsa",
    "Benue",
    "Borno",
    "Cross River",
    "Delta",
    "Ebonyi",
    "Edo",
    "Ekiti",
    "Enugu",
    "FCT",
    "Gombe",
    "Imo",
    "Jigawa",
    "Kaduna",
    "Kano",
    "Katsina",
    "Kebbi",
    "Kogi",
    "Kwara",
    "Lagos",
    "Nasarawa",
    "Niger",
    "Ogun",
    "Ondo",
    "Osun",
    "Oyo",
    "Plateau",
    "Rivers",
    "Sokoto",
    "Taraba",
    "Yobe",
    "Zamfara",
];

/// The codes of ISO 3166-2:NG in the order of [`STATES`]; `WooCommerce` stores them instead of names.
const CODES: [&str; 37] = [
    "ab", "ad", "ak", "an", "ba", "by", "be", "bo", "cr", "de", "eb", "ed", "ek", "en", "fc", "go", "im", "ji", "kd",
    "kn", "kt", "ke", "ko", "kw", "la", "na", "ni", "og", "on", "os", "oy", "pl", "ri", "so", "ta", "yo", "za",
];

/// Other names of states, without spaces.
const ALIASES: [(&str, &str); 9] = [
    ("abuja", "FCT"),
    ("abujafct", "FCT"),
    ("fctabuja", "FCT"),
    ("federalcapitalterritory", "FCT"),
    ("federalcapitalterritoryabuja", "FCT"),
    ("federalcapitalterritoryfct", "FCT"),
    ("abujafederalcapitalterritory", "FCT"),
    ("nassarawa", "Nasarawa"),
    ("river", "Rivers"),
];

/// Returns a place as people read it: `Ikeja, Lagos`; what is not known is left out.
pub fn written(city: &str, state: &str) -> String {
    let known: Vec<&str> = [city, state].into_iter().filter(|part| !part.is_empty()).collect();
    known.join(", ")
}

/// Returns the one spelling of a Nigerian state; what is none stays as it is, cleaned.
pub fn state(raw: &str) -> String {
    let cleaned = text::clean(raw);
    let folded = text::fold(&cleaned);
    let words = folded
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let key: String = words.filter(|word| !matches!(*word, "state" | "nigeria")).collect();
    let bare = key.strip_suffix("state").unwrap_or(&key);
    known(bare).map_or(cleaned, str::to_owned)
}

/// Tells whether a stored state is one of Nigeria's.
pub fn is_state(stored: &str) -> bool {
    STATES.binary_search(&stored).is_ok()
}

/// Returns a city as it is, cleaned.
pub fn city(raw: &str) -> String {
    text::clean(raw)
}

/// Finds a state by its name without spaces, another name, or its code.
fn known(key: &str) -> Option<&'static str> {
    let by_name = STATES.into_iter().find(|name| {
        name.chars()
            .filter(|letter| *letter != ' ')
            .map(|letter| letter.to_ascii_lowercase())
            .eq(key.chars())
    });
    let by_alias = || {
        ALIASES
            .into_iter()
            .find(|(alias, _)| *alias == key)
            .map(|(_, name)| name)
    };
    let code = key.strip_prefix("ng").filter(|rest| rest.len() == 2).unwrap_or(key);
    let by_code = || {
        CODES
            .into_iter()
            .position(|known| known == code)
            .map(|index| STATES[index])
    };
    by_name.or_else(by_alias).or_else(by_code)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_spelling_of_a_state_is_one() {
        for (name, spellings) in [
            (
                "Lagos",
                "Lagos|LAGOS|lagos state|Lagos State|Lagos, Nigeria|LagosState| lagos |Lag\u{200b}os|LA|NG-LA",
            ),
            (
                "FCT",
                "F.C.T|FCT|fct|Abuja|ABUJA FCT|FCT-Abuja|Abuja (FCT)|Federal Capital Territory|F. C. T.|FC",
            ),
            ("Akwa Ibom", "Akwa-Ibom|AKWA IBOM STATE|Akwaibom|akwa  ibom"),
            ("Cross River", "cross river|Cross-River State|CrossRiver"),
            ("Nasarawa", "Nassarawa|nasarawa state"),
            ("Oyo", "Ọ̀yọ́|Oyo state"),
            ("Rivers", "River State|rivers"),
            ("Niger", "Niger State|Niger"),
        ] {
            for spelling in spellings.split('|') {
                assert_eq!(state(spelling), name, "{spelling}");
            }
        }
    }

    #[test]
    fn what_is_no_state_of_nigeria_stays() {
        assert_eq!(state(" Greater  Accra\u{feff}"), "Greater Accra");
        assert_eq!(state("Lagos Island"), "Lagos Island");
        for same in ["", "State", "Nigeria", "Lomé", "?"] {
            assert_eq!(state(same), same);
        }
        assert_eq!(state(" \u{200b}"), "");
    }

    #[test]
    fn there_are_36_states_and_the_capital_territory() {
        let names: BTreeSet<&str> = STATES.into_iter().collect();
        let codes: BTreeSet<&str> = CODES.into_iter().collect();
        assert_eq!((names.len(), codes.len()), (37, 37));
        assert!(STATES.is_sorted() && STATES.iter().all(|name| name.is_ascii()));
        for (index, name) in STATES.into_iter().enumerate() {
            assert_eq!(state(name), name);
            assert_eq!(state(&format!("NG-{}", CODES[index].to_uppercase())), name);
        }
        // Every code begins like its state, so that a slip in either list shows.
        assert!(
            CODES
                .iter()
                .zip(STATES)
                .all(|(code, name)| name.to_lowercase().starts_with(&code[..1]))
        );
    }

    #[test]
    fn a_city_is_cleaned() {
        assert_eq!(city("  Ile\u{200b}-Ifẹ̀  "), "Ile-Ifẹ\u{300}");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(raw in ".{0,30}|(lagos|fct|Cross|River|ng|LA|state|Nigeria|[ .-]){0,4}") {
            prop_assert_eq!(state(&state(&raw)), state(&raw));
            prop_assert_eq!(city(&city(&raw)), city(&raw));
        }
    }
}
