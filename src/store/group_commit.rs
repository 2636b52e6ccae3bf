//! SQLite's one writer thread with group commit: what waits together commits together.
//!
//! A bounded queue; per batch `BEGIN IMMEDIATE`, a savepoint per job, one durable COMMIT, then the
//! answers. A job that fails or panics goes back to its savepoint; a failed COMMIT fails the batch.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Mutex,
        mpsc::{self, Receiver, SyncSender, TrySendError},
    },
    thread::JoinHandle,
};

use super::{
    db::{ReadTx, Wake, WriteTx, Writing},
    dialect::{self, Access, Target},
    error::{FromStore, StoreError},
};

/// More than this in one batch would make the first wait long for the last.
const BATCH: usize = 256;

type Answer = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

struct Job {
    run: Box<dyn FnOnce(&mut ReadTx) -> Ran + Send>,
    /// Tells the asker that it was not even begun.
    refuse: Box<dyn FnOnce(StoreError) + Send>,
}

enum Task {
    /// One of those that are committed together.
    Job(Job),
    /// What can't run inside a transaction.
    Alone(Box<dyn FnOnce(&mut ReadTx) + Send>),
}

struct Ran {
    answer: Answer,
    queued_mail: bool,
    /// Its savepoint could not be ended: SQLite has given up the whole transaction (a full disk, a failed
    /// write), and no other job may run in what is left of it.
    lost: bool,
}

/// The handle to the writer thread.
pub(super) struct Writer {
    queue: Mutex<Option<SyncSender<Task>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Writer {
    pub(super) fn start(
        target: &Target,
        access: Access,
        queue: usize,
        wake: Wake,
    ) -> Result<Self, StoreError> {
        let connection = dialect::connect(target, access)
            .map_err(|error| StoreError::Busy(format!("the database can't be opened: {error}")))?;
        let (sender, receiver) = mpsc::sync_channel::<Task>(queue);
        let thread = std::thread::Builder::new()
            .name("prostor-writer".to_owned())
            .spawn(move || run(&mut ReadTx::new(connection), &receiver, &wake))
            .map_err(|error| StoreError::Busy(error.to_string()))?;
        Ok(Self { queue: Mutex::new(Some(sender)), thread: Mutex::new(Some(thread)) })
    }

    pub(super) fn write<T, E, F>(&self, name: &'static str, f: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: FromStore,
        F: Fn(&mut WriteTx) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = mpsc::sync_channel::<Result<T, E>>(1);
        let refused = reply.clone();
        let run = Box::new(move |read: &mut ReadTx| {
            let (outcome, queued_mail, lost) = in_savepoint(name, read, &f);
            let answer: Answer = Box::new(move |committed| {
                let outcome = committed.map_err(E::from).and(outcome);
                // The asker may have gone away; what was committed stays committed.
                drop(reply.send(outcome));
            });
            Ran { answer, queued_mail, lost }
        });
        // The asker may have gone away.
        let refuse = Box::new(move |why: StoreError| drop(refused.send(Err(why.into()))));
        self.send(Task::Job(Job { run, refuse }))?;
        answer.recv().map_err(|_| StoreError::OutcomeUnknown("the writer stopped".to_owned()))?
    }

    /// Runs `f` between two batches, outside of any transaction; what waits waits on.
    pub(super) fn alone<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut ReadTx) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (reply, answer) = mpsc::sync_channel(1);
        // The asker may have gone away.
        self.send(Task::Alone(Box::new(move |read| drop(reply.send(f(read))))))?;
        answer.recv().map_err(|_| StoreError::OutcomeUnknown("the writer stopped".to_owned()))?
    }

    fn send(&self, task: Task) -> Result<(), StoreError> {
        self.sender()?.try_send(task).map_err(|error| match error {
            TrySendError::Full(_) => StoreError::Busy("too many writes are waiting".to_owned()),
            TrySendError::Disconnected(_) => StoreError::Busy("the writer has stopped".to_owned()),
        })
    }

    fn sender(&self) -> Result<SyncSender<Task>, StoreError> {
        let queue = self.queue.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        queue.clone().ok_or_else(|| StoreError::Busy("the writer has stopped".to_owned()))
    }

    /// Refuses new jobs, finishes those accepted, ends the thread.
    pub(super) fn stop(&self) {
        let ignore_poison = std::sync::PoisonError::into_inner;
        drop(self.queue.lock().unwrap_or_else(ignore_poison).take());
        let thread = self.thread.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
        if let Some(thread) = thread
            && thread.join().is_err()
        {
            tracing::error!("SQLite's writer thread had panicked");
        }
    }
}

fn run(read: &mut ReadTx, tasks: &Receiver<Task>, wake: &Wake) {
    let mut next = None;
    while let Some(task) = next.take().or_else(|| tasks.recv().ok()) {
        match task {
            Task::Job(first) => next = batch(first, read, tasks, wake),
            Task::Alone(alone) => alone(read),
        }
    }
}

/// Runs and commits what waits with the first; returns what came up that can't run with them.
fn batch(first: Job, read: &mut ReadTx, tasks: &Receiver<Task>, wake: &Wake) -> Option<Task> {
    if let Err(error) = read.run("BEGIN IMMEDIATE") {
        // Another program writes for longer than is waited for (an import), or the disk fails.
        tracing::error!(%error, "SQLite refused to begin a write transaction: {error}");
        (first.refuse)(error);
        return None;
    }
    let mut ran = vec![(first.run)(read)];
    let mut next = None;
    while next.is_none() && ran.len() < BATCH && !ran.last().is_some_and(|job: &Ran| job.lost) {
        match tasks.try_recv() {
            Ok(Task::Job(job)) => ran.push((job.run)(read)),
            Ok(alone) => next = Some(alone),
            Err(_) => break,
        }
    }
    let lost = ran.iter().any(|job| job.lost);
    let committed = if lost {
        Err(StoreError::Busy("the transaction was given up".to_owned()))
    } else {
        read.run("COMMIT")
    };
    if let Err(error) = &committed {
        tracing::error!(%error, batch = ran.len(), "SQLite's commit failed: {error}");
        if let Err(error) = read.run("ROLLBACK") {
            tracing::error!(%error, "and so did the rollback: {error}");
        }
    }
    let queued_mail = committed.is_ok() && ran.iter().any(|job| job.queued_mail);
    for job in ran {
        let outcome = committed.as_ref().copied();
        (job.answer)(outcome.map_err(|error| StoreError::Busy(format!("the commit failed: {error}"))));
    }
    if queued_mail {
        wake();
    }
    next
}

fn in_savepoint<T, E: FromStore>(
    name: &'static str,
    read: &mut ReadTx,
    f: &impl Fn(&mut WriteTx) -> Result<T, E>,
) -> (Result<T, E>, bool, bool) {
    if let Err(error) = read.run("SAVEPOINT job") {
        return (Err(error.into()), false, true);
    }
    let mut tx = WriteTx::new(read);
    let guard = Writing::enter();
    let outcome = catch_unwind(AssertUnwindSafe(|| f(&mut tx))).unwrap_or_else(|_| {
        tracing::error!(transaction = name, "{name} panicked and was rolled back");
        Err(StoreError::Corrupt(format!("{name} panicked")).into())
    });
    drop(guard);
    let queued_mail = tx.queued_mail && outcome.is_ok();
    let ended = match &outcome {
        Ok(_) => read.run("RELEASE job"),
        Err(_) => read.run("ROLLBACK TO job; RELEASE job"),
    };
    match ended {
        Ok(()) => (outcome, queued_mail, false),
        Err(error) => (Err(error.into()), false, true),
    }
}
