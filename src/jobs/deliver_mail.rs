//! Sends what the outbox holds: claimed by lease, composed and sent outside any transaction.
//!
//! One thread leases, several send, so that one slow address holds up one of them. At least once: a
//! node that dies after sending leaves the lease to run out (on SQLite: to be ended at the next start), and the
//! repetition has the same Message-ID.

use std::{
    io,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    thread::JoinHandle,
    time::Duration,
};

use super::{
    bell::{Bell, Woken},
    spawn,
};
use crate::{
    app::{
        App,
        delivery::{self, Attempt, LEASE, Letter},
        notify::is_nobodys,
    },
    domain::locale::Locale,
    mail::{
        compose::{self, Composed, Recipient},
        transport::Transport,
    },
    metrics::Metrics,
};

/// The outbox is looked at so often even when nobody rings: for retries, and for other nodes' mails.
const POLL: Duration = Duration::from_secs(5);
/// No attempt takes longer, seconds: ten exchanges with a server, 30 s each.
const LONGEST_ATTEMPT: i64 = 300;

/// How this node sends mail.
#[derive(Clone)]
pub struct Post {
    pub transport: Transport,
    pub from: compose::Sender,
    /// The right side of Message-IDs.
    pub host: String,
}

impl Post {
    /// A file is written at once; a server takes its time over each mail.
    fn senders(&self) -> usize {
        if self.transport.folder().is_some() { 2 } else { 8 }
    }
}

struct Delivery {
    app: Arc<App>,
    post: Post,
    metrics: Arc<Metrics>,
    bell: Arc<Bell>,
    /// Leased and not yet settled.
    in_hand: AtomicUsize,
}

type Queue = Mutex<Receiver<Letter>>;

pub(super) fn start(
    app: &Arc<App>,
    post: Post,
    metrics: &Arc<Metrics>,
    bell: &Arc<Bell>,
) -> io::Result<Vec<JoinHandle<()>>> {
    let senders = post.senders();
    let (give, take) = mpsc::channel();
    let take = Arc::new(Mutex::new(take));
    let delivery = Arc::new(Delivery {
        app: app.clone(),
        post,
        metrics: metrics.clone(),
        bell: bell.clone(),
        in_hand: AtomicUsize::new(0),
    });
    let mut threads = Vec::new();
    for _ in 0..senders {
        let (delivery, take) = (delivery.clone(), take.clone());
        threads.push(spawn("prostor-sender", move || delivery.send_all(&take))?);
    }
    threads.push(spawn("prostor-mail", move || delivery.lease_all(&give, senders))?);
    Ok(threads)
}

impl Delivery {
    /// Keeps the senders in work; ends when told to, and they with it once nothing is in hand.
    fn lease_all(&self, give: &Sender<Letter>, senders: usize) {
        match delivery::recover(&self.app) {
            Ok(0) => {}
            Ok(mails) => {
                tracing::info!(mails, "{mails} mails that were in hand when the service ended go out now");
            }
            Err(error) => tracing::error!(error = ?error, "leases can't be taken back: {error:?}"),
        }
        loop {
            let room = (4 * senders).saturating_sub(self.in_hand.load(Ordering::SeqCst));
            // Fetched by the handful: a transaction for each would cost as much as the sending.
            let full = room > 2 * senders && self.lease(give, room) == room;
            if !full && self.bell.wait(POLL) == Woken::Stopping {
                return;
            }
        }
    }

    fn lease(&self, give: &Sender<Letter>, room: usize) -> usize {
        let leased = delivery::lease(&self.app, room).unwrap_or_else(|error| {
            tracing::error!(error = ?error, "the outbox can't be read: {error:?}");
            Vec::new()
        });
        self.in_hand.fetch_add(leased.len(), Ordering::SeqCst);
        let count = leased.len();
        for letter in leased {
            if give.send(letter).is_err() {
                tracing::error!("all senders have ended");
            }
        }
        count
    }

    fn send_all(&self, take: &Queue) {
        loop {
            let letter = take.lock().unwrap_or_else(PoisonError::into_inner).recv();
            let Ok(letter) = letter else { return };
            // A thread that ended would be missed for ever, and its letter counted as in hand.
            if catch_unwind(AssertUnwindSafe(|| self.attempt(&letter))).is_err() {
                let kind = &letter.kind;
                tracing::error!(message.id = %letter.id, "sending a mail of kind {kind} panicked");
                self.metrics.mail("panicked");
            }
            self.in_hand.fetch_sub(1, Ordering::SeqCst);
            self.bell.ring();
        }
    }

    fn attempt(&self, letter: &Letter) {
        if self.app.now() > letter.leased_at.plus(LEASE - LONGEST_ATTEMPT) {
            // It waited in hand for so long that another node may send it before we are done.
            return;
        }
        let attempt = self.send(letter);
        let outcome = match &attempt {
            Attempt::Sent => "sent",
            Attempt::Failed(_) if letter.is_last() => "dead",
            Attempt::Failed(_) => "retried",
            Attempt::Refused(_) => "dead",
        };
        let kind = &letter.kind;
        match &attempt {
            Attempt::Sent => tracing::debug!(message.id = %letter.id, "sent a mail of kind {kind}"),
            Attempt::Failed(why) | Attempt::Refused(why) => {
                let why = delivery::discreet(why, letter);
                tracing::warn!(message.id = %letter.id, outcome, "a mail of kind {kind} was not sent ({outcome}): {why}");
            }
        }
        self.metrics.mail(outcome);
        if let Err(error) = delivery::settle(&self.app, letter, attempt) {
            // The lease runs out and it is sent again under the same Message-ID.
            tracing::error!(message.id = %letter.id, error = ?error, "a mail's outcome was not recorded: {error:?}");
        }
    }

    fn send(&self, letter: &Letter) -> Attempt {
        let mail = match self.compose(letter) {
            Ok(mail) => mail,
            Err(why) => return Attempt::Refused(why),
        };
        // Written to keep a secret (`accounts::ticket`), and for nobody.
        if is_nobodys(&letter.to_email) {
            return Attempt::Sent;
        }
        match self.post.transport.send(&mail) {
            Ok(()) => Attempt::Sent,
            Err(error) if error.is_permanent() => Attempt::Refused(error.to_string()),
            Err(error) => Attempt::Failed(error.to_string()),
        }
    }

    fn compose(&self, letter: &Letter) -> Result<Composed, String> {
        let notice = serde_json::from_str(&letter.payload).map_err(|error| error.to_string())?;
        let locale = Locale::ALL.into_iter().find(|locale| locale.tag() == letter.locale);
        let locale = locale.ok_or_else(|| format!("no such language: {}", letter.locale))?;
        let to = Recipient { name: letter.to_name.clone(), email: letter.to_email.clone(), locale };
        let id = format!("{}@{}", letter.id, self.post.host);
        compose::compose(&notice, &to, &self.post.from, &id, letter.created_at)
            .map_err(|error| error.to_string())
    }
}
