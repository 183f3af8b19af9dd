//! No line of the log and no metric holds anything about a person: names, numbers, notes and addresses are planted
//! everywhere where somebody can send them, also where it goes wrong, and looked for in what the server has written.

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use onibara::server::token;

use crate::on_both_databases;
use crate::rollup::execute;
use crate::support::database::TestDb;
use crate::support::process::Server;

/// What is planted; each is looked for in small letters.
const CANARIES: [&str; 12] = [
    "zaphira",
    "8099887766",
    "809 988 7766",
    "canarynote",
    "canarytag",
    "canaryquery",
    "canarypath",
    "canarymethod",
    "canarypassword",
    "canary@secret.example",
    "canarystreet",
    "canarysecret",
];
const PHONE: &str = "2348099887766";
const KEY: &str = "onb_canarysecret_0123456789";
const SECRET: &str = "canarysecret-of-the-shop";

/// Sends everything that somebody can send.
fn plant(server: &Server, cookie: &str) -> Vec<u16> {
    let mut answers = Vec::new();
    let mut note = |answer: crate::support::process::Answer| answers.push(answer.status);
    let pages = [
        "/dashboard/admin/customers?q=Zaphira+canaryquery".to_owned(),
        "/dashboard/admin/orders?q=canaryquery+8099887766".to_owned(),
        format!("/dashboard/admin/customers/{PHONE}?period=canaryquery"),
        format!("/dashboard/admin/customers/{PHONE}x"),
        "/dashboard/admin/orders/order?number=canaryquery".to_owned(),
        "/dashboard/canarypath/Zaphira".to_owned(),
        "/api/canarypath?phone=8099887766".to_owned(),
        "/api/customers?query=q%3DZaphira%26canaryquery".to_owned(),
        format!("/api/customer?phone={PHONE}&period=canaryquery"),
        format!("/api/same_person?phone={PHONE}"),
        "/api/import?id=canaryquery".to_owned(),
        "/login?next=/canarypath&email=canary@secret.example".to_owned(),
    ];
    for path in &pages {
        for accept in ["text/html", "application/json"] {
            note(server.ask("GET", path, &[("cookie", cookie), ("accept", accept)], &[]));
        }
        note(server.ask(
            "GET",
            path,
            &[("cookie", "onibara=canarysecret"), ("x-request-id", "canarypath")],
            &[],
        ));
    }
    note(server.ask(
        "CANARYMETHOD",
        "/canarypath",
        &[("user-agent", "Zaphira"), ("referer", "canarypath")],
        &[],
    ));
    let forms = [
        (
            "/api/sign_in",
            "email=canary%40secret.example&password=canarypassword".to_owned(),
        ),
        ("/api/sign_in", "email=Zaphira&password=".to_owned()),
        ("/api/save_order", order("C-1", "0809 988 7766", "1500")),
        ("/api/save_order", order("C-2", "canarytag", "canaryquery")),
        ("/api/save_order", "order%5Bcanaryquery%5D=Zaphira".to_owned()),
        ("/api/add_note", format!("phone={PHONE}&body=canarynote")),
        ("/api/add_note", "phone=Zaphira&body=canarynote".to_owned()),
        ("/api/edit_note", format!("phone={PHONE}&id=canarynote&body=canarynote")),
        ("/api/add_tags", format!("phone={PHONE}&tags=canarytag")),
        (
            "/api/update_customer_info",
            format!("phone={PHONE}&edit%5Bto%5D%5Bname%5D=Zaphira&edit%5Bto%5D%5Bwhatsapp%5D=canarytag"),
        ),
        ("/api/merge_customers", format!("phone={PHONE}&other=08099887766")),
        ("/api/save_view", "name=canaryquery&query=q%3DZaphira".to_owned()),
        (
            "/api/make_queue",
            "name=canaryquery&query=q%3DZaphira&all=true".to_owned(),
        ),
        ("/api/add_shop", "system=shopify&secret=canarysecret".to_owned()),
        ("/api/canarypath", "a=Zaphira".to_owned()),
        (
            "/export/customers",
            "query=q%3DZaphira&format=csv&name=canaryquery".to_owned(),
        ),
        (
            "/export/orders",
            "query=q%3DZaphira&format=xlsx&name=canaryquery2".to_owned(),
        ),
        (
            "/export/orders",
            "query=q%3DZaphira&format=canaryquery&name=canaryquery3".to_owned(),
        ),
    ];
    for (path, form) in &forms {
        note(server.call(path, form, cookie));
        note(server.call(path, form, ""));
    }
    for (name, file) in [
        (
            "Zaphira.csv",
            "Order No,Date,Customer,Phone,Amount\nC-3,2026-11-20,Zaphira,0809 988 7766,canaryquery\nC-4,canarytag,Zaphira,0809 988 7766,5\nC-5,2026-11-20,Zaphira,0809 988 7766,5\n",
        ),
        ("canarypath.csv", "Zaphira,canaryquery\n0809 988 7766,canarynote\n"),
        ("Zaphira.xlsx", "PK\u{3}\u{4}Zaphira canarypath"),
    ] {
        let body = format!(
            "--line\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{file}\r\n--line--\r\n"
        );
        let kind = ("content-type", "multipart/form-data; boundary=line");
        note(server.ask("POST", "/import/file", &[kind, ("cookie", cookie)], body.as_bytes()));
    }
    program(server, &mut note);
    answers
}

fn order(number: &str, phone: &str, amount: &str) -> String {
    let phone = phone.replace(' ', "+");
    format!(
        "order[number]={number}&order[date]=2026-11-20+10:00&order[name]=Zaphira&order[phone]={phone}\
         &order[amount]={amount}&order[status]=new&order[source]=website&order[address]=canarystreet"
    )
}

/// What programs and other shop systems send.
fn program(server: &Server, note: &mut impl FnMut(crate::support::process::Answer)) {
    let bearer = format!("Bearer {KEY}");
    let json = ("content-type", "application/json");
    let good = r#"{"number":"C-6","placed_at":"2026-11-20T10:00:00Z","name":"Zaphira","phone":"0809 988 7766","amount":"1500.00","currency":"NGN","status":"new"}"#;
    for body in [
        good.to_owned(),
        good.replace("C-6", "C-7").replace("1500.00", "canaryquery"),
        good.replace("status", "Zaphira"),
        "{\"Zaphira\": 8099887766".to_owned(),
    ] {
        let headers = [
            json,
            ("authorization", bearer.as_str()),
            ("idempotency-key", "canaryquery"),
        ];
        note(server.ask("POST", "/api/v1/orders", &headers, body.as_bytes()));
        note(server.ask(
            "POST",
            "/api/v1/orders",
            &[json, ("authorization", "Bearer canarysecret")],
            body.as_bytes(),
        ));
    }
    for path in [
        "/api/v1/orders/canaryquery",
        "/api/v1/customers?q=Zaphira",
        "/api/v1/customers/8099887766",
        "/api/v1/canarypath",
    ] {
        note(server.ask("GET", path, &[("authorization", bearer.as_str())], &[]));
    }
    let woo = include_str!("../fixtures/webhooks/woocommerce_order.json");
    for body in [
        woo.replace("\"first_name\": \"", "\"first_name\": \"Zaphira "),
        "{\"id\": \"Zaphira\", \"billing\": {\"phone\": \"8099887766\"}}".to_owned(),
        "Zaphira canaryquery".to_owned(),
    ] {
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
        mac.update(body.as_bytes());
        let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
        for (token, signature) in [
            ("hooktoken", signature.as_str()),
            ("hooktoken", "canarysecret"),
            ("canarypath", "x"),
        ] {
            let path = format!("/hooks/woocommerce/{token}");
            let headers = [
                json,
                ("x-wc-webhook-topic", "order.canaryquery"),
                ("x-wc-webhook-delivery-id", "canarypath"),
                ("x-wc-webhook-signature", signature),
            ];
            note(server.ask("POST", &path, &headers, body.as_bytes()));
        }
    }
}

/// Makes the database fail with words that quote what was to be written, and then not be there at all.
async fn break_writes(test: &TestDb) {
    let fails = test.db.dialect(
        "create trigger fails before insert on orders begin select raise(abort, 'Zaphira canarystreet 8099887766'); end",
        "alter table orders add constraint fails check (customer_name = 'x') not valid",
    );
    execute(test, fails.to_owned()).await;
    execute(
        test,
        "alter table customer_notes rename column body to canarynote".to_owned(),
    )
    .await;
    execute(
        test,
        "alter table saved_views rename column query to canaryquery".to_owned(),
    )
    .await;
}

on_both_databases! {
    async fn nothing_about_a_person_is_logged_or_counted(test: &TestDb) {
        let folder = tempfile::tempdir().unwrap();
        let server = Server::start(test.url(), folder.path());
        let cookie = server.owner(test.url());
        let hash = token::hash(KEY);
        execute(test, format!(
            "insert into api_keys (name, key_hash, prefix, scopes, maker, created_at)
             values ('till', '{hash}', 'onb_', 'orders:write orders:read customers:read', 'x', 1)"
        )).await;
        execute(test, format!(
            "insert into hooks (token, kind, secret, maker, created_at) values ('hooktoken', 'woocommerce', '{SECRET}', 'x', 1)"
        )).await;
        server.is_ready();
        let whole = plant(&server, &cookie);
        assert!(whole.contains(&200) && whole.contains(&401) && whole.contains(&422) && whole.contains(&404), "{whole:?}");
        assert!(!whole.contains(&0), "{whole:?}");
        break_writes(test).await;
        let broken = plant(&server, &cookie);
        assert!(broken.contains(&500), "{broken:?}");
        let metrics = server.operations("/metrics").text();
        // What is still being written down is written when the server has ended.
        let mut server = server;
        server.terminate();
        assert!(server.wait().success());
        let log = server.log();

        // It says much, so that what follows says something.
        for said in [
            "\"route\":\"/api/save_order\"",
            "\"route\":\"/dashboard/admin/customers/{phone}\"",
            "\"route\":\"/api/v1/orders\"",
            "\"route\":\"/hooks/woocommerce/{token}\"",
            "\"route\":\"/export/customers\"",
            "\"message\":\"request failed\"",
            "\"kind\":\"database ",
            "\"id\":\"",
        ] {
            assert!(log.contains(said), "{said}\n{log}");
        }
        let lines = log.lines().filter(|line| line.contains("\"message\":\"answered\"")).count();
        assert!(lines > 150, "{lines}");
        assert!(log.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()), "{log}");
        for (what, written) in [("log", &log), ("metrics", &metrics)] {
            for line in written.lines() {
                let small = line.to_lowercase();
                let found = CANARIES.iter().find(|canary| small.contains(*canary));
                assert_eq!(found, None, "{what}: {line}");
            }
        }
    }
}
