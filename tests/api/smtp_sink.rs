//! A small SMTP server (RFC 5321) in a mood of its own, that keeps what it takes.

use std::{
    io::{BufRead, BufReader, Write},
    net::{TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

/// How it receives its callers. In any mood it thinks for three seconds about people called `slow.…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Takes everything, but knows nobody called `nobody`.
    Willing,
    /// Puts off so many mails for people whose address begins with `later.`, having read them.
    PutsOff(usize),
    /// Ends every conversation before it begins.
    HangsUp,
    /// Refuses so many recipients with these words.
    Refuses(&'static str, usize),
    /// Takes so many mails, and goes before it says so.
    DropsAfterData(usize),
}

/// A mail it took: for whom, and as it was written.
pub type Taken = (String, String);

/// The running server; it goes with the test's process.
pub struct Sink {
    /// For `PROSTOR_MAIL_URL`.
    pub url: String,
    mood: Arc<Mutex<Mood>>,
    taken: Receiver<Taken>,
    put_off: Receiver<Taken>,
}

/// What a conversation tells the test.
#[derive(Clone)]
struct Ledger {
    mood: Arc<Mutex<Mood>>,
    taken: Sender<Taken>,
    put_off: Sender<Taken>,
}

impl Sink {
    pub fn start(mood: Mood) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
        let mood = Arc::new(Mutex::new(mood));
        let ((give_taken, taken), (give_put_off, put_off)) = (channel(), channel());
        let ledger = Ledger { mood: mood.clone(), taken: give_taken, put_off: give_put_off };
        thread::spawn(move || {
            for stream in listener.incoming() {
                let ledger = ledger.clone();
                thread::spawn(move || ledger.converse(stream.unwrap()));
            }
        });
        Self { url, mood, taken, put_off }
    }

    pub fn set(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The next mail it took. The outbox is looked at every five seconds.
    #[track_caller]
    pub fn next(&self) -> Taken {
        self.taken.recv_timeout(Duration::from_secs(30)).expect("a mail within half a minute")
    }

    /// The next mail it put off.
    #[track_caller]
    pub fn next_put_off(&self) -> Taken {
        self.put_off.recv_timeout(Duration::from_secs(30)).expect("a mail within half a minute")
    }

    /// Whether it took nothing more.
    pub fn is_idle(&self) -> bool {
        self.taken.try_recv().is_err()
    }
}

impl Ledger {
    fn converse(&self, stream: TcpStream) -> Option<()> {
        let mut out = stream.try_clone().ok()?;
        let mut reader = BufReader::new(stream);
        let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
        if *self.mood.lock().unwrap() == Mood::HangsUp {
            return None;
        }
        say("220 sink")?;
        let mut to = String::new();
        loop {
            let line = line(&mut reader)?;
            match line.split([' ', ':']).next()?.to_ascii_uppercase().as_str() {
                "EHLO" => say("250-sink\r\n250 8BITMIME")?,
                "MAIL" | "NOOP" | "RSET" => say("250 ok")?,
                "RCPT" => {
                    to = line.split_once('<')?.1.split('>').next()?.to_owned();
                    if to.starts_with("slow.") {
                        thread::sleep(Duration::from_secs(3));
                    }
                    match self.refusal() {
                        // Whoever says 421 closes the line (RFC 5321, 3.8).
                        Some(why) if why.starts_with("421") => return say(why),
                        Some(why) => say(why)?,
                        None => say(if to.starts_with("nobody@") { "550 who?" } else { "250 ok" })?,
                    }
                }
                "DATA" => {
                    say("354 go on")?;
                    let mut mail = String::new();
                    loop {
                        match self::line(&mut reader)?.as_str() {
                            "." => break,
                            text => mail += &format!("{}\r\n", text.strip_prefix('.').unwrap_or(text)),
                        }
                    }
                    // Told before it is answered, so that who waits for the answer finds it told.
                    if self.puts_off(&to) {
                        self.put_off.send((to.clone(), mail)).ok()?;
                        say("451 not now")?;
                    } else {
                        self.taken.send((to.clone(), mail)).ok()?;
                        if self.drops() {
                            return None;
                        }
                        say("250 taken")?;
                    }
                }
                "QUIT" => return say("221 bye"),
                other => say(&format!("500 what is {other}"))?,
            }
        }
    }

    fn refusal(&self) -> Option<&'static str> {
        match &mut *self.mood.lock().unwrap() {
            Mood::Refuses(why, left @ 1..) => {
                *left -= 1;
                Some(*why)
            }
            _ => None,
        }
    }

    fn drops(&self) -> bool {
        match &mut *self.mood.lock().unwrap() {
            Mood::DropsAfterData(left @ 1..) => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    fn puts_off(&self, to: &str) -> bool {
        let mut mood = self.mood.lock().unwrap();
        match &mut *mood {
            Mood::PutsOff(left @ 1..) if to.starts_with("later.") => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }
}

fn line(reader: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    (reader.read_line(&mut line).ok()? > 0).then(|| line.trim_end().to_owned())
}
