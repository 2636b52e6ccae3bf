//! The signals that end a service: SIGTERM and SIGINT.

use std::io;

use actix_web::rt::signal::unix::{Signal, SignalKind, signal};

/// Both, awaited at once.
pub struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    /// # Errors
    /// When the system does not let them be received.
    pub fn new() -> io::Result<Self> {
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    /// The name of the next one.
    pub async fn next(&mut self) -> &'static str {
        let (terminate, interrupt) = (self.terminate.recv(), self.interrupt.recv());
        match futures_util::future::select(std::pin::pin!(terminate), std::pin::pin!(interrupt)).await {
            futures_util::future::Either::Left(_) => "SIGTERM",
            futures_util::future::Either::Right(_) => "SIGINT",
        }
    }
}
