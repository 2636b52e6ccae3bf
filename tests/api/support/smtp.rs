//! A small SMTP server that answers as the address asks, and counts.

use std::{
    collections::BTreeSet,
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

/// `550.…@` is refused for good, `450.…@` the first time only, `slow.…@` is thought about for three seconds.
#[derive(Clone)]
pub struct Sink {
    pub url: String,
    taken: Arc<Mutex<Vec<String>>>,
    seen: Arc<Mutex<BTreeSet<String>>>,
}

impl Sink {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let sink = Self { url, taken: Arc::default(), seen: Arc::default() };
        let server = sink.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let sink = server.clone();
                thread::spawn(move || sink.converse(stream.unwrap()));
            }
        });
        sink
    }

    /// The recipients of the letters taken so far, in their order.
    pub fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until so many letters were taken.
    pub async fn await_letters(&self, count: usize) -> Vec<String> {
        for _ in 0..1000 {
            if self.taken().len() >= count {
                return self.taken();
            }
            actix_web::rt::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{count} letters were awaited, these came in 10 s: {:?}", self.taken());
    }

    /// `None` when the client has gone.
    fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut out = stream.try_clone().ok()?;
        let mut lines = BufReader::new(stream).lines();
        let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
        let mut recipient = String::new();
        say("220 sink")?;
        loop {
            let line = lines.next()?.ok()?;
            match line.split([' ', ':']).next()?.to_ascii_uppercase().as_str() {
                "EHLO" => say("250-sink\r\n250 8BITMIME")?,
                "RCPT" => {
                    recipient = line.split_once('<')?.1.split_once('>')?.0.to_owned();
                    say(self.answer(&recipient))?;
                }
                "DATA" => {
                    say("354 go on")?;
                    while lines.next()?.ok()? != "." {}
                    self.taken.lock().unwrap().push(recipient.clone());
                    say("250 taken")?;
                }
                "QUIT" => return say("221 bye"),
                _ => say("250 ok")?,
            }
        }
    }

    fn answer(&self, recipient: &str) -> &'static str {
        let first = self.seen.lock().unwrap().insert(recipient.to_owned());
        match recipient.split('.').next() {
            Some("550") => "550 no such person",
            Some("450") if first => "450 later",
            Some("slow") => {
                thread::sleep(Duration::from_secs(3));
                "250 ok"
            }
            _ => "250 ok",
        }
    }
}
