//! Delivery over a real connection to a small SMTP server (RFC 5321), which takes lines as the most
//! careless servers do: by any line end.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    sync::mpsc::{Receiver, Sender, channel},
    thread,
};

use prostor::{
    domain::locale::Locale,
    mail::{notice::Notice, transport::Transport},
};

use crate::{
    letters::{each_spoilt, notices},
    samples::mail,
};

/// What the server took: the envelope and the message, dots unstuffed not yet.
#[derive(Debug)]
struct Taken {
    from: String,
    to: Vec<String>,
    data: Vec<u8>,
}

/// A server that answers `RCPT` as the address asks (`550.someone@…`) and keeps what it is given.
fn server() -> (Transport, Receiver<Taken>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("smtp://{}?tls=none", listener.local_addr().unwrap());
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let sender = sender.clone();
            thread::spawn(move || converse(stream.unwrap(), &sender));
        }
    });
    (Transport::from_url(&url).unwrap(), receiver)
}

fn converse(stream: TcpStream, taken: &Sender<Taken>) -> Option<()> {
    let mut out = stream.try_clone().ok()?;
    let mut reader = BufReader::new(stream);
    let mut say = |line: &str| out.write_all(format!("{line}\r\n").as_bytes()).ok();
    let (mut from, mut to) = (String::new(), Vec::new());
    say("220 sink")?;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end();
        match line.split([' ', ':']).next()?.to_ascii_uppercase().as_str() {
            "EHLO" => say("250-sink\r\n250 8BITMIME")?,
            "MAIL" => {
                from = line.to_owned();
                say("250 ok")?;
            }
            "RCPT" => match line.split_once('<')?.1.split_once('.')?.0.parse::<u16>() {
                Ok(code) => say(&format!("{code} as you ask"))?,
                Err(_) => {
                    to.push(line.to_owned());
                    say("250 ok")?;
                }
            },
            "DATA" => {
                say("354 go on")?;
                let data = until_the_dot(&mut reader)?;
                taken.send(Taken { from: from.clone(), to: std::mem::take(&mut to), data }).ok()?;
                say("250 taken")?;
            }
            "QUIT" => return say("221 bye"),
            "NOOP" | "RSET" => say("250 ok")?,
            other => say(&format!("500 what is {other}"))?,
        }
    }
}

/// Ends at the first lone dot between line ends of any sort, as servers open to smuggling do.
fn until_the_dot(reader: &mut impl Read) -> Option<Vec<u8>> {
    const CARELESS: [&[u8]; 9] = [
        b"\r\n.\r\n",
        b"\n.\n",
        b"\r.\r",
        b"\n.\r\n",
        b"\r\n.\n",
        b"\r\n.\r",
        b"\r.\r\n",
        b"\n.\r",
        b"\r.\n",
    ];
    let mut data = Vec::new();
    let mut byte = [0];
    while !matches!(byte[0], b'\r' | b'\n') || !CARELESS.iter().any(|end| data.ends_with(end)) {
        reader.read_exact(&mut byte).ok()?;
        data.push(byte[0]);
    }
    if data.ends_with(b"\r\n.\r") {
        reader.read_exact(&mut byte).ok()?;
        data.push(byte[0]);
    }
    Some(data)
}

#[test]
fn nothing_that_anybody_writes_can_end_a_mail_or_begin_another() {
    let notices = notices();
    assert!(notices.len() > 60, "only {} letters", notices.len());
    // At once, as each mail waits for the network's timers, not for the machine.
    thread::scope(|scope| {
        for (name, notice) in &notices {
            scope.spawn(move || arrives_whole(name, notice));
        }
    });
}

/// One after the other in one connection: what one mail left over would begin the next.
fn arrives_whole(name: &str, notice: &Notice) {
    let (transport, taken) = server();
    for (wicked, mail) in each_spoilt(notice) {
        transport.send(&mail).unwrap();
        let one = taken.recv().unwrap();
        assert_eq!(one.from, "MAIL FROM:<prostor@prostor.example>", "{name} {wicked:?}");
        assert_eq!(one.to, ["RCPT TO:<joze@primer.example>"], "{name} {wicked:?}");
        let arrived = String::from_utf8(one.data).unwrap();
        let body = arrived.strip_suffix("\r\n.\r\n").expect("only the true end ended it");
        let sent = String::from_utf8(mail.bytes()).unwrap();
        assert_eq!(body.replace("\r\n..", "\r\n."), sent, "{name} {wicked:?}");
        assert!(!body.replace("\r\n", "").contains(['\r', '\n']), "{name} {wicked:?}");
    }
    assert!(taken.try_recv().is_err(), "{name}: one mail each");
}

#[test]
fn refusals_are_told_apart() {
    let (transport, taken) = server();
    let notice =
        Notice::SignIn { link: "https://prostor.example/#token=a".into(), code: "123456".into(), minutes: 2 };
    for (address, permanent) in [
        ("550.ana@primer.example", true),
        ("553.ana@primer.example", true),
        ("450.ana@primer.example", false),
        ("421.ana@primer.example", false),
        // Our sign-in is wanting, not the letter.
        ("530.ana@primer.example", false),
        ("čaj@primer.example", true),
    ] {
        let error = transport.send(&mail(&notice, Locale::En, address)).unwrap_err();
        assert_eq!(error.is_permanent(), permanent, "{address}: {error}");
    }
    transport.send(&mail(&notice, Locale::En, "ana.novak@primer.example")).unwrap();
    assert_eq!(taken.recv().unwrap().to, ["RCPT TO:<ana.novak@primer.example>"]);
}

#[test]
fn a_server_that_is_not_there_may_be_there_later() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let transport = Transport::from_url(&format!("smtp://{address}?tls=none")).unwrap();
    let notice = Notice::AddressAlreadyKnown { link: "https://prostor.example/".into() };
    let error = transport.send(&mail(&notice, Locale::En, "ana@primer.example")).unwrap_err();
    assert!(!error.is_permanent(), "{error}");
}

#[test]
fn without_starttls_nothing_is_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, taken) = channel();
    thread::spawn(move || converse(listener.accept().unwrap().0, &sender));
    let transport = Transport::from_url(&format!("smtp://{address}")).unwrap();
    let notice = Notice::AddressAlreadyKnown { link: "https://prostor.example/".into() };
    let error = transport.send(&mail(&notice, Locale::En, "ana@primer.example")).unwrap_err();
    assert!(!error.is_permanent(), "{error}");
    assert!(taken.try_recv().is_err());
}
