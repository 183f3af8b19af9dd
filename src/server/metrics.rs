//! What the server counts, for Prometheus. No label holds anything that a person has typed.

use std::time::Duration;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::state::AppState;

/// The media type of [`Metrics::text`].
pub const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// The upper ends of the ranges that answers are counted in, in seconds.
const SECONDS: [f64; 12] = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Of {
    route: String,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Delivered {
    system: &'static str,
    outcome: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Because {
    reason: &'static str,
}

#[derive(Clone, Debug, Hash, PartialEq, Eq, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

/// Why a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// The address and what was given with it do not go together.
    Credentials,
    /// The code of the second step is none.
    Code,
    /// Too many were tried.
    Limit,
}

/// The counts of a server process.
pub struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Family<Of, Histogram, fn() -> Histogram>,
    sign_ins_refused: Family<Because, Counter>,
    deliveries: Family<Delivered, Counter>,
    gauges: Gauges,
}

/// What is looked at when somebody asks.
#[derive(Default)]
struct Gauges {
    connections: Family<Connections, Gauge>,
    customers: Gauge,
    orders: Gauge,
    behind: Gauge,
    ready: Gauge,
    streams: Gauge,
    exports: Gauge,
    imports: Gauge,
    memory: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("onibara");
        let seconds = Family::new_with_constructor((|| Histogram::new(SECONDS)) as fn() -> Histogram);
        let (answered, sign_ins_refused, deliveries) = (Family::default(), Family::default(), Family::default());
        registry.register(
            "http_requests",
            "Requests that were answered, by route, method and kind of status",
            answered.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "How long it took until an answer began",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register(
            "sign_ins_refused",
            "Sign-ins that were refused",
            sign_ins_refused.clone(),
        );
        registry.register(
            "webhook_deliveries",
            "Deliveries of shop systems, by what came of them",
            deliveries.clone(),
        );
        Self {
            gauges: Gauges::of(&mut registry),
            registry,
            answered,
            seconds,
            sign_ins_refused,
            deliveries,
        }
    }
}

impl Gauges {
    fn of(registry: &mut Registry) -> Self {
        let gauges = Self::default();
        registry.register(
            "database_connections",
            "Connections to the database, by pool",
            gauges.connections.clone(),
        );
        for (name, help, gauge) in [
            ("finder_customers", "Customers in memory", &gauges.customers),
            ("finder_orders", "Orders in memory", &gauges.orders),
            (
                "finder_behind_changes",
                "Changes in the log that are not in memory yet",
                &gauges.behind,
            ),
            ("finder_ready", "Whether lists answer at once", &gauges.ready),
            ("live_streams", "Open pages that hear of changes", &gauges.streams),
            ("exports_running", "Exports that are being written", &gauges.exports),
            ("imports_running", "Imports that this process works on", &gauges.imports),
        ] {
            registry.register(name, help, gauge.clone());
        }
        registry.register_with_unit(
            "resident_memory",
            "Memory of the process, most of it the finder's",
            Unit::Bytes,
            gauges.memory.clone(),
        );
        gauges
    }
}

impl Metrics {
    /// Counts an answer. `route` is a template or one of few names.
    pub fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let answered = Answered {
            method,
            route: route.to_owned(),
            status: class(status),
        };
        self.answered.get_or_create(&answered).inc();
        let of = Of { route: answered.route };
        self.seconds.get_or_create(&of).observe(took.as_secs_f64());
    }

    /// Counts a sign-in that was refused.
    pub fn sign_in_refused(&self, why: Refused) {
        let reason = match why {
            Refused::Credentials => "credentials",
            Refused::Code => "code",
            Refused::Limit => "limit",
        };
        self.sign_ins_refused.get_or_create(&Because { reason }).inc();
    }

    /// Counts a delivery of a shop system.
    pub fn delivered(&self, system: &'static str, outcome: &'static str) {
        self.deliveries.get_or_create(&Delivered { system, outcome }).inc();
    }

    /// Looks at what has a value at this moment, and writes everything down.
    pub async fn text(&self, state: &AppState) -> String {
        self.gauges.look(state).await;
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            tracing::error!("the metrics could not be written");
        }
        text
    }
}

impl Gauges {
    async fn look(&self, state: &AppState) {
        for (pool, size, idle) in state.db().connections() {
            for (state, count) in [("idle", idle), ("busy", size.saturating_sub(idle))] {
                let of = Connections { pool, state };
                self.connections.get_or_create(&of).set(whole(count));
            }
        }
        self.ready.set(i64::from(state.finder().is_ready()));
        // While it loads, and where the database is away, the last values stand.
        if let Some(figures) = state.finder().figures().await {
            self.customers.set(figures.customers);
            self.orders.set(figures.orders);
            self.behind.set(figures.behind);
        }
        self.streams.set(whole(state.live().listeners()));
        self.exports.set(whole(state.exports().running()));
        self.imports.set(whole(state.jobs().running()));
        if let Some(bytes) = resident_memory() {
            self.memory.set(bytes);
        }
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn class(status: u16) -> &'static str {
    match status {
        0..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// The memory that the process has in use; Linux says so.
fn resident_memory() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: i64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kilobytes * 1_024)
}
