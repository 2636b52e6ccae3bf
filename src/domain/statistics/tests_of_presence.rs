//! What is used where check-in is required, and what is given back, computed by hand.

use super::{fixture::*, *};

const DAY: &[(&str, &str)] = &[("08:00", "18:00")];

/// A room that is reserved from 9 to 12; what became of it; booked, used, released, rebooked hours.
#[test]
fn use_lasts_from_check_in_to_check_out() {
    type Times = (Option<&'static str>, Option<&'static str>, Option<&'static str>);
    let cases: [(&str, Status, bool, Times, [f64; 3]); 9] = [
        ("came", Status::Completed, true, (Some("09:20"), None, None), [3.0, 2.6667, 0.0]),
        ("came before", Status::Completed, true, (Some("08:50"), None, None), [3.0, 3.0, 0.0]),
        (
            "left early",
            Status::Completed,
            true,
            (Some("09:00"), Some("11:00"), Some("11:00")),
            [2.0, 2.0, 1.0],
        ),
        ("is there", Status::CheckedIn, true, (Some("09:30"), None, None), [3.0, 2.5, 0.0]),
        ("awaited", Status::Confirmed, true, (None, None, None), [3.0, 0.0, 0.0]),
        ("never came", Status::NoShow, true, (None, None, Some("09:15")), [0.25, 0.0, 2.75]),
        ("taken back", Status::Completed, true, (None, None, None), [3.0, 3.0, 0.0]),
        ("taken back in part", Status::Completed, true, (None, None, Some("10:00")), [1.0, 1.0, 2.0]),
        ("need not check in", Status::Completed, false, (Some("09:30"), None, None), [3.0, 3.0, 0.0]),
    ];
    for (case, status, measured, (came, left, released), [booked, used, given_back]) in cases {
        let time = |clock: Option<&str>| clock.map(|clock| at(&format!("2026-03-10T{clock}")));
        let room = source("2026-03-10", "2026-03-11", schedule(DAY))
            .with_room()
            .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T12:00", Some(5))
            .where_it(|claim| {
                claim.status = status;
                claim.measured = measured;
                claim.checked_in_at = time(came);
                claim.checked_out_at = time(left);
                claim.released_at = time(released);
            });
        let sums = room.table("").totals.sums;
        let hours = |seconds: i64| (seconds as f64 / 3600.0 * 1e4).round() / 1e4;
        assert_eq!([sums.booked, sums.used, sums.released].map(hours), [booked, used, given_back], "{case}");
        assert_eq!(sums.seat_released, 10 * sums.released, "{case}");
        let awaited = measured && status != Status::Confirmed;
        let tally = room.table("").totals;
        let no_shows = (tally.no_shows, tally.awaited);
        assert_eq!(no_shows, (u32::from(status == Status::NoShow), u32::from(awaited)), "{case}");
        let basis = if measured { Basis::Measured } else { Basis::Assumed };
        assert_eq!(sums.basis(), basis, "{case}");
    }
}

#[test]
fn what_others_book_of_what_was_given_back_is_told_and_parts_of_a_row_may_differ() {
    let room = source("2026-03-10", "2026-03-11", schedule(DAY))
        .with_room()
        .with_claim(1, &[1], "2026-03-10T15:00", "2026-03-10T20:00", None)
        .where_it(|claim| {
            claim.status = Status::NoShow;
            claim.measured = true;
            claim.released_at = Some(at("2026-03-10T15:15"));
        })
        .with_claim(1, &[1], "2026-03-10T16:00", "2026-03-10T17:30", None);
    let sums = room.table("").totals.sums;
    // What lies outside of opening hours was not given back to anybody.
    let hours = [sums.booked, sums.used, sums.released, sums.rebooked].map(|seconds| seconds as f64 / 3600.0);
    assert_eq!(hours, [1.75, 1.5, 2.75, 1.5]);
    assert_eq!((sums.basis(), sums.seat_rebooked), (Basis::Mixed, 10 * sums.rebooked));
}

/// A no-show counts once however many units it had, in the row where it begins, and its pieces of equipment not at all.
#[test]
fn a_no_show_counts_where_it_begins() {
    let room = source("2026-03-10", "2026-03-12", schedule(DAY))
        .with_room()
        .with_claim(1, &[1], "2026-03-10T09:00", "2026-03-10T12:00", None)
        .where_it(|claim| (claim.status, claim.measured) = (Status::NoShow, true))
        .with_claim(1, &[1], "2026-03-11T09:00", "2026-03-11T12:00", None)
        .where_it(|claim| (claim.status, claim.measured) = (Status::CheckedIn, true))
        .with_claim(1, &[1], "2026-03-09T09:00", "2026-03-10T08:30", None)
        .where_it(|claim| (claim.status, claim.measured) = (Status::NoShow, true));
    let table = room.table("day");
    let counted = |tally: &Tally| (tally.no_shows, tally.awaited, tally.no_show_rate().rate);
    let rows: Vec<_> = table.rows.iter().map(|row| counted(&row.tally)).collect();
    assert_eq!(rows, [(1, 1, Some(1.0)), (0, 1, Some(0.0))]);
    assert_eq!(counted(&table.totals), (1, 2, Some(0.5)));
    assert_eq!(
        source("2026-03-10", "2026-03-11", schedule(DAY)).with_room().table("").totals.no_show_rate().rate,
        None
    );
}
