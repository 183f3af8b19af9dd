use proptest::prelude::*;

use super::currency::Currency;
use super::*;

#[test]
fn people_read_naira_and_kobo_only_where_there_are_some() {
    let shown = |kobo| Money(kobo).to_string();
    assert_eq!(shown(0), "₦0");
    assert_eq!(shown(1), "₦0.01");
    assert_eq!(shown(99_900), "₦999");
    assert_eq!(shown(1_250_000), "₦12,500");
    assert_eq!(shown(1_250_050), "₦12,500.50");
    assert_eq!(shown(-50_005), "-₦500.05");
    assert_eq!(Money::MAX.to_string(), "₦100,000,000,000");
}

#[test]
fn cards_read_thousands_millions_and_billions() {
    let shown = |naira: i64| Money(naira * 100).compact();
    for (naira, expected) in [
        (0, "₦0"),
        (7, "₦7"),
        (999, "₦999"),
        (1_000, "₦1k"),
        (1_449, "₦1.4k"),
        (1_450, "₦1.5k"),
        (9_949, "₦9.9k"),
        (9_950, "₦10k"),
        (48_000, "₦48k"),
        (48_499, "₦48k"),
        (48_500, "₦49k"),
        (950_000, "₦950k"),
        (999_499, "₦999k"),
        (999_500, "₦1m"),
        (9_800_000, "₦9.8m"),
        (21_400_000, "₦21.4m"),
        (99_949_999, "₦99.9m"),
        (99_950_000, "₦100m"),
        (999_499_999, "₦999m"),
        (999_500_000, "₦1b"),
        (1_250_000_000, "₦1.3b"),
        (100_000_000_000, "₦100b"),
        (-21_400_000, "-₦21.4m"),
    ] {
        assert_eq!(shown(naira), expected, "{naira}");
    }
    assert_eq!(
        [Money(49), Money(50), Money(-49), Money(99_950)]
            .map(Money::compact)
            .join(" "),
        "₦0 ₦1 ₦0 ₦1k"
    );
    assert_eq!(Money(i64::MAX).compact(), "₦92,233,720b");
    assert_eq!(Money(i64::MIN).compact(), "-₦92,233,720b");
}

#[test]
fn files_have_two_decimals_and_nothing_else() {
    let plain = |kobo| Money(kobo).to_plain();
    assert_eq!(
        [plain(1_250_050), plain(1_250_000), plain(1), plain(0), plain(-5)].join(" "),
        "12500.50 12500.00 0.01 0.00 -0.05"
    );
}

#[test]
fn an_average_is_rounded_half_away_from_zero_to_the_kobo() {
    let share = |kobo, n| Money(kobo).divided_by(n).map(|money| money.0);
    assert_eq!(
        [share(100, 3), share(200, 3), share(1, 2), share(-1, 2), share(0, 5)],
        [33, 67, 1, -1, 0].map(Some)
    );
    assert_eq!([share(100, 0), share(100, -1)], [None, None]);
    assert_eq!(share(i64::MAX, 1), Some(i64::MAX));
}

#[test]
fn amounts_add_up() {
    let mut sum: Money = [Money(1), Money(2), Money(3)].into_iter().sum();
    sum += Money(4);
    assert_eq!(sum, Money(10));
    assert_eq!(Money(i64::MAX) + Money(1), Money(i64::MAX));
}

#[test]
fn amounts_of_every_spelling_are_read() {
    for (raw, kobo) in [
        ("₦12,500", 1_250_000),
        ("NGN 30,000.50", 3_000_050),
        ("N1,500", 150_000),
        ("12.500,50", 1_250_050),
        ("7500", 750_000),
        ("1 500", 150_000),
        (".50", 50),
        ("0", 0),
        ("0.00", 0),
        ("9999.99", 999_999),
        ("0.01", 1),
        ("₦ 5,000.5", 500_050),
        ("12500 NGN", 1_250_000),
        ("12,500 naira", 1_250_000),
        ("=N=500", 50_000),
        ("#5000", 500_000),
        ("N 1.", 100),
        ("1,234,567.89", 123_456_789),
        ("1.234.567", 123_456_700),
        ("1.234.567,8", 123_456_780),
        ("12,50", 1_250),
        ("12,5", 1_250),
        ("1'500.25", 150_025),
        ("1\u{a0}500", 150_000),
        ("1\u{202f}500,25", 150_025),
        ("007", 700),
        ("12500.0000", 1_250_000),
        ("12500.500", 1_250_050),
        ("0.500", 50),
        ("+500", 50_000),
        ("-0", 0),
        ("١٢٥٠٠", 1_250_000),
        ("１２，５００", 1_250_000),
        ("٠٫٥", 50),
        ("₦\u{200b}12,500\u{feff}", 1_250_000),
        ("100000000000", Money::MAX.0),
        ("N.50", 50),
    ] {
        assert_eq!(Money::parse(raw), Ok(Money(kobo)), "{raw}");
    }
}

#[test]
fn what_is_no_amount_says_why() {
    for (raw, error) in [
        ("", MoneyError::Empty),
        (" \u{feff}", MoneyError::Empty),
        ("₦", MoneyError::Empty),
        ("NGN", MoneyError::Empty),
        ("abc", MoneyError::NotANumber),
        ("-", MoneyError::NotANumber),
        (".", MoneyError::NotANumber),
        ("12.500", MoneyError::NotANumber),
        ("1.5.0", MoneyError::NotANumber),
        ("1,23,456", MoneyError::NotANumber),
        ("15 00", MoneyError::NotANumber),
        ("12.505", MoneyError::NotANumber),
        ("5000.005", MoneyError::NotANumber),
        ("1,500,", MoneyError::NotANumber),
        ("5k", MoneyError::NotANumber),
        ("1e3", MoneyError::NotANumber),
        ("1-2", MoneyError::NotANumber),
        ("12,500 500", MoneyError::NotANumber),
        ("2 bags", MoneyError::NotANumber),
        ("50%", MoneyError::NotANumber),
        ("0,₦0", MoneyError::NotANumber),
        ("1,2,3", MoneyError::NotANumber),
        ("-500", MoneyError::Negative),
        ("−500", MoneyError::Negative),
        ("(500)", MoneyError::Negative),
        ("₦-500", MoneyError::Negative),
        ("-₦500", MoneyError::Negative),
        ("500-", MoneyError::Negative),
        ("-0.01", MoneyError::Negative),
        ("100000000000.01", MoneyError::TooLarge),
        ("99999999999999999999", MoneyError::TooLarge),
        ("9,999,999,999,999,999,999", MoneyError::TooLarge),
    ] {
        assert_eq!(Money::parse(raw), Err(error), "{raw}");
    }
    for (raw, currency) in [
        ("USD 20", "USD"),
        ("$20", "$"),
        ("20 usd", "USD"),
        ("£5", "£"),
        ("US$5", "US$"),
        ("GH₵ 5", "GH₵"),
        ("€5", "€"),
    ] {
        assert_eq!(
            Money::parse(raw),
            Err(MoneyError::OtherCurrency(currency.to_owned())),
            "{raw}"
        );
    }
}

proptest! {
    #[test]
    fn what_is_shown_or_exported_is_read_back(kobo in prop_oneof![0..=Money::MAX.0, 0_i64..1_000_000]) {
        let money = Money(kobo);
        prop_assert_eq!(Money::parse(&money.to_string()), Ok(money));
        prop_assert_eq!(Money::parse(&money.to_plain()), Ok(money));
        let european = money.to_string().replace(',', " ").replace('.', ",");
        prop_assert_eq!(Money::parse(&european), Ok(money));
    }

    #[test]
    fn no_text_panics_or_leaves_the_range(raw in ".*|[₦N$ 0-9.,'()+-]{0,20}") {
        if let Ok(money) = Money::parse(&raw) {
            prop_assert!(money >= Money(0) && money <= Money::MAX);
        }
    }

    #[test]
    fn an_average_is_within_half_a_kobo(kobo in any::<i64>(), n in 1_i64..1_000_000) {
        let share = Money(kobo).divided_by(n).unwrap();
        let off = i128::from(share.0) * i128::from(n) - i128::from(kobo);
        prop_assert!(2 * off.abs() <= i128::from(n));
    }

    #[test]
    fn no_amount_is_too_large_to_show(kobo in any::<i64>()) {
        prop_assert!(Money(kobo).to_string().contains('₦') && Money(kobo).compact().contains('₦'));
        prop_assert!(Money(kobo).to_plain().contains('.'));
    }

    #[test]
    fn an_amount_is_a_bare_number_on_the_wire(kobo in any::<i64>()) {
        let wire = serde_json::to_string(&Money(kobo)).unwrap();
        prop_assert_eq!(&wire, &kobo.to_string());
        prop_assert_eq!(serde_json::from_str::<Money>(&wire).unwrap(), Money(kobo));
    }
}

#[test]
fn a_currency_shows_as_its_sign_or_else_as_its_code() {
    let shown = |code: &str| Currency::of(code).map(|currency| currency.to_string());
    for (code, sign) in [("NGN", "₦"), ("GHS", "GH₵"), ("KES", "KSh\u{a0}"), ("ZMW", "ZMW\u{a0}")] {
        assert_eq!(shown(code).as_deref(), Some(sign));
        assert_eq!(Currency::of(code).map(Currency::code).as_deref(), Some(code));
    }
    for wrong in ["", "ngn", "₦", "NAIRA"] {
        assert_eq!(shown(wrong), None, "{wrong}");
    }
    assert_eq!(Currency::current().code(), "NGN");
}
