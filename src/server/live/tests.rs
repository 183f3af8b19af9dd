use std::sync::atomic::{AtomicBool, Ordering};

use futures::{FutureExt as _, StreamExt as _};
use tokio::time::Instant;

use super::*;

struct Shop {
    seen: watch::Sender<Seen>,
    stopped: watch::Sender<bool>,
    signed_in: Arc<AtomicBool>,
}

impl Shop {
    fn open() -> Self {
        Self {
            seen: watch::Sender::new(seen(1)),
            stopped: watch::Sender::default(),
            signed_in: Arc::new(AtomicBool::new(true)),
        }
    }

    fn stream(&self) -> impl Stream<Item = Seen> + Send + Unpin + use<> {
        let signed_in = Arc::clone(&self.signed_in);
        let telling = Telling {
            seen: self.seen.subscribe(),
            stopped: self.stopped.subscribe(),
            alive: move || std::future::ready(signed_in.load(Ordering::Relaxed)),
            looks: 0,
            _place: None,
        };
        Box::pin(telling.stream())
    }
}

fn seen(orders: i64) -> Seen {
    Seen {
        id: orders.to_string(),
        orders,
    }
}

#[tokio::test(start_paused = true)]
async fn how_things_stand_is_said_first_and_again_where_nothing_happens() {
    let shop = Shop::open();
    let mut stream = shop.stream();
    assert_eq!(stream.next().await, Some(seen(1)));
    let began = Instant::now();
    assert_eq!(stream.next().await, Some(seen(1)));
    assert_eq!(began.elapsed(), RECHECK * BEAT);
}

#[tokio::test(start_paused = true)]
async fn a_slow_reader_gets_the_last_word_only() {
    let shop = Shop::open();
    let mut stream = shop.stream();
    for orders in 2..1_000 {
        shop.seen.send_replace(seen(orders));
    }
    assert_eq!(stream.next().await, Some(seen(999)));
    assert_eq!(stream.next().now_or_never(), None);
}

#[tokio::test(start_paused = true)]
async fn who_is_signed_out_is_told_nothing_more_and_left_within_five_seconds() {
    let shop = Shop::open();
    let mut stream = shop.stream();
    assert_eq!(stream.next().await, Some(seen(1)));
    shop.signed_in.store(false, Ordering::Relaxed);
    let began = Instant::now();
    assert_eq!(stream.next().await, None);
    assert!(began.elapsed() < Duration::from_secs(5));

    shop.signed_in.store(true, Ordering::Relaxed);
    let mut stream = shop.stream();
    assert_eq!(stream.next().await, Some(seen(1)));
    shop.signed_in.store(false, Ordering::Relaxed);
    shop.seen.send_replace(seen(2));
    assert_eq!(stream.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_server_that_stops_ends_the_streams() {
    let shop = Shop::open();
    let mut stream = shop.stream();
    assert_eq!(stream.next().await, Some(seen(1)));
    shop.stopped.send_replace(true);
    assert_eq!(stream.next().now_or_never(), Some(None));
}
