use proptest::prelude::*;

use super::*;

/// The phone and the other number of a field, as stored.
fn read(raw: &str) -> (String, Option<String>) {
    let parsed = parse(raw, "NG").unwrap();
    (
        parsed.phone.as_str().to_owned(),
        parsed.other.map(|other| other.as_str().to_owned()),
    )
}

fn check(raw: &str, phone: &str) {
    assert_eq!(read(raw), (phone.to_owned(), None), "{raw:?}");
}

fn check_two(raw: &str, phone: &str, other: &str) {
    assert_eq!(read(raw), (phone.to_owned(), Some(other.to_owned())), "{raw:?}");
}

#[test]
fn every_spelling_of_a_number_is_one_customer() {
    for raw in [
        "08031234567",
        "0803 123 4567",
        "803-123-4567",
        "803 123 4567",
        "2348031234567",
        "+2348031234567",
        "+234 803 123 4567",
        "+234 (0) 803 123 4567",
        "+234 (0) 803-123-4567",
        "+234(0)8031234567",
        "234 0803 123 4567",
        "002348031234567",
        "00234 803 123 4567",
        "00234 (0) 803 123 4567",
        "009234 8031234567",
        "009 234 803 123 4567",
        "0092348031234567",
        "+08031234567",
        "+00234 803 123 4567",
        "(0803) 123-4567",
        "0803.123.4567",
        "0803/123/4567",
        "0803_123_4567",
        "tel:+2348031234567",
        "Tel: 0803 123 4567",
        "0803 123 4567 (mum)",
        "WhatsApp 08031234567 only",
        "0803 123 4567 ext. 12",
        "08031234567x2",
        "08031234567 #3",
        "٠٨٠٣١٢٣٤٥٦٧",
        "۰۸۰۳۱۲۳۴۵۶۷",
        "０８０３１２３４５６７",
        "＋２３４ ８０３ １２３ ４５６７",
        "\u{202a}+234 803 123 4567\u{202c}",
        "0803\u{a0}123\u{200b}4567",
        "\u{feff}08031234567\r\n",
        "0803–123–4567",
        "'08031234567",
        "\"08031234567\"",
        "08031234567.",
        " 0803 123\t4567 ",
    ] {
        check(raw, "+2348031234567");
    }
}

#[test]
fn the_phones_of_the_messy_file_are_read_as_worked_out_by_hand() {
    check_two("08061112222/07031112222", "+2348061112222", "+2347031112222");
    check("0806-111-2222", "+2348061112222");
    check("call me", "~call me");
    check("Call Me ", "~call me");
    check("12345", "~12345");
    check("+233 24 123 4567", "+233241234567");
    check("0044 7911 123456", "+447911123456");
    for raw in ["009 234 8123456789", "٠٨١٢٣٤٥٦٧٨٩", "0812 345\u{200b}6789"] {
        check(raw, "+2348123456789");
    }
    for (raw, phone) in [
        ("09012345678", "+2349012345678"),
        ("07011112222", "+2347011112222"),
        ("0706 555 0001", "+2347065550001"),
    ] {
        check(raw, phone);
    }
}

#[test]
fn two_numbers_in_a_field_are_both_kept() {
    for raw in [
        "0806 111 2222/0703 111 2222",
        "08061112222, 07031112222",
        "08061112222;07031112222",
        "08061112222 | 07031112222",
        "08061112222 or 07031112222",
        "08061112222 OR 07031112222",
        "08061112222 & 07031112222",
        "08061112222 and 07031112222",
        "08061112222\n07031112222",
        "08061112222 07031112222",
        "0806 111 2222 0703 111 2222",
        "08061112222-07031112222",
        "08061112222+07031112222",
        "+2348061112222+2347031112222",
        "08061112222 - 07031112222",
        "08061112222 (07031112222)",
        "+2348061112222 +2347031112222",
        "08061112222 / nil / 07031112222",
        "call me / 08061112222 / 07031112222",
        "08061112222/08061112222/07031112222",
        "08061112222/07031112222/09012345678",
    ] {
        check_two(raw, "+2348061112222", "+2347031112222");
    }
    check_two("+44 7911 123456 / 08061112222", "+447911123456", "+2348061112222");
}

#[test]
fn the_first_valid_number_counts_and_one_number_twice_is_one() {
    check("12345 / 08061112222", "+2348061112222");
    check("08061112222/8", "+2348061112222");
    check("08061112222/+234 806 111 2222", "+2348061112222");
    check("Block 5, 08061112222", "+2348061112222");
}

#[test]
fn what_is_no_valid_number_is_flagged_whole() {
    for (raw, flagged) in [
        ("0803 123 456", "~0803 123 456"),
        ("0803 123 45678", "~0803 123 45678"),
        ("01 / 02", "~01 / 02"),
        ("0", "~0"),
        ("+", "~+"),
        ("-", "~-"),
        ("N/A", "~n/a"),
        ("911", "~911"),
        ("0 call mother", "~0 call mother"),
        ("0803 call 1234567", "~0803 call 1234567"),
        ("0800FLOWERS", "~0800flowers"),
        ("080EIGHT1234567", "~080eight1234567"),
        ("+999 123 456 789", "~+999 123 456 789"),
        ("0803123456708061112222", "~0803123456708061112222"),
        ("00000000000", "~00000000000"),
        ("2.34803E+12", "~2.34803e+12"),
    ] {
        check(raw, flagged);
    }
    assert_eq!(parse("ＣＡＬＬ\u{a0} me\u{200d}", "NG"), parse("call me", "NG"));
}

#[test]
fn nothing_visible_is_no_phone() {
    for raw in ["", " ", "\t\r\n", "\u{200b}\u{feff}", "\u{a0}"] {
        assert_eq!(parse(raw, "NG"), None, "{raw:?}");
    }
}

#[test]
fn a_shop_of_another_country_has_its_own_numbers() {
    let read = |raw: &str, region: &str| parse(raw, region).unwrap().phone.as_str().to_owned();
    assert_eq!(read("024 123 4567", "GH"), "+233241234567");
    assert_eq!(read("07911 123456", "gb"), "+447911123456");
    assert_eq!(read("+2348031234567", "GB"), "+2348031234567");
    assert_eq!(read("00234 803 123 4567", "GB"), "+2348031234567");
    // Without a known country, only whole numbers are valid.
    assert_eq!(read("+2348031234567", "??"), "+2348031234567");
    assert_eq!(read("08031234567", "??"), "~08031234567");
}

#[test]
fn long_texts_are_not_looked_through() {
    let long = format!("{} 08031234567", "x".repeat(300));
    assert!(!parse(&long, "NG").unwrap().phone.is_valid());
}

/// Numbers of Nigeria's mobile networks, without the trunk 0.
fn mobiles() -> impl Strategy<Value = String> {
    "(703|706|803|805|806|810|813|816|901|903|906)[0-9]{7}"
}

proptest! {
    #[test]
    fn every_mobile_number_is_found_in_every_spelling(nsn in mobiles(), space in "[ .-]?") {
        let expected = format!("+234{nsn}");
        let (a, b, c) = (&nsn[..3], &nsn[3..6], &nsn[6..]);
        for prefix in ["0", "", "234", "+234", "+234 (0)", "00234", "009234", "2340"] {
            let raw = format!("{prefix}{a}{space}{b}{space}{c}");
            prop_assert_eq!(read(&raw), (expected.clone(), None), "{}", raw);
        }
    }

    #[test]
    fn a_stored_or_shown_number_is_read_back(nsn in mobiles()) {
        let phone = Phone::e164(&format!("+234{nsn}")).unwrap();
        for raw in [phone.as_str().to_owned(), phone.display(), phone.to_slug()] {
            let parsed = parse(&raw, "NG").unwrap();
            prop_assert_eq!((&parsed.phone, &parsed.other), (&phone, &None));
        }
    }

    #[test]
    fn two_different_numbers_are_two(one in mobiles(), other in mobiles(), between in "[/,;|&]| or | ") {
        prop_assume!(one != other);
        let raw = format!("0{one}{between}0{other}");
        prop_assert_eq!(read(&raw), (format!("+234{one}"), Some(format!("+234{other}"))));
    }

    #[test]
    fn any_text_is_a_phone_or_nothing(raw in ".*|[0-9+()/ .x-]{0,40}|(0803|123|4567|/| or |\u{200b}|٠٨){0,9}") {
        match parse(&raw, "NG") {
            None => prop_assert!(text::key(&raw).is_empty()),
            Some(Parsed { phone, other }) => {
                prop_assert!(other.as_ref().is_none_or(|other| other.is_valid() && *other != phone));
                if phone.is_valid() {
                    prop_assert_eq!(Phone::e164(phone.as_str()), Some(phone));
                } else {
                    prop_assert_eq!(Phone::text(&raw), Some(phone));
                }
            }
        }
    }

    #[test]
    fn a_flagged_text_read_again_is_the_same(raw in ".{0,60}|[0-9+()/ .-]{0,20}") {
        if let Some(Parsed { phone, .. }) = parse(&raw, "NG")
            && let Some(label) = phone.label()
        {
            prop_assert_eq!(parse(label, "NG").unwrap().phone, phone);
        }
    }
}
