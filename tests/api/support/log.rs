//! The log of the service, in all of this program: kept for who asks for it. Texts that are not there or lack an argument
//! are failures as soon as the log tells of one: the service itself goes on with what there is of them.

use std::{
    fmt,
    io::{self, Write},
    sync::{
        Mutex, Once,
        atomic::{AtomicBool, Ordering},
    },
};

use tracing::{
    Event, Level, Subscriber,
    field::{Field, Visit},
    level_filters::LevelFilter,
};
use tracing_subscriber::{
    Layer,
    filter::{dynamic_filter_fn, filter_fn},
    fmt::layer,
    layer::{Context, SubscriberExt},
};

static KEEPING: AtomicBool = AtomicBool::new(false);
static KEPT: Mutex<Vec<u8>> = Mutex::new(Vec::new());

/// From now on.
pub fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let faults = filter_fn(|of| of.is_event() && of.target() == "prostor::catalogue");
        let kept = dynamic_filter_fn(|of, _| *of.level() <= Level::DEBUG && KEEPING.load(Ordering::Relaxed));
        let log = tracing_subscriber::registry()
            .with(Faults.with_filter(faults.with_max_level_hint(LevelFilter::ERROR)))
            .with(layer().with_writer(|| Kept).with_filter(kept.with_max_level_hint(LevelFilter::DEBUG)));
        tracing::subscriber::set_global_default(log).unwrap();
    });
}

/// Keeps all that is logged from now on.
pub fn keep() {
    listen();
    KEEPING.store(true, Ordering::Relaxed);
}

/// What was kept so far.
pub fn kept() -> String {
    String::from_utf8_lossy(&KEPT.lock().unwrap()).into_owned()
}

struct Kept;

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        KEPT.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct Faults;

impl<S: Subscriber> Layer<S> for Faults {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut words = Words(String::new());
        event.record(&mut words);
        panic!("{}", words.0);
    }
}

struct Words(String);

impl Visit for Words {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = format!("{value:?}");
        }
    }
}

#[test]
#[should_panic(expected = "the text none in en is broken: there is no such text")]
fn a_text_that_is_not_there_is_a_failure() {
    listen();
    prostor::catalogue::text(prostor::domain::locale::Locale::En, "none", &[]);
}
