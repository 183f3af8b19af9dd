//! The application behind all its layers, driven like a browser, with a clock that tests move.

use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use onibara::domain::role::Role;
use onibara::server::clock::Clock;
use onibara::server::config::Shop;
use onibara::server::http;
use onibara::server::password::Passwords;
use onibara::server::state::{AppState, Parts};
use onibara::server::store::{people, sessions, users};
use onibara::server::token;
use tower::ServiceExt as _;

use super::builders::at;
use super::database::TestDb;

pub const PASSWORD: &str = "a long enough sentence";
/// The one proxy that the application believes.
pub const PROXY: [u8; 4] = [127, 0, 0, 2];
pub const SETUP_CODE: &str = "ABCD-EFGH-JKMN";

pub struct TestApp {
    pub router: axum::Router,
    pub clock: Clock,
    pub state: AppState,
    passwords: Passwords,
    db: onibara::server::db::Db,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
    bytes: axum::body::Bytes,
}

impl Answer {
    /// What a server function has answered.
    pub fn read<T: serde::de::DeserializeOwned>(&self) -> T {
        postcard::from_bytes(&self.bytes).unwrap()
    }

    /// The body as it was sent.
    pub fn raw(&self) -> &[u8] {
        &self.bytes
    }

    pub fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The cookie of a name that the answer sets, as a browser would send it back.
    pub fn cookie_named(&self, name: &str) -> Option<String> {
        let all = self.headers.get_all(header::SET_COOKIE).iter();
        let set = all.map(|set| set.to_str().unwrap().split(';').next().unwrap());
        set.filter(|set| set.split('=').next() == Some(name))
            .map(str::to_owned)
            .next()
    }

    /// The session cookie that the answer sets, as a browser would send it back.
    pub fn cookie(&self) -> Option<String> {
        let set = self.headers.get(header::SET_COOKIE)?.to_str().unwrap();
        Some(set.split(';').next().unwrap().to_owned())
    }
}

impl TestApp {
    /// The application on a database, at noon of 24 November 2026.
    pub fn on(test: &TestDb) -> Self {
        Self::started_with(test, Shop::default())
    }

    /// The same, of a server that was started with other settings.
    pub fn started_with(test: &TestDb, shop: Shop) -> Self {
        let leptos = leptos::config::LeptosOptions::builder()
            .output_name("onibara")
            .site_root("public")
            .build();
        let clock = Clock::fixed(at("2026-11-24T12:00:00Z"));
        // Weak on purpose: what is tested is who comes in, not how long hashing takes.
        let passwords = Passwords::new(64, 1).unwrap();
        let state = AppState::new(Parts {
            leptos: leptos.clone(),
            db: test.db.clone(),
            clock: clock.clone(),
            shop,
            passwords: passwords.clone(),
            setup_code: Some(SETUP_CODE.to_owned()),
            secure_cookies: true,
            trusted_proxies: vec![PROXY.into()],
            program: Some(env!("CARGO_BIN_EXE_onibara").into()),
        });
        Self {
            router: http::build(&state, &leptos),
            state,
            clock,
            passwords,
            db: test.db.clone(),
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 10 * 1024 * 1024).await.unwrap();
        // Nobody waits for it but tests, which look at it afterwards.
        self.state.by_the_way().ended().await;
        Answer {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.send(
            request(Method::GET, path, cookie, "text/html")
                .body(Body::empty())
                .unwrap(),
        )
        .await
    }

    /// Asks a server function as the hydrated page does: it wants no page back.
    pub async fn ask(&self, path: &str, cookie: Option<&str>) -> Answer {
        let asked = request(Method::GET, path, cookie, "application/json");
        self.send(asked.body(Body::empty()).unwrap()).await
    }

    /// Sends a form as the hydrated page does: it wants no page back.
    pub async fn call(&self, path: &str, form: &str, cookie: Option<&str>) -> Answer {
        self.send(post(path, form, cookie, "application/json")).await
    }

    /// Sends a form as a browser without JavaScript does.
    pub async fn submit(&self, path: &str, form: &str, cookie: Option<&str>) -> Answer {
        self.send(post(path, form, cookie, "text/html")).await
    }

    pub async fn add_user(&self, email: &str, role: Role) {
        let hash = self.passwords.hash(PASSWORD.to_owned()).await.unwrap();
        users::add(&self.db, email, role, &hash, self.clock.now())
            .await
            .unwrap();
    }

    /// Signs in and returns the cookie.
    pub async fn sign_in(&self, email: &str) -> String {
        let form = format!("email={email}&password={}", PASSWORD.replace(' ', "+"));
        self.call("/api/sign_in", &form, None)
            .await
            .cookie()
            .expect("the sign-in sets a cookie")
    }

    /// A session of a user who need not sign in for it.
    pub async fn session(&self, email: &str) -> String {
        let people = people::all(&self.db, self.clock.now()).await.unwrap();
        let id = people.iter().find(|person| person.email == email).unwrap().id;
        let token = token::secret();
        let shown = sessions::Shown {
            user_id: id,
            password_hash: people::password_hash(&self.db, id).await.unwrap().unwrap(),
            second_step: true,
        };
        sessions::start(&self.db, &token::hash(&token), &shown, self.clock.now())
            .await
            .unwrap();
        format!("__Host-onibara={token}")
    }

    /// An owner's cookie.
    pub async fn owner(&self) -> String {
        self.add_user("owner@shop.ng", Role::Owner).await;
        self.sign_in("owner@shop.ng").await
    }
}

pub fn request(method: Method, path: &str, cookie: Option<&str>, accept: &str) -> axum::http::request::Builder {
    let mut builder = Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "shop.test")
        .header("sec-fetch-site", "same-origin")
        .header(header::ACCEPT, accept);
    if let Some(cookie) = cookie {
        builder = builder.header(header::COOKIE, cookie);
    }
    builder
}

fn post(path: &str, form: &str, cookie: Option<&str>, accept: &str) -> Request<Body> {
    request(Method::POST, path, cookie, accept)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, "https://shop.test/login")
        .header(header::CONTENT_LENGTH, form.len())
        .body(Body::from(form.to_owned()))
        .unwrap()
}
