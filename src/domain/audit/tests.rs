use super::*;

#[test]
fn what_is_asked_for_is_read_back_from_the_address() {
    for query in [
        "",
        "who=ada%40shop.ng",
        "who=ada%40shop.ng&what=privacy&period=week&address=10.0.0.7&before=1700000000000-77",
        "period=2026-10-01_2026-10-31",
    ] {
        let parsed = AuditQuery::parse(query);
        assert_eq!(AuditQuery::parse(&parsed.to_query_string()), parsed, "{query}");
    }
    let other = AuditQuery::parse("what=orders&before=5-7").with(|query| query.who = "ada".to_owned());
    assert_eq!(other.to_query_string(), "who=ada&what=orders");
    assert_eq!(AuditQuery::parse("what=nothing&before=x"), AuditQuery::default());
    assert_eq!(AuditQuery::parse("who=Ada@Shop.ng").who, "ada@shop.ng");
}

#[test]
fn every_action_is_said_in_words() {
    assert_eq!(said("order_saved"), "Order saved");
    assert_eq!(said("refused"), "Refused: role");
    assert_eq!(said("something_new"), "Something new");
    for group in Group::ALL {
        assert!(
            group.actions().iter().all(|action| !said(action).is_empty()),
            "{group:?}"
        );
    }
}
