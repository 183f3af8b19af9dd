use proptest::prelude::*;

use super::*;

fn write(orders: Orders) -> (String, Vec<Row>) {
    let mut report = Report::new(Vec::new(), orders.headers()).unwrap();
    let refused: Vec<Row> = orders.filter(|row| row.outcome.is_err()).collect();
    for row in &refused {
        report.write(row.outcome.as_ref().unwrap_err(), &row.cells).unwrap();
    }
    (String::from_utf8(report.finish().unwrap()).unwrap(), refused)
}

#[test]
fn the_report_says_what_is_wrong_before_the_row() {
    let orders = open(&fixture("messy_orders.csv"), &options()).unwrap();
    let (report, _) = write(orders);
    let mut lines = report.lines();
    assert_eq!(
        lines.next(),
        Some(
            "\u{feff}line,order number,field,value,reason,Order No,Date,Customer,Phone,WhatsApp,Amount,Status,Channel,\
             City,State,Address"
        )
    );
    assert_eq!(
        lines.next(),
        Some(
            "23,M-021,amount,abc,This is not an amount.,M-021,2026-10-03,Bad Amount,08099990001,,abc,delivered,\
             website,,,"
        )
    );
    assert_eq!(lines.count(), 7);
}

#[test]
fn a_report_is_refused_the_same_until_it_is_mended() {
    let (report, first) = write(open(&fixture("messy_orders.csv"), &options()).unwrap());
    let again = decode(report.clone().into_bytes()).unwrap();
    let (second_report, second) = write(again);
    let cells = |rows: &[Row]| rows.iter().map(|row| row.cells.clone()).collect::<Vec<_>>();
    assert_eq!(cells(&first), cells(&second));
    // Only the line numbers are those of the report now.
    assert_eq!(second_report.lines().count(), report.lines().count());

    let mended = report
        .replace(",abc,delivered", ",900,delivered")
        .replace("2026-13-45", "2026-10-05");
    let orders: Vec<String> = decode(mended.into_bytes())
        .unwrap()
        .filter_map(|row| row.outcome.ok())
        .map(|order| order.number)
        .collect();
    assert_eq!(orders, ["M-021", "M-024"]);
}

#[test]
fn no_cell_of_a_report_is_a_formula() {
    let file = "Order No,Date,Phone,Amount,Customer\n=1+1,@x,08031234567,-5,=cmd\n+2348031234567,soon,+1+1,5,\t=1\n";
    let (report, _) = write(decode(file.into()).unwrap());
    let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(report.as_bytes());
    let cells: Vec<String> = reader
        .records()
        .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(cells.contains(&"'=1+1".to_owned()) && cells.contains(&"'+2348031234567".to_owned()));
    for cell in cells {
        let is_phone = cell
            .strip_prefix('+')
            .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
        assert!(
            is_phone || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell:?}"
        );
    }
}

proptest! {
    #[test]
    fn a_refused_row_is_read_back_whole(cells in proptest::collection::vec("['=+@;,\"\t\r\na-]{0,8}", 5)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["Order No", "Date", "Phone", "Amount", "Customer"]).unwrap();
        writer.write_record(&cells).unwrap();
        let (report, refused) = write(decode(writer.into_inner().unwrap()).unwrap());
        prop_assume!(!refused.is_empty());
        let again: Vec<Row> = decode(report.into_bytes()).unwrap().collect();
        prop_assert_eq!(again.len(), refused.len());
        prop_assert_eq!(&again[0].cells, &refused[0].cells);
    }
}
