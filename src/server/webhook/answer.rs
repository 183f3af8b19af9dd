//! How a delivery is answered.
//!
//! Whatever is signed is answered with 200, also where it is not taken in: another answer makes the sender try again,
//! and give up on the address in the end. Why it was not taken in stands on the connections page.

use axum::body::Bytes;
use axum::extract::{FromRequest as _, Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::{shopify, signature, woocommerce};
use crate::domain::connection::ShopSystem;
use crate::domain::text;
use crate::error::AppError;
use crate::server::client;
use crate::server::error::ServerError;
use crate::server::state::AppState;
use crate::server::store::hooks::{self, Hook};
use crate::server::store::orders::{self, Delivery, News};
use crate::server::token;

/// The most characters of a topic and of a delivery's name.
const MAX_NAME: usize = 100;

/// What comes of a first delivery that only tries the address.
const PING: &str = "ping";

/// What the headers of a system are called.
struct Names {
    signature: &'static str,
    topic: &'static str,
    delivery: &'static [&'static str],
}

fn names(system: ShopSystem) -> Names {
    match system {
        ShopSystem::WooCommerce => Names {
            signature: "x-wc-webhook-signature",
            topic: "x-wc-webhook-topic",
            delivery: &["x-wc-webhook-delivery-id"],
        },
        ShopSystem::Shopify => Names {
            signature: "x-shopify-hmac-sha256",
            topic: "x-shopify-topic",
            delivery: &["x-shopify-webhook-id", "x-shopify-event-id"],
        },
    }
}

/// Answers WooCommerce.
pub async fn woocommerce(
    State(state): State<AppState>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Response> {
    answer(&state, ShopSystem::WooCommerce, &token, request).await
}

/// Answers Shopify.
pub async fn shopify(
    State(state): State<AppState>,
    Path(token): Path<String>,
    request: Request,
) -> Result<Response, Response> {
    answer(&state, ShopSystem::Shopify, &token, request).await
}

async fn answer(state: &AppState, system: ShopSystem, token: &str, request: Request) -> Result<Response, Response> {
    let answered = take(state, system, token, request).await;
    let outcome = match &answered {
        Ok(outcome) => outcome,
        Err(refusal) => match refusal.status() {
            StatusCode::UNAUTHORIZED => "unsigned",
            StatusCode::NOT_FOUND => "unknown",
            StatusCode::TOO_MANY_REQUESTS => "slowed",
            status if status.is_server_error() => "failed",
            _ => "unreadable",
        },
    };
    state.metrics().delivered(system.as_str(), outcome);
    answered.map(|outcome| match outcome {
        PING => StatusCode::OK.into_response(),
        outcome => (StatusCode::OK, outcome).into_response(),
    })
}

/// Takes a delivery in, and says what came of it.
async fn take(state: &AppState, system: ShopSystem, token: &str, request: Request) -> Result<&'static str, Response> {
    let address = client::address(request.extensions());
    let known = text::clean(token) == token;
    let hook = if known {
        hooks::find(state.db(), system, token).await.map_err(failed)?
    } else {
        None
    };
    let Some(hook) = hook else {
        state.programs().refused(address).map_err(slow)?;
        return Err((StatusCode::NOT_FOUND, "There is no shop at this address.").into_response());
    };
    state.programs().delivery(hook.id).map_err(slow)?;
    let headers = request.headers().clone();
    let body = Bytes::from_request(request, state).await;
    let body = body.map_err(IntoResponse::into_response)?;
    if system == ShopSystem::WooCommerce && woocommerce::is_ping(&body) {
        return Ok(PING);
    }
    let signed = named(&headers, names(system).signature);
    if !signed.is_some_and(|signed| signature::is_of(signed, &body, &hook.secret)) {
        state.programs().refused(address).map_err(slow)?;
        return Err((StatusCode::UNAUTHORIZED, "The signature is not that of this body.").into_response());
    }
    let delivery = delivery(state, hook, &headers, &body);
    let landed = orders::deliver(state.db(), delivery).await.map_err(failed)?;
    Ok(landed.result)
}

fn delivery(state: &AppState, hook: Hook, headers: &HeaderMap, body: &[u8]) -> Delivery {
    let (shop, now) = (state.shop(), state.clock().now());
    let topic = named(headers, names(hook.system).topic).unwrap_or_default();
    let news = match hook.system {
        _ if hook.paused => News::Nothing {
            number: String::new(),
            result: "paused",
            reason: "The connection is paused.".to_owned(),
        },
        ShopSystem::WooCommerce => woocommerce::read(topic, body, &shop, now),
        ShopSystem::Shopify => shopify::read(topic, body, &shop, now),
    };
    let name = names(hook.system).delivery.iter().find_map(|name| named(headers, name));
    // Whoever sends no name is known by what they send.
    let name = name.map_or_else(|| token::hash(&String::from_utf8_lossy(body)), short);
    Delivery {
        hook_id: hook.id,
        name,
        topic: short(topic),
        at: now,
        news,
    }
}

fn short(text: &str) -> String {
    text.chars().take(MAX_NAME).collect()
}

fn named<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let value = headers.get(name)?.to_str().ok()?;
    (!value.is_empty()).then_some(value)
}

fn failed(error: ServerError) -> Response {
    let answer = AppError::from(error);
    let status = StatusCode::from_u16(answer.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, answer.to_string()).into_response()
}

fn slow(seconds: u64) -> Response {
    let answer = AppError::SlowDown { seconds };
    let headers = [(header::RETRY_AFTER, seconds.to_string())];
    (StatusCode::TOO_MANY_REQUESTS, headers, answer.to_string()).into_response()
}
