use proptest::prelude::*;

use super::*;

#[test]
fn only_plus_and_digits_are_a_number() {
    for number in ["+1234567", "+2348031234567", "+123456789012345"] {
        let phone = Phone::e164(number).unwrap();
        assert!(phone.is_valid() && phone.label().is_none());
        assert_eq!(
            (phone.as_str(), phone.e164_str(), phone.digits()),
            (number, Some(number), number.strip_prefix('+'))
        );
    }
    for wrong in [
        "2348031234567",
        "+0803123456",
        "+123456",
        "+1234567890123456",
        "+234803123456a",
        "+",
        "",
        "+٢٣٤٨٠٣١٢٣",
        "++2348031234",
        "+2348031234567 ",
    ] {
        assert!(Phone::e164(wrong).is_none(), "{wrong}");
    }
}

#[test]
fn a_text_that_is_no_number_is_flagged() {
    let phone = Phone::text(" Call  Me\u{200b} ").unwrap();
    assert_eq!((phone.as_str(), phone.label()), ("~call me", Some("call me")));
    assert!(!phone.is_valid() && phone.e164_str().is_none() && phone.digits().is_none());
    assert_eq!(Phone::text("\u{200b} "), None);
}

#[test]
fn people_read_numbers_in_groups() {
    let shown = |number| Phone::e164(number).unwrap().display();
    assert_eq!(shown("+2348031234567"), "0803 123 4567");
    assert_eq!(shown("+23420112345"), "+234 2011 2345");
    assert_eq!(shown("+233241234567"), "+233 24 123 4567");
    assert_eq!(shown("+447911123456"), "+44 791 112 3456");
    assert_eq!(shown("+12025550143"), "+1 202 555 0143");
    assert_eq!(shown("+22961234567"), "+229 6123 4567");
    assert_eq!(shown("+2901234"), "+290 1234");
    assert_eq!(shown("+6831234567"), "+683 123 4567");
    assert_eq!(shown("+8613812345678"), "+86 1381 234 5678");
    assert_eq!(Phone::text("Call  Me").unwrap().display(), "call me");
}

#[test]
fn every_spelling_is_searched_by_the_same_digits() {
    for spelling in [
        "0803 123",
        "+234 803 123",
        "234803123",
        "00234 803 123",
        "009 234 803 123",
        "٠٨٠٣١٢٣",
        "+234 (0) 803-123",
        "803-123",
        "＋２３４ ８０３ １２３",
        " +2340803123",
    ] {
        assert_eq!(digits(spelling), "803123", "{spelling}");
    }
    assert_eq!(digits("+234 803"), "803");
    assert_eq!(digits("+234"), "");
    assert_eq!(digits("0044 7911 123456"), "447911123456");
    assert_eq!(digits("no digits"), "");
}

#[test]
fn the_last_four_digits_stay_four() {
    for ending in ["4567", "2345", "0045", "0009", "0", "00"] {
        assert_eq!(digits(ending), ending);
    }
    assert_eq!((digits("0803"), digits("07")), ("803".to_owned(), "7".to_owned()));
}

#[test]
fn digits_of_every_script_are_read() {
    for zero in ZEROS {
        for value in 0..10 {
            let digit = char::from_u32(u32::from(zero) + value).unwrap();
            assert!(digit.is_numeric(), "{digit:?}");
            assert_eq!(ascii_digit(digit), char::from_digit(value, 10));
        }
        let before = char::from_u32(u32::from(zero) - 1).unwrap();
        assert_eq!(ascii_digit(before), None, "{before:?}");
    }
    assert!(ZEROS.is_sorted());
    for other in ['a', '½', '²', 'Ⅳ', '一', '+', '~', '/', ':', '\u{1e95a}', '\u{10ffff}'] {
        assert_eq!(ascii_digit(other), None, "{other}");
    }
}

#[test]
fn a_phone_is_not_shown_to_logs() {
    for phone in [Phone::e164("+2348031234567").unwrap(), Phone::text("call ada").unwrap()] {
        assert_eq!(format!("{phone:?}"), "Phone(***)");
    }
}

#[test]
fn a_phone_is_a_text_on_the_wire_and_no_other_text_is_a_phone() {
    for stored in ["+2348031234567", "~call me", "~Call Me"] {
        let wire = serde_json::to_string(&Phone::from_db(stored.to_owned())).unwrap();
        assert_eq!(wire, format!("\"{stored}\""));
        assert_eq!(serde_json::from_str::<Phone>(&wire).unwrap().as_str(), stored);
    }
    for wrong in ["\"\"", "\"~\"", "\"08031234567\"", "\"+0803\"", "\"call me\"", "7"] {
        assert!(serde_json::from_str::<Phone>(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn a_url_part_that_is_no_phone_is_none() {
    for wrong in [
        "",
        "~",
        "0803",
        "08031234567",
        "+2348031234567",
        "call me",
        "~!",
        "~Y2FsbCBtZQ==",
        "~_w",
        "~Y2FsbCBtZR",
    ] {
        assert_eq!(Phone::from_slug(wrong), None, "{wrong}");
    }
    assert_eq!(Phone::text("call me").unwrap().to_slug(), "~Y2FsbCBtZQ");
    assert_eq!(Phone::from_slug("~Y2FsbCBtZQ"), Phone::text("Call me"));
}

proptest! {
    #[test]
    fn a_url_part_is_read_back(number in "[1-9][0-9]{6,14}", raw in "\\PC{1,40}", stored in ".{1,20}") {
        let phone = Phone::e164(&format!("+{number}")).unwrap();
        prop_assert_eq!(Phone::from_slug(&phone.to_slug()), Some(phone));
        for phone in Phone::text(&raw).into_iter().chain([Phone::from_db(format!("~{stored}"))]) {
            prop_assert!(!phone.is_valid());
            let slug = phone.to_slug();
            prop_assert!(slug.bytes().all(|b| b.is_ascii_alphanumeric() || b"~-_".contains(&b)));
            prop_assert_eq!(Phone::from_slug(&slug), Some(phone));
        }
    }

    #[test]
    fn no_url_part_panics_and_each_has_one_phone(slug in ".*|~[A-Za-z0-9_-]*|[0-9]*") {
        if let Some(phone) = Phone::from_slug(&slug) {
            prop_assert_eq!(phone.to_slug(), slug);
        }
    }

    #[test]
    fn phones_sort_bytewise(a in "[+~][ -~é]{0,6}", b in "[+~][ -~é]{0,6}") {
        let order = Phone::from_db(a.clone()).cmp(&Phone::from_db(b.clone()));
        prop_assert_eq!(order, a.as_bytes().cmp(b.as_bytes()));
    }

    #[test]
    fn grouping_changes_no_digit(number in "[1-9][0-9]{6,14}") {
        let phone = Phone::e164(&format!("+{number}")).unwrap();
        let shown = phone.display();
        prop_assert_eq!(digits(&shown), digits(phone.as_str()));
        prop_assert!(shown.split(' ').skip(1).all(|group| group.len() > 1 || shown.len() < 9), "{}", shown);
    }

    #[test]
    fn every_whole_spelling_and_every_part_of_a_number_is_found(nsn in "[789][01][0-9]{8}", from in 0_usize..7) {
        let stored = digits(&format!("+234{nsn}"));
        prop_assert_eq!(&stored, &nsn);
        for prefix in ["0", "234", "+234", "+234 (0)", "00234", "009234"] {
            prop_assert_eq!(digits(&format!("{prefix}{nsn}")), nsn.clone());
        }
        // Any four digits in a row are found, and so is any longer end.
        prop_assert!(stored.contains(&digits(&nsn[from..from + 4])));
        prop_assert!(stored.contains(&digits(&nsn[from..])));
    }

    #[test]
    fn no_text_panics(raw in ".*|[+~][0-9é]{0,12}") {
        prop_assert!(Phone::from_db(raw.clone()).display().len() <= raw.len() + 9);
        prop_assert!(digits(&raw).bytes().all(|byte| byte.is_ascii_digit()));
    }
}
