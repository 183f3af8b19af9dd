//! Addresses as riders find them: a number and a street, and what stands beside it.

use super::dice::Dice;

/// The streets of the cities that most orders go to, separated by commas.
const OF_CITIES: [(&str, &str); 28] = [
    (
        "Ikeja",
        "Allen Avenue,Opebi Road,Toyin Street,Adeniyi Jones Avenue,Isaac John Street,Awolowo Way,Obafemi Awolowo Way",
    ),
    (
        "Lekki",
        "Admiralty Way,Freedom Way,Fola Osibo Road,Chevron Drive,Orchid Road,Emma Abimbola Cole Street,Hakeem Dickson Drive",
    ),
    (
        "Yaba",
        "Herbert Macaulay Way,Commercial Avenue,Montgomery Road,Tejuosho Street,Queen Street,Akoka Road",
    ),
    (
        "Surulere",
        "Adeniran Ogunsanya Street,Bode Thomas Street,Ogunlana Drive,Aguda Street,Akerele Street,Masha Road",
    ),
    (
        "Ajah",
        "Addo Road,Badore Road,Ado-Langbasa Road,Abraham Adesanya Road,Ogombo Road",
    ),
    (
        "Ikorodu",
        "Sagamu Road,Ebute Road,Igbogbo Road,Lagos Road,Obafemi Awolowo Road",
    ),
    ("Festac", "22 Road,23 Road,1st Avenue,2nd Avenue,4th Avenue,Amuwo Road"),
    (
        "Victoria Island",
        "Adeola Odeku Street,Ahmadu Bello Way,Akin Adesola Street,Idowu Taylor Street,Ajose Adeogun Street",
    ),
    (
        "Gbagada",
        "Diya Street,Deeper Life Street,Soluyi Road,Ladipo Oluwole Street,Medina Road",
    ),
    (
        "Ikoyi",
        "Awolowo Road,Bourdillon Road,Glover Road,Kingsway Road,Raymond Njoku Street",
    ),
    (
        "Magodo",
        "CMD Road,Emmanuel Keshi Street,Shangisha Road,Ayodele Fanoiki Street",
    ),
    (
        "Abuja",
        "Ademola Adetokunbo Crescent,Aminu Kano Crescent,Tafawa Balewa Way,Herbert Macaulay Way,Ahmadu Bello Way",
    ),
    ("Gwarinpa", "1st Avenue,3rd Avenue,6th Avenue,7th Avenue,Life Camp Road"),
    (
        "Wuse",
        "Adetokunbo Ademola Crescent,Aminu Kano Crescent,Olusegun Obasanjo Way,Monrovia Street,Zone 5 Road",
    ),
    ("Kubwa", "Gado Nasko Road,Arab Road,NYSC Camp Road,Phase 4 Road"),
    (
        "Garki",
        "Tafawa Balewa Way,Moshood Abiola Way,Ogbomosho Street,Muhammadu Buhari Way",
    ),
    (
        "Port Harcourt",
        "Aba Road,Trans-Amadi Road,Ada George Road,Peter Odili Road,Olu Obasanjo Road,Stadium Road,Rumuola Road,Ikwerre Road",
    ),
    (
        "Ibadan",
        "Ring Road,Bodija Road,Iwo Road,Awolowo Avenue,Oluyole Estate Road,Challenge Road,Akobo Road,Apata Road",
    ),
    (
        "Benin City",
        "Sapele Road,Airport Road,Ugbowo-Lagos Road,Akpakpava Road,Ekehuan Road,Sakponba Road,Ihama Road",
    ),
    (
        "Warri",
        "Effurun-Sapele Road,Airport Road,Okumagba Avenue,Enerhen Road,Deco Road",
    ),
    ("Asaba", "Nnebisi Road,Okpanam Road,Summit Road,DBS Road"),
    (
        "Kano",
        "Zoo Road,Ibrahim Taiwo Road,Murtala Mohammed Way,Audu Bako Way,Maiduguri Road,Gwarzo Road",
    ),
    (
        "Enugu",
        "Ogui Road,Okpara Avenue,Chime Avenue,Abakaliki Road,Agbani Road,Zik Avenue",
    ),
    (
        "Onitsha",
        "Awka Road,Upper Iweka Road,New Market Road,Oguta Road,Venn Road",
    ),
    ("Aba", "Faulks Road,Aba-Owerri Road,Azikiwe Road,Asa Road,Ngwa Road"),
    (
        "Uyo",
        "Oron Road,Aka Road,Ikot Ekpene Road,Abak Road,Wellington Bassey Way",
    ),
    (
        "Kaduna",
        "Ahmadu Bello Way,Constitution Road,Isa Kaita Road,Junction Road,Kachia Road",
    ),
    (
        "Jos",
        "Rayfield Road,Zaria Road,Murtala Mohammed Way,Bauchi Road,Bukuru Road",
    ),
];

/// Streets that nearly every town has.
const OF_TOWNS: [&str; 24] = [
    "Market Road",
    "Hospital Road",
    "Station Road",
    "School Road",
    "Church Street",
    "Ahmadu Bello Way",
    "Awolowo Road",
    "Azikiwe Road",
    "Palace Road",
    "Old Garage Road",
    "Barracks Road",
    "Post Office Road",
    "Stadium Road",
    "Bank Road",
    "New Layout",
    "Secretariat Road",
    "Mission Road",
    "Airport Road",
    "GRA Road",
    "University Road",
    "Independence Way",
    "Library Avenue",
    "Water Works Road",
    "Bypass Road",
];

/// What riders look for.
const LANDMARKS: [&str; 32] = [
    "behind Shoprite",
    "opposite First Bank",
    "beside GTBank",
    "near Total filling station",
    "after the second bus stop",
    "behind the Central Mosque",
    "opposite St Mary's Church",
    "by the MTN office",
    "beside Chicken Republic",
    "opposite Mr Bigg's",
    "near the General Hospital",
    "behind the police station",
    "opposite the council secretariat",
    "by the roundabout",
    "near the motor park",
    "beside the primary school",
    "opposite NNPC filling station",
    "behind the market",
    "close to Access Bank",
    "by the railway crossing",
    "opposite Zenith Bank",
    "near the town hall",
    "beside the blue gate",
    "after the bridge",
    "opposite the pharmacy",
    "behind Winners Chapel",
    "near RCCG parish",
    "beside the transformer",
    "by the water tank",
    "opposite the post office",
    "near the junction",
    "by the tall mast",
];

/// Throws the address of somebody in a city.
pub fn address(city: &str, dice: &mut Dice) -> String {
    let street = street(city, dice);
    let house = 1 + dice.below(90).min(dice.below(90));
    let landmark = dice.pick_early(&LANDMARKS);
    match dice.below(100) {
        0..42 => format!("{house} {street}"),
        42..70 => format!("{house} {street}, {landmark}"),
        70..86 => format!("{}, {street}", capital(landmark)),
        86..94 => format!("Flat {}, {house} {street}", 1 + dice.below(12)),
        _ => format!("Shop {}, {street} plaza, {landmark}", 1 + dice.below(60)),
    }
}

fn street<'a>(city: &str, dice: &mut Dice) -> &'a str {
    match OF_CITIES.iter().find(|(name, _)| *name == city) {
        Some((_, streets)) => nth(streets, dice),
        None => dice.pick(&OF_TOWNS),
    }
}

/// Throws one of a list that is separated by commas.
fn nth(list: &'static str, dice: &mut Dice) -> &'static str {
    let length = list.split(',').count() as u64;
    let nth = usize::try_from(dice.below(length)).unwrap_or_default();
    list.split(',').nth(nth).unwrap_or(list)
}

fn capital(text: &str) -> String {
    let (first, rest) = text.split_at(1);
    first.to_ascii_uppercase() + rest
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::domain::text;
    use crate::server::demo::dice::Topic;
    use crate::server::demo::places::STATES;

    #[test]
    fn streets_are_those_of_cities_that_orders_go_to() {
        for (city, _) in OF_CITIES {
            assert!(
                STATES
                    .iter()
                    .any(|state| state.cities.split(',').any(|name| name == city)),
                "{city}"
            );
        }
    }

    #[test]
    fn addresses_differ_and_are_clean() {
        let mut dice = Dice::new(1, Topic::Customer, 1);
        let found: BTreeSet<String> = (0..2_000).map(|_| address("Ikeja", &mut dice)).collect();
        assert!(found.len() > 1_000, "{}", found.len());
        assert!(found.contains("Behind Shoprite, Allen Avenue"));
        assert!(found.iter().all(|address| text::clean_lines(address) == *address));
        assert!(address("Gusau", &mut dice).contains(|letter: char| letter.is_ascii_uppercase()));
    }
}
