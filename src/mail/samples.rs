//! Notices for tests: one of each situation, by name, with texts that break careless code.

use chrono_tz::Tz;

use super::{
    digest::{CalendarTrouble, Change, DigestNotice, Line},
    notice::{
        CalendarStatus, Cause, CheckInView, EquipmentView, Notice, Previous, Price, ReservationView,
        SecurityEvent, VenueView,
    },
    organisation::OrganisationView,
    series::Recurrence,
};
use crate::domain::{digest::News, instant::Instant};

const MANAGE: &str = "https://prostor.example/reservations/rsv_01h455vb4pex5vsknk084sn02q";
const OUTSIDE: &str = "https://prostor.example/sign-in";
const STOP: &str = "https://prostor.example/unsubscribe/dXJhYmM";

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
        organisation: None,
        attendees: Some(8),
        price: Some(Price { minor: 123_450, currency: "EUR".to_owned() }),
        fee: None,
        change_fee: None,
        access_instructions: Some("Zvonec pri vhodu z dvorišča.\nKoda vrat: 4711".to_owned()),
        manage_url: MANAGE.to_owned(),
        manage_link: None,
        message: None,
        stamped_at: at("2026-10-20T07:15:00Z"),
        check_in: None,
        recurrence: None,
        equipment: Vec::new(),
    }
}

/// The same in a mail to its organiser.
fn own() -> ReservationView {
    ReservationView { manage_link: Some(format!("{MANAGE}#token=Zm9vYmFy")), ..view() }
}

/// Somebody reserved for it.
pub(super) fn organisation() -> OrganisationView {
    let id = "org_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id");
    OrganisationView::new(id, "Zavod »Plavž«; <Jesenice>")
}

/// The same with everything that needs escaping somewhere.
pub(super) fn difficult() -> ReservationView {
    ReservationView {
        title: "Žurka, \"čaj\"; <b>šok</b> & 🎨👩\u{200d}💻 \\ konec\n.\nBcc: x@y\r.\rEND:VEVENT".to_owned(),
        space_name: "Dvorana »Škrlovec«; levo, \"spodaj\"".to_owned(),
        organiser_name: "Žnidaršič, Jože \"Pepi\"; s. p. 🎷".to_owned(),
        organisation: Some(organisation()),
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

/// A day on which there is something of everything.
pub(super) fn digest() -> DigestNotice {
    let line = |title: &str, starts_at: &str, ends_at: &str| Line {
        space_name: "Sejna soba Stolp".to_owned(),
        title: title.to_owned(),
        organiser_name: "Ana Novak".to_owned(),
        organiser: None,
        organisation: None,
        starts_at: at(starts_at),
        ends_at: at(ends_at),
        attendees: Some(8),
        decide_by: None,
        url: MANAGE.to_owned(),
    };
    let change = |what, line| Change { what, line };
    let later = line("Vaja zbora", "2026-11-05T17:00:00Z", "2026-11-05T19:00:00Z");
    DigestNotice {
        venue: view().venue,
        at: at("2026-11-03T06:00:00Z"),
        today: vec![
            line("Razstava", "2026-11-01T09:00:00Z", "2026-11-04T17:00:00Z"),
            line("Načrtovanje sezone", "2026-11-03T09:00:00Z", "2026-11-03T11:00:00Z"),
            Line {
                space_name: "Dvorana »Škrlovec«; levo, \"spodaj\"".to_owned(),
                attendees: Some(2),
                organisation: Some(organisation()),
                ..line("<b>Šok</b>\n.\nBcc: x@y", "2026-11-03T18:00:00Z", "2026-11-03T23:00:00Z")
            },
        ],
        waiting: vec![Line { decide_by: Some(at("2026-11-04T09:00:00Z")), attendees: None, ..later.clone() }],
        news: vec![
            change(News::Made, later.clone()),
            change(News::Moved, line("Tečaj", "2026-11-06T08:00:00Z", "2026-11-06T10:00:00Z")),
            change(News::Cancelled, line("Sestanek", "2026-11-07T08:00:00Z", "2026-11-07T10:00:00Z")),
        ],
        calendars: vec![CalendarTrouble {
            name: "Google; »Stolp«\n.\nBcc: x@y".to_owned(),
            failing: Some("unreachable".to_owned()),
            read_at: Some(at("2026-11-01T06:15:00Z")),
            conflicts: 2,
            url: OUTSIDE.to_owned(),
        }],
        stop: Some(STOP.to_owned()),
    }
}

/// One of each situation, by a name of its own.
pub(super) fn all() -> Vec<(String, Notice)> {
    let named = |(name, notice): (&str, Notice)| (name.to_owned(), notice);
    let mut all: Vec<(String, Notice)> = of_reservations().into_iter().map(named).collect();
    all.extend(of_calendars().into_iter().map(named));
    all.extend(of_requests().into_iter().map(named));
    all.extend(of_who_comes().into_iter().map(named));
    all.extend(of_accounts().into_iter().map(named));
    all.extend(super::standing_samples::of_invitations().into_iter().map(named));
    all.extend(super::standing_samples::of_joining().into_iter().map(named));
    all.extend(SecurityEvent::ALL.iter().map(|event| {
        let link = "https://prostor.example/sign-in".to_owned();
        (format!("security_{event}"), Notice::Security { event: *event, link })
    }));
    let standing = super::standing_samples::all();
    all.extend(standing.into_iter().map(|(name, one)| (name, Notice::Standing(one))));
    all.extend(super::series_samples::all());
    all
}

fn of_reservations() -> Vec<(&'static str, Notice)> {
    let cancelled = ReservationView { status: CalendarStatus::Cancelled, sequence: 2, price: None, ..own() };
    let changed = Previous {
        space_name: "Sejna soba Stolp".to_owned(),
        starts_at: at("2026-11-03T21:00:00Z"),
        ends_at: at("2026-11-04T01:00:00Z"),
    };
    vec![
        ("confirmed", Notice::ReservationConfirmed { reservation: own() }),
        ("confirmed_difficult", Notice::ReservationConfirmed { reservation: difficult() }),
        (
            "changed",
            Notice::ReservationChanged {
                reservation: ReservationView { sequence: 1, ..own() },
                previous: Some(changed.clone()),
            },
        ),
        (
            "changed_difficult",
            Notice::ReservationChanged {
                reservation: ReservationView { sequence: 1, ..difficult() },
                previous: Some(changed),
            },
        ),
        (
            "cancelled",
            Notice::ReservationCancelled {
                reservation: ReservationView {
                    fee: Some(Price { minor: 2000, currency: "EUR".to_owned() }),
                    ..cancelled.clone()
                },
                by_venue: false,
                invited: true,
                cause: None,
            },
        ),
        (
            "cancelled_by_venue",
            Notice::ReservationCancelled {
                reservation: cancelled.clone(),
                by_venue: true,
                invited: true,
                cause: Some(Cause::Hours),
            },
        ),
        (
            "cancelled_uninvited",
            Notice::ReservationCancelled {
                reservation: cancelled,
                by_venue: false,
                invited: false,
                cause: None,
            },
        ),
        ("no_show", no_show()),
    ]
}

fn no_show() -> Notice {
    Notice::ReservationNoShow {
        reservation: ReservationView {
            price: None,
            fee: Some(Price { minor: 2000, currency: "EUR".to_owned() }),
            access_instructions: None,
            ..own()
        },
    }
}

/// Times and places that calendar objects have to write otherwise.
fn of_calendars() -> Vec<(&'static str, Notice)> {
    let lasting = |starts_at: &str, ends_at: &str| ReservationView {
        starts_at: at(starts_at),
        ends_at: at(ends_at),
        ..own()
    };
    let confirmed = |reservation| Notice::ReservationConfirmed { reservation };
    let elsewhere = |zone: Tz| VenueView { zone, ..view().venue };
    let occurrence = || ReservationView { recurrence: Some(recurrence()), sequence: 3, ..own() };
    let cancelled = ReservationView { status: CalendarStatus::Cancelled, price: None, ..occurrence() };
    vec![
        // The second reading of half past two, which only UTC can name.
        ("confirmed_in_the_fold", confirmed(lasting("2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z"))),
        // From winter time into summer time.
        ("confirmed_over_the_gap", confirmed(lasting("2026-03-28T22:00:00Z", "2026-03-29T04:00:00Z"))),
        (
            "confirmed_in_new_york",
            confirmed(ReservationView { venue: elsewhere(Tz::America__New_York), ..own() }),
        ),
        ("confirmed_in_utc", confirmed(ReservationView { venue: elsewhere(Tz::UTC), ..own() })),
        (
            "occurrence_changed",
            Notice::ReservationChanged {
                reservation: occurrence(),
                previous: Some(Previous {
                    space_name: "Sejna soba Stolp".to_owned(),
                    starts_at: at("2026-11-10T09:00:00Z"),
                    ends_at: at("2026-11-10T11:00:00Z"),
                }),
            },
        ),
        (
            "occurrence_cancelled",
            Notice::ReservationCancelled {
                reservation: cancelled,
                by_venue: false,
                invited: true,
                cause: None,
            },
        ),
    ]
}

fn recurrence() -> Recurrence {
    let series = "ser_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id");
    Recurrence { series, original: "20261110T100000".to_owned() }
}

fn of_requests() -> Vec<(&'static str, Notice)> {
    let pending = ReservationView { status: CalendarStatus::Tentative, ..own() };
    let to_staff =
        ReservationView { status: CalendarStatus::Tentative, organisation: Some(organisation()), ..view() };
    let refused = ReservationView {
        status: CalendarStatus::Cancelled,
        price: None,
        message: Some("Takrat imamo inventuro.".to_owned()),
        ..own()
    };
    let decide_by = Some(at("2026-11-01T09:00:00Z"));
    let waiting_since = Some(at("2026-10-29T09:00:00Z"));
    let to_decide =
        |waiting_since| Notice::RequestToDecide { reservation: to_staff.clone(), decide_by, waiting_since };
    let welcome = ReservationView { message: Some("Se vidimo!".to_owned()), ..own() };
    vec![
        ("requested", Notice::ReservationRequested { reservation: pending.clone(), decide_by }),
        ("to_decide", to_decide(None)),
        ("still_to_decide", to_decide(waiting_since)),
        ("approved", Notice::ReservationApproved { reservation: welcome }),
        ("lapsed", {
            let reservation = ReservationView { message: None, ..refused.clone() };
            Notice::ReservationDeclined { reservation, lapsed: true }
        }),
        ("declined", Notice::ReservationDeclined { reservation: refused, lapsed: false }),
        ("change_requested", Notice::ChangeRequested { reservation: own(), decide_by }),
        ("change_declined", Notice::ChangeDeclined { reservation: own(), lapsed: false }),
        ("change_lapsed", Notice::ChangeDeclined { reservation: own(), lapsed: true }),
        (
            "offered",
            Notice::SlotOffered {
                reservation: ReservationView { status: CalendarStatus::Tentative, ..view() },
                until: decide_by,
            },
        ),
    ]
}

/// What is told of coming.
fn of_who_comes() -> Vec<(&'static str, Notice)> {
    let check_in = CheckInView {
        opens_at: at("2026-11-03T08:45:00Z"),
        closes_at: at("2026-11-03T09:15:00Z"),
        link: "https://prostor.example/check-in#token=Zm9v".to_owned(),
        code: "042137".to_owned(),
    };
    let awaited = ReservationView { check_in: Some(check_in), ..own() };
    let (link, stop) = ("https://prostor.example/headcount#token=Zm9v".to_owned(), Some(STOP.to_owned()));
    vec![
        ("confirmed_with_check_in", Notice::ReservationConfirmed { reservation: awaited.clone() }),
        ("reminder", Notice::ReservationReminder { reservation: awaited, stop: stop.clone() }),
        (
            "headcount",
            Notice::HeadcountAsked {
                reservation: ReservationView { access_instructions: None, ..view() },
                link,
                stop,
            },
        ),
        ("digest", Notice::Digest(Box::new(digest()))),
    ]
}

/// What an account's owner hears of.
fn of_accounts() -> Vec<(&'static str, Notice)> {
    let link = |page: &str| format!("https://prostor.example/{page}#token=Zm9vYmFy");
    let code = "042137".to_owned();
    vec![
        ("sign_in", Notice::SignIn { link: link("sign-in"), code: code.clone(), minutes: 10 }),
        ("verify_address", Notice::VerifyAddress { link: link("sign-in"), code: code.clone(), hours: 24 }),
        ("address_already_known", Notice::AddressAlreadyKnown { link: link("sign-in") }),
        ("confirm_address", Notice::ConfirmAddress { link: link("confirm-address"), code, hours: 24 }),
        ("address_changed", Notice::AddressChanged { link: link("restore-address"), days: 7 }),
    ]
}
