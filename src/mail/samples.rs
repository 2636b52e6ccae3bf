//! Notices for tests: one of each kind, with names that break careless code.

use chrono_tz::Tz;

use super::{
    notice::{
        CalendarStatus, CheckInView, EquipmentView, InvitedRole, Notice, Previous, Price, ReservationView,
        SecurityEvent, VenueView,
    },
    series::{Date, Override, SeriesCalendar, SeriesEvent, SeriesNotice},
};
use crate::domain::instant::Instant;

pub(super) fn at(text: &str) -> Instant {
    text.parse::<chrono::DateTime<chrono::Utc>>().expect("a test's instant").into()
}

pub(super) fn view() -> ReservationView {
    ReservationView {
        id: "rsv_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id"),
        sequence: 0,
        status: CalendarStatus::Confirmed,
        title: "Načrtovanje sezone".to_owned(),
        purpose: "meeting".to_owned(),
        space_name: "Sejna soba Stolp".to_owned(),
        venue: VenueView {
            name: "Layer House".to_owned(),
            address: "Tomšičeva ulica 32, 4000 Kranj".to_owned(),
            contact_email: "info@layer.example".to_owned(),
            zone: Tz::Europe__Ljubljana,
        },
        unit_labels: Vec::new(),
        starts_at: at("2026-11-03T09:00:00Z"),
        ends_at: at("2026-11-03T11:00:00Z"),
        organiser_name: "Ana Novak".to_owned(),
        organiser_email: "ana@primer.example".to_owned(),
        attendees: Some(8),
        price: Some(Price { minor: 123_450, currency: "EUR".to_owned() }),
        fee: None,
        change_fee: None,
        access_instructions: Some("Zvonec pri vhodu z dvorišča.\nKoda vrat: 4711".to_owned()),
        manage_url: "https://prostor.example/r/rsv_01h455vb4pex5vsknk084sn02q".to_owned(),
        message: None,
        stamped_at: at("2026-10-20T07:15:00Z"),
        check_in: None,
        recurrence: None,
        equipment: Vec::new(),
    }
}

/// The same with everything that needs escaping somewhere.
pub(super) fn difficult() -> ReservationView {
    ReservationView {
        title: "Žurka, \"čaj\"; <b>šok</b> & 🎨👩\u{200d}💻 \\ konec\n.\nBcc: x@y\r.\rEND:VEVENT".to_owned(),
        space_name: "Dvorana »Škrlovec«; levo, \"spodaj\"".to_owned(),
        organiser_name: "Žnidaršič, Jože \"Pepi\"; s. p. 🎷".to_owned(),
        unit_labels: vec!["Miza 1".to_owned(), "Miza 2, ob oknu".to_owned()],
        equipment: vec![
            EquipmentView { name: "Projektorji; <4K>".to_owned(), quantity: 2 },
            EquipmentView { name: "Mikrofoni, \"brezžični\"".to_owned(), quantity: 1 },
        ],
        message: Some(
            "Ključ je v nabiralniku.\n.\nRCPT TO:<x@y>\r.\rLep pozdrav; 50 % <i>ceneje</i>".to_owned(),
        ),
        ..view()
    }
}

/// Twelve Tuesdays, of which one was moved and one could not be had.
pub(super) fn series(what: SeriesEvent) -> Notice {
    let date = |week: i64| {
        let start = at("2026-11-03T09:00:00Z").plus(week * 7 * 86_400);
        Date { starts_at: start, ends_at: start.plus(7200) }
    };
    let moved = Override {
        original: "20261110T100000".to_owned(),
        sequence: 2,
        title: "Zaključek, s čajem".to_owned(),
        date: Date { starts_at: at("2026-11-11T09:00:00Z"), ends_at: at("2026-11-11T10:00:00Z") },
    };
    let calendar = SeriesCalendar {
        rrule: "FREQ=WEEKLY;UNTIL=20270119T085959Z".to_owned(),
        starts_at: "20261103T100000".to_owned(),
        ends_at: "20261103T120000".to_owned(),
        excluded: vec!["20261117T100000".to_owned()],
        overrides: vec![moved],
        spans: Date { starts_at: date(0).starts_at, ends_at: date(11).ends_at },
    };
    Notice::Series(Box::new(SeriesNotice {
        what,
        id: "ser_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id"),
        sequence: 1,
        reservation: view(),
        dates: (0..12).filter(|week| *week != 2).map(date).collect(),
        left_out: vec![date(2)],
        total: Some(Price { minor: 1_357_950, currency: "EUR".to_owned() }),
        decide_by: (what == SeriesEvent::ToDecide).then(|| at("2026-11-01T09:00:00Z")),
        by_venue: false,
        invited: true,
        calendar: (what != SeriesEvent::Cancelled).then_some(calendar),
    }))
}

pub(super) fn all() -> Vec<Notice> {
    let reservation = view();
    let pending = ReservationView { status: CalendarStatus::Tentative, ..view() };
    let cancelled = ReservationView { status: CalendarStatus::Cancelled, sequence: 2, ..pending.clone() };
    let link = "https://prostor.example/prijava#token=Zm9vYmFy".to_owned();
    let code = "042137".to_owned();
    let mut all = vec![
        Notice::ReservationConfirmed { reservation: reservation.clone() },
        Notice::ReservationChanged {
            reservation: ReservationView { sequence: 1, ..difficult() },
            previous: Some(Previous {
                space_name: "Sejna soba Stolp".to_owned(),
                starts_at: at("2026-11-03T21:00:00Z"),
                ends_at: at("2026-11-04T01:00:00Z"),
            }),
        },
        Notice::ReservationCancelled {
            reservation: cancelled.clone(),
            by_venue: false,
            invited: true,
            cause: None,
        },
        Notice::ReservationRequested {
            reservation: pending.clone(),
            decide_by: Some(at("2026-11-01T09:00:00Z")),
        },
        Notice::RequestToDecide {
            reservation: pending.clone(),
            decide_by: Some(at("2026-11-01T09:00:00Z")),
            waiting_since: None,
        },
        Notice::RequestToDecide {
            reservation: pending.clone(),
            decide_by: Some(at("2026-11-01T09:00:00Z")),
            waiting_since: Some(at("2026-10-29T09:00:00Z")),
        },
        Notice::ReservationApproved {
            reservation: ReservationView { message: Some("Se vidimo!".to_owned()), ..reservation },
        },
        Notice::ReservationDeclined {
            reservation: ReservationView { message: Some("Takrat imamo inventuro.".to_owned()), ..cancelled },
        },
        Notice::SlotOffered {
            reservation: ReservationView { status: CalendarStatus::Tentative, ..view() },
            until: Some(at("2026-11-01T09:00:00Z")),
        },
        Notice::SignIn { link: link.clone(), code: code.clone(), minutes: 10 },
        Notice::VerifyAddress { link: link.clone(), code, hours: 24 },
        Notice::Invitation {
            place: "Layer House".to_owned(),
            role: InvitedRole::Manager,
            link: link.clone(),
        },
        Notice::AddressAlreadyKnown { link },
    ];
    all.extend(of_who_came());
    all.extend(of_accounts());
    all.extend(of_joining());
    all
}

/// What owners of an organisation, and who asks to join it, hear of.
fn of_joining() -> [Notice; 3] {
    let link = || "https://prostor.example/join-requests/joi_01h455vb4pex5vsknk084sn02q".to_owned();
    let organisation = || "Studio »Čmrlj«; <b>d. o. o.</b>".to_owned();
    [
        Notice::JoinAsked {
            organisation: organisation(),
            name: "Žnidaršič, Jože \"Pepi\"".to_owned(),
            email: "joze@primer.example".to_owned(),
            message: Some("Marca sem se zaposlil.\n.\nRCPT TO:<x@y>\r.\rLep pozdrav".to_owned()),
            link: link(),
        },
        Notice::JoinAnswered { organisation: organisation(), accepted: true, link: link() },
        Notice::JoinAnswered { organisation: organisation(), accepted: false, link: link() },
    ]
}

/// What an account's owner hears of.
fn of_accounts() -> Vec<Notice> {
    let link = |page: &str| format!("https://prostor.example/{page}#token=Zm9vYmFy");
    let mut all = vec![
        Notice::ConfirmAddress { link: link("confirm-address"), code: "042137".to_owned(), hours: 24 },
        Notice::AddressChanged { link: link("restore-address"), days: 7 },
    ];
    let sign_in = "https://prostor.example/sign-in".to_owned();
    let event = |event: &SecurityEvent| Notice::Security { event: *event, link: sign_in.clone() };
    all.extend(SecurityEvent::ALL.iter().map(event));
    all
}

/// What is told of checking in.
fn of_who_came() -> [Notice; 3] {
    [
        Notice::ReservationConfirmed {
            reservation: ReservationView {
                check_in: Some(CheckInView {
                    opens_at: at("2026-11-03T08:45:00Z"),
                    closes_at: at("2026-11-03T09:15:00Z"),
                    link: "https://prostor.example/check-in#token=Zm9v".to_owned(),
                    code: "042137".to_owned(),
                }),
                ..view()
            },
        },
        Notice::ReservationNoShow {
            reservation: ReservationView {
                price: None,
                fee: Some(Price { minor: 2000, currency: "EUR".to_owned() }),
                access_instructions: None,
                ..view()
            },
        },
        Notice::HeadcountAsked {
            reservation: view(),
            link: "https://prostor.example/headcount#token=Zm9v".to_owned(),
        },
    ]
}
