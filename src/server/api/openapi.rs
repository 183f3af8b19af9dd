//! The document that describes the API, made of the code that serves it.

use std::sync::LazyLock;

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use utoipa::OpenApi;
use utoipa::openapi::header::HeaderBuilder;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, InfoBuilder, OpenApi as Document, Ref, ResponseBuilder, ServerBuilder};

use super::problem::{self, FieldError, Problem};
use super::router;

/// What is the same for all routes.
#[derive(OpenApi)]
#[openapi(components(schemas(Problem, FieldError)))]
struct Heading;

/// Returns the document without its routes.
pub fn heading() -> Document {
    let mut document = Heading::openapi();
    document.info = InfoBuilder::new()
        .title("Onibara")
        .version("1")
        .description(Some(
            "Orders in and out, customers out. Make a key under Settings, Connections, and send it as \
             Authorization: Bearer onb_… Every refusal is a problem as of RFC 9457.",
        ))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url(router::ROOT).build()]);
    if let Some(components) = document.components.as_mut() {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.description = Some("A key of the shop, which begins with onb_.".to_owned());
        components.add_security_scheme("key", SecurityScheme::Http(scheme));
    }
    document
}

/// Returns the document.
pub fn document() -> Document {
    let mut document = router::guarded().into_openapi();
    document.paths.paths.values_mut().for_each(add_refusals);
    document.merge(router::open().into_openapi());
    document
}

/// This document.
#[utoipa::path(
    get, path = "/openapi.json", operation_id = "get_document", tag = "document",
    responses((status = 200, description = "This document.", body = serde_json::Value)),
    security(())
)]
pub async fn serve() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(|| document().to_json().unwrap_or_default());
    let media_type = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, media_type)], TEXT.as_str())
}

/// Adds what every route of its kind may refuse.
fn add_refusals(item: &mut PathItem) {
    let operations = [
        &mut item.get,
        &mut item.post,
        &mut item.patch,
        &mut item.put,
        &mut item.delete,
    ];
    for operation in operations.into_iter().flatten() {
        for (status, description) in [
            ("400", "The address or the body cannot be read."),
            ("401", "There is no key, or none that is in force."),
            ("403", "The key has not the scope."),
            ("422", "Fields cannot be taken: errors names them."),
            ("429", "Too many requests."),
            ("500", "Something failed."),
            ("503", "The shop's data cannot be reached."),
        ] {
            refuse(operation, status, description);
        }
        if operation.request_body.is_some() {
            refuse(operation, "409", "A copy of this request is still being worked on.");
            refuse(operation, "413", "The body is too large.");
            refuse(operation, "415", "The body is not JSON.");
        }
    }
}

fn refuse(operation: &mut Operation, status: &str, description: &str) {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    let response = ResponseBuilder::new()
        .description(description)
        .content(problem::MEDIA_TYPE, content);
    let text = |kind| {
        HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(kind)))
            .build()
    };
    let response = match status {
        "401" => response.header("WWW-Authenticate", text(Type::String)),
        "409" | "429" | "503" => response.header("Retry-After", text(Type::Integer)),
        _ => response,
    };
    operation
        .responses
        .responses
        .entry(status.to_owned())
        .or_insert_with(|| response.build().into());
}
