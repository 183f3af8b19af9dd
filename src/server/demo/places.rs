//! Where customers live: states and cities by how much they buy, and who lives there.

use super::names::People::{self, Edo, Efik, English, Ghanaian, Hausa, Igbo, Ijaw, Plateau, Tiv, Urhobo, Yoruba};

/// The peoples of a place with their shares.
pub type Mix = &'static [(People, u64)];

/// A state of Nigeria, or a place abroad.
#[derive(Clone, Copy)]
pub struct State {
    /// Its name.
    pub name: &'static str,
    /// How many of a thousand customers live there.
    pub weight: u64,
    /// Who lives there.
    pub mix: Mix,
    /// Its cities, the largest first, separated by commas.
    pub cities: &'static str,
}

/// Ghana, for customers with a number of that country.
pub const GHANA: State = state(
    "Greater Accra",
    0,
    &[(Ghanaian, 9), (Igbo, 1)],
    "Accra,Tema,Madina,East Legon",
);

const LAGOS: Mix = &[
    (Yoruba, 520),
    (Igbo, 215),
    (Edo, 55),
    (Urhobo, 50),
    (Efik, 45),
    (English, 40),
    (Hausa, 35),
    (Ijaw, 15),
    (Ghanaian, 13),
    (Tiv, 12),
];
const WEST: Mix = &[(Yoruba, 860), (Igbo, 60), (Hausa, 30), (English, 25), (Edo, 25)];
const EAST: Mix = &[(Igbo, 950), (Efik, 20), (Hausa, 10), (English, 20)];
const NORTH: Mix = &[(Hausa, 880), (Igbo, 50), (Yoruba, 40), (Tiv, 15), (Plateau, 15)];
const CAPITAL: Mix = &[
    (Igbo, 250),
    (Yoruba, 210),
    (Hausa, 250),
    (Tiv, 100),
    (Edo, 60),
    (Efik, 45),
    (Plateau, 40),
    (Urhobo, 30),
    (Ghanaian, 5),
    (English, 10),
];
const RIVERS: Mix = &[
    (Ijaw, 520),
    (Igbo, 270),
    (Efik, 70),
    (Urhobo, 50),
    (Yoruba, 50),
    (English, 40),
];
const EDO: Mix = &[(Edo, 800), (Urhobo, 70), (Igbo, 70), (Yoruba, 60)];
const DELTA: Mix = &[(Urhobo, 580), (Igbo, 250), (Ijaw, 90), (Edo, 60), (Yoruba, 20)];
const AKWA: Mix = &[(Efik, 890), (Igbo, 70), (Ijaw, 20), (English, 20)];
const BENUE: Mix = &[(Tiv, 870), (Igbo, 70), (Hausa, 40), (Yoruba, 20)];
const JOS: Mix = &[(Plateau, 620), (Hausa, 200), (Igbo, 90), (Yoruba, 50), (Tiv, 40)];
const MIDDLE: Mix = &[(Hausa, 480), (Plateau, 170), (Tiv, 130), (Yoruba, 110), (Igbo, 110)];
const CONFLUENCE: Mix = &[(Yoruba, 420), (Tiv, 300), (Hausa, 180), (Igbo, 100)];

/// The states, those who buy most first.
pub const STATES: [State; 37] = [
    state(
        "Lagos",
        405,
        LAGOS,
        "Ikeja,Lekki,Yaba,Surulere,Ajah,Ikorodu,Alimosho,Festac,Victoria Island,Oshodi,Gbagada,Maryland,\
         Agege,Isolo,Ojodu Berger,Egbeda,Ikoyi,Magodo,Ogba,Apapa,Ketu,Mushin,Badagry,Epe,Lagos Island,Ejigbo",
    ),
    state(
        "FCT",
        98,
        CAPITAL,
        "Abuja,Gwarinpa,Wuse,Kubwa,Garki,Lugbe,Maitama,Asokoro,Jabi,Utako,Karu,Bwari,Gwagwalada",
    ),
    state(
        "Rivers",
        74,
        RIVERS,
        "Port Harcourt,Obio-Akpor,Eleme,Oyigbo,Bonny,Ahoada,Bori",
    ),
    state("Oyo", 54, WEST, "Ibadan,Ogbomoso,Oyo,Iseyin,Saki,Eruwa"),
    state("Edo", 38, EDO, "Benin City,Ekpoma,Auchi,Uromi,Irrua"),
    state(
        "Ogun",
        36,
        WEST,
        "Abeokuta,Sango Ota,Ijebu Ode,Mowe,Sagamu,Ilaro,Ago-Iwoye",
    ),
    state("Delta", 36, DELTA, "Warri,Asaba,Sapele,Ughelli,Effurun,Agbor,Abraka"),
    state("Kano", 27, NORTH, "Kano,Wudil,Gaya,Bichi,Rano"),
    state("Enugu", 26, EAST, "Enugu,Nsukka,Oji River,Udi,Awgu"),
    state("Anambra", 26, EAST, "Onitsha,Awka,Nnewi,Ekwulobia,Ihiala"),
    state("Kaduna", 21, MIDDLE, "Kaduna,Zaria,Kafanchan,Sabon Tasha"),
    state("Abia", 18, EAST, "Aba,Umuahia,Ohafia,Arochukwu"),
    state("Akwa Ibom", 18, AKWA, "Uyo,Eket,Ikot Ekpene,Oron,Ikot Abasi"),
    state("Imo", 17, EAST, "Owerri,Orlu,Okigwe,Mbaise"),
    state("Osun", 14, WEST, "Osogbo,Ile-Ife,Ilesa,Ede,Iwo"),
    state("Kwara", 13, CONFLUENCE, "Ilorin,Offa,Omu-Aran,Jebba"),
    state("Ondo", 13, WEST, "Akure,Ondo,Owo,Ore,Ikare"),
    state("Plateau", 12, JOS, "Jos,Bukuru,Pankshin,Shendam"),
    state("Cross River", 11, AKWA, "Calabar,Ikom,Ogoja,Obudu"),
    state("Benue", 9, BENUE, "Makurdi,Gboko,Otukpo,Katsina-Ala"),
    state("Ekiti", 8, WEST, "Ado-Ekiti,Ikere,Ikole,Ijero"),
    state("Niger", 7, MIDDLE, "Minna,Suleja,Bida,Kontagora"),
    state("Nasarawa", 7, MIDDLE, "Lafia,Mararaba,Keffi,Akwanga"),
    state("Kogi", 6, CONFLUENCE, "Lokoja,Okene,Anyigba,Kabba"),
    state(
        "Bayelsa",
        6,
        &[(Ijaw, 90), (Igbo, 6), (Urhobo, 4)],
        "Yenagoa,Sagbama,Brass,Ogbia",
    ),
    state("Borno", 5, NORTH, "Maiduguri,Biu,Bama"),
    state("Bauchi", 5, NORTH, "Bauchi,Azare,Misau"),
    state("Ebonyi", 5, EAST, "Abakaliki,Afikpo,Onueke"),
    state("Adamawa", 5, NORTH, "Yola,Jimeta,Mubi,Numan"),
    state("Sokoto", 4, NORTH, "Sokoto,Tambuwal,Wurno"),
    state("Katsina", 4, NORTH, "Katsina,Funtua,Daura,Malumfashi"),
    state("Gombe", 4, NORTH, "Gombe,Kaltungo,Billiri"),
    state("Taraba", 4, MIDDLE, "Jalingo,Wukari,Takum"),
    state("Kebbi", 4, NORTH, "Birnin Kebbi,Argungu,Yauri"),
    state("Jigawa", 4, NORTH, "Dutse,Hadejia,Gumel"),
    state("Yobe", 4, NORTH, "Damaturu,Potiskum,Gashua"),
    state("Zamfara", 4, NORTH, "Gusau,Kaura Namoda,Talata Mafara"),
];

const fn state(name: &'static str, weight: u64, mix: Mix, cities: &'static str) -> State {
    State {
        name,
        weight,
        mix,
        cities,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::place;

    #[test]
    fn every_state_is_there_by_its_stored_name() {
        let names: BTreeSet<&str> = STATES.iter().map(|state| state.name).collect();
        assert_eq!(names, place::STATES.into_iter().collect());
        assert!(STATES.iter().all(|state| state.weight > 0));
    }

    #[test]
    fn cities_stand_once_and_are_clean() {
        let mut all = BTreeSet::new();
        for city in STATES.iter().chain([&GHANA]).flat_map(|state| state.cities.split(',')) {
            assert_eq!(place::city(city), city);
            assert!(!city.is_empty() && all.insert(city), "{city}");
        }
    }
}
