use super::*;

#[test]
fn only_paths_of_this_site_are_followed_after_signing_in() {
    assert_eq!(
        after_login("/dashboard/admin/customers?page=2"),
        "/dashboard/admin/customers?page=2"
    );
    for foreign in [
        "//evil.ng",
        "https://evil.ng",
        "/\\evil.ng",
        "/a\r\nSet-Cookie: x",
        "",
        "/login",
    ] {
        assert_eq!(after_login(foreign), CUSTOMERS, "{foreign:?}");
    }
}

#[test]
fn where_one_wanted_to_go_survives_signing_in() {
    assert_eq!(
        login("/dashboard/admin/customers?page=2&sort=name"),
        "/login?next=/dashboard/admin/customers%3Fpage%3D2%26sort%3Dname"
    );
    assert_eq!(login("/"), "/login");
}

#[test]
fn a_page_of_a_customers_orders_leads_to_where_they_stand() {
    let page = |query: &str, editing| customer_orders("2348031234567", &OrderQuery::parse(query), editing);
    let customer = "/dashboard/admin/customers/2348031234567";
    assert_eq!(page("", false), format!("{customer}#orders"));
    assert_eq!(
        page("page=3&size=50", false),
        format!("{customer}?page=3&size=50#orders")
    );
    assert_eq!(
        page("customer=2348031234567&period=year&status=new", true),
        format!("{customer}?edit=1&period=year&status=new#orders")
    );
    assert_eq!(customer_in("2348031234567", Period::All), customer);
    assert_eq!(
        customer_in("2348031234567", Period::Year),
        format!("{customer}?period=year")
    );
}

#[test]
fn links_hold_digits_only_and_flagged_numbers_have_none() {
    let phone = Phone::e164("+2348031234567").unwrap();
    assert_eq!(call(&phone).as_deref(), Some("tel:+2348031234567"));
    assert_eq!(
        whatsapp(&phone, "Hello Adé & #1\n").as_deref(),
        Some("https://wa.me/2348031234567?text=Hello%20Ad%C3%A9%20%26%20%231%0A")
    );
    let text = Phone::text("call me").unwrap();
    assert_eq!((call(&text), whatsapp(&text, "Hello")), (None, None));
}
