//! The network address that a request comes from.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{Extensions, HeaderMap};
use axum::middleware::Next;
use axum::response::Response;

use super::state::AppState;

/// Where a proxy says whom it has asked for.
const FORWARDED: &str = "x-forwarded-for";

/// The address of whoever sent a request, put beside it by [`identify`].
#[derive(Clone, Copy)]
struct Client(IpAddr);

/// Finds out where a request comes from, before anything else sees it.
pub async fn identify(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |info| info.0.ip());
    let client = client(peer, request.headers(), state.trusted_proxies());
    request.extensions_mut().insert(Client(client));
    next.run(request).await
}

/// The network address that a request with these extensions came from.
pub fn address(extensions: &Extensions) -> IpAddr {
    let client = extensions.get::<Client>();
    client.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |client| client.0)
}

/// Goes from a trusted proxy to whom it has asked for, and on where that is a trusted one too. What stands before the
/// first that is not trusted, anybody may have written.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    let said = headers.get_all(FORWARDED).iter();
    let said: Vec<&str> = said
        .flat_map(|value| value.to_str().unwrap_or("?").split(','))
        .collect();
    let mut said = said.into_iter().rev();
    while trusted.contains(&client) {
        match said.next().and_then(read) {
            Some(before) => client = before,
            None => break,
        }
    }
    client
}

/// Reads an address, with a port or without.
fn read(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let bare = text.parse().ok();
    let address = bare.or_else(|| text.parse::<SocketAddr>().ok().map(|address| address.ip()))?;
    Some(address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(peer: &str, said: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in said {
            headers.append(FORWARDED, line.parse().unwrap());
        }
        let trusted: Vec<IpAddr> = trusted.iter().map(|one| one.parse().unwrap()).collect();
        client(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn nobody_but_a_trusted_proxy_is_believed() {
        assert_eq!(of("203.0.113.7", &["198.51.100.1"], &[]), "203.0.113.7");
        assert_eq!(of("203.0.113.7", &["198.51.100.1"], &["127.0.0.1"]), "203.0.113.7");
        assert_eq!(of("127.0.0.1", &["198.51.100.1"], &["127.0.0.1"]), "198.51.100.1");
        assert_eq!(
            of("::ffff:127.0.0.1", &["198.51.100.1"], &["127.0.0.1"]),
            "198.51.100.1"
        );
    }

    #[test]
    fn the_last_entry_that_is_no_proxy_is_the_address() {
        let trusted = ["127.0.0.1", "10.0.0.2"];
        assert_eq!(of("127.0.0.1", &["192.0.2.66, 198.51.100.1"], &trusted), "198.51.100.1");
        assert_eq!(
            of("127.0.0.1", &["192.0.2.66", "198.51.100.1, 10.0.0.2"], &trusted),
            "198.51.100.1"
        );
        assert_eq!(of("127.0.0.1", &["10.0.0.2"], &trusted), "10.0.0.2");
        assert_eq!(of("127.0.0.1", &["[2001:db8::1]:4711"], &trusted), "2001:db8::1");
    }

    #[test]
    fn what_is_no_address_ends_the_way() {
        assert_eq!(of("127.0.0.1", &[], &["127.0.0.1"]), "127.0.0.1");
        for said in ["", "unknown", "198.51.100.1, for=x", "198.51.100.1,"] {
            assert_eq!(of("127.0.0.1", &[said], &["127.0.0.1"]), "127.0.0.1", "{said}");
        }
    }
}
