//! Requests that count once, however often they are sent.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use sha2::{Digest as _, Sha256};

use super::answer::Reply;
use super::problem::Problem;
use crate::server::db::detached;
use crate::server::guard::{ApiActor, Refusal};
use crate::server::store::idempotency::{Request, Standing};
use crate::server::token;

/// The header that names a request.
const NAME: HeaderName = HeaderName::from_static("idempotency-key");
/// The header of an answer that was given before.
const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");
/// The most characters of a name.
const MAX_NAME: usize = 255;
/// How long a copy waits between two looks at the one that is being worked on.
const PAUSE: Duration = Duration::from_millis(40);
/// How often it looks before it is told to come back: for twenty seconds.
const LOOKS: u32 = 500;

/// What a request says, and the name that its sender has given it.
pub struct Asked {
    name: Option<String>,
    hash: String,
}

impl Asked {
    /// Reads the name and takes the hash.
    pub fn new(method: &Method, path: &str, headers: &HeaderMap, body: &[u8]) -> Result<Self, Problem> {
        let name = headers.get(NAME).map(|name| name.to_str().unwrap_or_default());
        let fits =
            |name: &str| (1..=MAX_NAME).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_graphic());
        if name.is_some_and(|name| !fits(name)) {
            let detail = "The header Idempotency-Key takes 1 to 255 visible characters of ASCII.";
            return Err(Problem::new(StatusCode::BAD_REQUEST, detail));
        }
        let said = Sha256::new()
            .chain_update(format!("{method} {path}\n"))
            .chain_update(body);
        Ok(Self {
            name: name.map(str::to_owned),
            hash: token::hex(&said.finalize()),
        })
    }
}

/// Does a request, or gives the answer that a copy of it was given.
///
/// It is done to its end also where its sender goes away: whoever comes back finds the answer. Where the server dies in
/// between, the next copy does it again, which changes nothing that was done.
pub async fn once(
    actor: ApiActor,
    asked: Asked,
    work: impl Future<Output = Result<Reply, Problem>> + Send + 'static,
) -> Response {
    let done = detached(async move {
        let Some(name) = asked.name else {
            return Ok((work.await.unwrap_or_else(Reply::from), false));
        };
        let request = actor.request(name, asked.hash);
        match wait(&actor, &request).await? {
            Standing::Yours => {
                let reply = work.await.unwrap_or_else(Reply::from);
                actor.ended(request, reply.status.as_u16(), &reply.body).await?;
                Ok((reply, false))
            }
            Standing::Answered(status, body) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Ok((Reply { status, body }, true))
            }
            Standing::Other => Err(Problem::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "This Idempotency-Key was used for another request. Take a new one for each request.",
            )),
            Standing::Running | Standing::Unknown => Err(Problem {
                retry_after: Some(2),
                ..Problem::new(
                    StatusCode::CONFLICT,
                    "A copy of this request is still being worked on. Send it again in a moment.",
                )
            }),
        }
    })
    .await;
    match done {
        Ok((reply, false)) => reply.into_response(),
        Ok((reply, true)) => ([(REPLAYED, HeaderValue::from_static("true"))], reply).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// Waits as long as a copy is being worked on.
async fn wait(actor: &ApiActor, request: &Request) -> Result<Standing, Refusal> {
    let mut standing = actor.begin(request).await?;
    for _ in 0..LOOKS {
        standing = match standing {
            Standing::Running => {
                tokio::time::sleep(PAUSE).await;
                actor.standing(request).await?
            }
            // Whoever had begun it has given it up.
            Standing::Unknown => actor.begin(request).await?,
            settled => return Ok(settled),
        };
    }
    Ok(standing)
}
