//! The mailbox page reads what the `file:` transport wrote, and nothing else.

use actix_web::{App, http::header::HeaderMap, test};

use super::*;
use crate::{
    domain::instant::Instant,
    mail::{
        compose::{self, Recipient, Sender},
        notice::{CalendarStatus, Notice, ReservationView, VenueView},
        transport::Transport,
    },
};

const TITLE: &str = "Čaj <script>alert(1)</script> & \"torta\"";

fn confirmed() -> Notice {
    let reservation = ReservationView {
        id: "rsv_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
        sequence: 0,
        status: CalendarStatus::Confirmed,
        title: TITLE.to_owned(),
        purpose: "meeting".to_owned(),
        space_name: "Soba nad vrtom".to_owned(),
        venue: VenueView {
            name: "Layerjeva hiša".to_owned(),
            address: "Tomšičeva ulica 32, 4000 Kranj".to_owned(),
            contact_email: "info@layerjevahisa.example".to_owned(),
            zone: chrono_tz::Europe::Ljubljana,
        },
        unit_labels: Vec::new(),
        starts_at: Instant::from_unix(1_800_000_000),
        ends_at: Instant::from_unix(1_800_003_600),
        organiser_name: "Špela Žvan".to_owned(),
        organiser_email: "spela@example.org".to_owned(),
        organisation: None,
        attendees: Some(4),
        price: None,
        fee: None,
        change_fee: None,
        access_instructions: None,
        manage_url: "http://127.0.0.1/r".to_owned(),
        manage_link: None,
        message: None,
        stamped_at: Instant::from_unix(1_790_000_000),
        check_in: None,
        recurrence: None,
        equipment: Vec::new(),
    };
    Notice::ReservationConfirmed { reservation }
}

fn sign_in() -> Notice {
    let link = "http://127.0.0.1/sign-in#token=Zm9v".to_owned();
    Notice::SignIn { link, code: "042137".to_owned(), minutes: 10 }
}

/// A folder with the notices sent into it, a minute after each other.
fn folder(notices: &[Notice]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let transport = Transport::from_url(&format!("file:{}", folder.path().display())).unwrap();
    let to = Recipient {
        name: "Špela Žvan".to_owned(),
        email: "spela@example.org".to_owned(),
        locale: Locale::Sl,
    };
    let from = Sender { name: "Prostor".to_owned(), email: "prostor@localhost".to_owned() };
    for (number, notice) in (0_i64..).zip(notices) {
        let date = Instant::from_unix(1_790_000_000).plus_minutes(number);
        let mail = compose::compose(notice, &to, &from, &format!("msg_{number}@localhost"), date);
        transport.send(&mail.unwrap()).unwrap();
    }
    folder
}

struct Got {
    status: u16,
    headers: HeaderMap,
    body: String,
}

impl Got {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

async fn get(folder: &tempfile::TempDir, path: &str) -> Got {
    let pages = pages(folder.path().to_owned());
    let app = test::init_service(App::new().configure(|config| pages(config))).await;
    let request = test::TestRequest::get().uri(path).insert_header(("Accept-Language", "en")).to_request();
    let response = test::call_service(&app, request).await;
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = String::from_utf8(test::read_body(response).await.to_vec()).unwrap();
    Got { status, headers, body }
}

#[actix_web::test]
async fn the_list_shows_the_newest_first_and_works_before_the_first_mail() {
    let none = get(&folder(&[]), "/mailbox").await;
    assert_eq!(none.status, 200);
    assert!(none.body.contains("No mail yet."), "{}", none.body);
    let some = get(&folder(&[confirmed(), sign_in()]), "/mailbox").await;
    let at = |what: &str| some.body.find(what).unwrap_or_else(|| panic!("{what} in {}", some.body));
    assert!(at("msg_1@localhost.eml") < at("msg_0@localhost.eml"));
}

#[actix_web::test]
async fn a_mail_is_shown_whole_and_can_do_nothing() {
    let folder = folder(&[confirmed()]);
    let file = letters::newest(folder.path()).unwrap().0[0].file.clone();
    let shown = get(&folder, &format!("/mailbox/{file}")).await;
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Špela Žvan &lt;spela@example.org&gt;"), "{}", shown.body);
    assert!(shown.body.contains("<iframe sandbox=\"allow-popups"), "{}", shown.body);
    assert!(!shown.body.contains("<script"), "{}", shown.body);
    assert!(shown.header("content-security-policy").starts_with("default-src 'none'"));

    let page = get(&folder, &format!("/mailbox/{file}/page")).await;
    assert!(page.header("content-security-policy").starts_with("sandbox "));
    assert!(!page.header("content-security-policy").contains("allow-scripts"));
    assert!(!page.header("content-security-policy").contains("allow-same-origin"));
    assert!(page.body.contains("<base target=\"_blank\">") && !page.body.contains("<script"));

    let invite = get(&folder, &format!("/mailbox/{file}/invite.ics")).await;
    assert_eq!(invite.header("content-disposition"), "attachment; filename=\"invite.ics\"");
    assert!(invite.body.starts_with("BEGIN:VCALENDAR\r\n"), "{}", invite.body);
    assert!(invite.body.contains("METHOD:REQUEST\r\n"), "{}", invite.body);

    let source = get(&folder, &format!("/mailbox/{file}/source")).await;
    assert_eq!(source.body.as_bytes(), std::fs::read(folder.path().join(&file)).unwrap());
}

#[actix_web::test]
async fn what_is_not_a_mail_of_the_folder_is_not_found() {
    let folder = folder(&[sign_in()]);
    std::fs::write(folder.path().join("secret.txt"), "x").unwrap();
    std::fs::write(folder.path().join(".hidden.eml"), "Subject: x\r\n\r\n").unwrap();
    let file = letters::newest(folder.path()).unwrap().0[0].file.clone();
    for path in [
        "/mailbox/secret.txt",
        "/mailbox/.hidden.eml",
        "/mailbox/absent.eml",
        "/mailbox/%2e%2e%2fmail.eml",
        "/mailbox/..%2f..%2fetc%2fpasswd",
        "/mailbox/a%00.eml",
        &format!("/mailbox/{file}/invite.ics"),
        "/mailbox/absent.eml/source",
        "/mailbox/absent.eml/page",
    ] {
        assert_eq!(get(&folder, path).await.status, 404, "{path}");
    }
}
