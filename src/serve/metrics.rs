//! `/metrics`: what the daemon has counted, and how the installation is at the moment.

use hyper::header::HeaderMap;

use super::{SiteState, negotiate};
use crate::clock;
use crate::control::StatusRecord;
use crate::machine::Process;
use crate::metrics::{Installation, Now, Syntax};

/// The type and the text of the answer. Clients that name OpenMetrics get it, all others get the older text of Prometheus. If the
/// database cannot be read, the numbers that come from it are left out.
pub(super) async fn text(site: &SiteState, headers: &HeaderMap) -> (&'static str, String) {
    let is_open = negotiate::accepts(headers, "application/openmetrics-text");
    let syntax = if is_open { Syntax::OpenMetrics } else { Syntax::Prometheus };
    let installation = match site.status.get().await {
        Ok(whole) => Some(installation(&whole.record)),
        Err(error) => {
            tracing::debug!(%error, "the metrics of the database could not be made");
            None
        }
    };
    let now = Now {
        installation,
        store: site.store.writer_load(),
        subscriptions: site.hub.tally(),
        is_configured: site.health.refusal().is_none(),
        is_ready: site.health.readiness(clock::now()).is_ok(),
        process: Process::read(),
    };
    (syntax.content_type(), site.metrics.text(now, syntax))
}

fn installation(record: &StatusRecord) -> Installation {
    Installation {
        sources: record.sources,
        late_seconds: record.late_seconds,
        store: record.store,
        incidents: record.incidents.len() as u64,
        paused_sites: record.paused.len() as u64,
    }
}
