//! `--timings`: prints the duration of each stage and the use of the cache on standard error.

use std::{
    fmt,
    io::Write as _,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id},
    subscriber::{self, Interest},
};
use tracing_subscriber::{
    layer::{Context, Layer, SubscriberExt as _},
    registry::LookupSpan,
};

use super::{Common, runner};
use crate::base::text::Printable;

/// Collects archlint's own spans and events.
#[derive(Debug, Clone, Default)]
pub struct Recorder(Arc<Mutex<Record>>);

#[derive(Debug, Default)]
struct Record {
    /// The spans that were closed, in that order.
    stages: Vec<(&'static str, Duration)>,
    /// The events, each message once: several stages open the same cache.
    messages: Vec<String>,
}

impl Recorder {
    /// A subscriber that reports to this recorder.
    pub fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        tracing_subscriber::registry().with(self.clone())
    }

    /// Takes the names and durations of the spans that were closed since the last call.
    pub fn take_stages(&self) -> Vec<(&'static str, Duration)> {
        std::mem::take(&mut self.record().stages)
    }

    fn record(&self) -> MutexGuard<'_, Record> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Recorder {
    /// Disables the spans of other crates, so that these cost nothing.
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        if metadata.target().starts_with("archlint") { Interest::always() } else { Interest::never() }
    }

    fn on_new_span(&self, _: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(Instant::now());
        }
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut message = Message(String::new());
        event.record(&mut message);
        let topic = event.metadata().target().trim_start_matches("archlint::");
        let line = format!("{topic}: {}", message.0);
        let mut record = self.record();
        if !record.messages.contains(&line) {
            record.messages.push(line);
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        let Some(span) = context.span(&id) else { return };
        if let Some(started) = span.extensions().get::<Instant>() {
            self.record().stages.push((span.name(), started.elapsed()));
        }
    }
}

/// The text of an event.
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

/// The recording of one command.
pub(super) struct Recording {
    recorder: Recorder,
    started: Instant,
    timings: bool,
}

/// Starts to record, if the user asked for timings or messages.
pub(super) fn start(common: &Common) -> Option<Recording> {
    if !common.timings && !common.verbose {
        return None;
    }
    let recorder = Recorder::default();
    // This fails only if a subscriber is already set, as in a test that runs two commands in one
    // process.
    let _ = subscriber::set_global_default(recorder.subscriber());
    Some(Recording { recorder, started: Instant::now(), timings: common.timings })
}

impl Recording {
    /// Prints the record.
    pub(super) fn print(&self) {
        let mut err = runner::errors();
        let stages = self.recorder.take_stages();
        let total = [("in all", self.started.elapsed())];
        for (stage, time) in stages.into_iter().chain(total).filter(|_| self.timings) {
            // A closed standard error is no failure of the command.
            let _ = writeln!(err, "{stage:<24}{:>9.1} ms", time.as_secs_f64() * 1000.0);
        }
        for message in &self.recorder.record().messages {
            let _ = writeln!(err, "{}", Printable(message));
        }
    }
}
