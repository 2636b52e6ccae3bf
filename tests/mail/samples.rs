//! A reservation whose every text is hard to carry.

use chrono_tz::Tz;
use prostor::{
    domain::{instant::Instant, locale::Locale},
    mail::{
        compose::{Composed, Recipient, Sender, compose},
        notice::{CalendarStatus, Notice, Price, ReservationView, VenueView},
    },
};

pub const TITLE: &str = "Žurka, \"čaj\"; <b>šok</b> & 🎨👩\u{200d}💻 \\ konec: 100 %";
pub const ORGANISER: &str = "Žnidaršič, Jože \"Pepi\"; s. p. 🎷";
pub const VENUE: &str = "Hiša »Škrlovec«, \"stolp\"; Kranj";

pub fn at(text: &str) -> Instant {
    text.parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

pub fn view() -> ReservationView {
    ReservationView {
        id: "rsv_01h455vb4pex5vsknk084sn02q".parse().unwrap(),
        sequence: 0,
        status: CalendarStatus::Confirmed,
        title: TITLE.to_owned(),
        purpose: "workshop".to_owned(),
        space_name: "Dvorana, levo; \"spodaj\"".to_owned(),
        venue: VenueView {
            name: VENUE.to_owned(),
            address: "Tomšičeva ulica 32, 4000 Kranj".to_owned(),
            contact_email: "info@layer.example".to_owned(),
            zone: Tz::Europe__Ljubljana,
        },
        unit_labels: vec!["Miza 1".to_owned(), "Miza 2".to_owned()],
        starts_at: at("2026-11-03T09:00:00Z"),
        ends_at: at("2026-11-03T11:00:00Z"),
        organiser_name: ORGANISER.to_owned(),
        organiser_email: "joze@primer.example".to_owned(),
        organisation: None,
        attendees: Some(2),
        price: Some(Price { minor: 4_550, currency: "EUR".to_owned() }),
        fee: None,
        change_fee: None,
        access_instructions: Some("Zvonec; koda 4711,\nnato levo.".to_owned()),
        manage_url: "https://prostor.example/r/rsv_01h455vb4pex5vsknk084sn02q".to_owned(),
        manage_link: None,
        message: None,
        stamped_at: at("2026-10-20T07:15:00Z"),
        check_in: None,
        recurrence: None,
        equipment: Vec::new(),
    }
}

pub fn mail(notice: &Notice, locale: Locale, email: &str) -> Composed {
    let to = Recipient { name: ORGANISER.to_owned(), email: email.to_owned(), locale };
    let from = Sender { name: "Prostor, čšž".to_owned(), email: "prostor@prostor.example".to_owned() };
    compose(notice, &to, &from, "msg_1@prostor.example", at("2026-10-20T07:15:00Z")).unwrap()
}
