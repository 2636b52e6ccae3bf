//! Figures explained: the pieces of any figure of any row add up to it, page by page, and say what they come from.

use proptest::prelude::*;
use uuid::Uuid;

use super::{fixture::*, properties::any_source, *};
use crate::domain::ids::ReservationId;

const NOW: &str = "2026-03-30T11:11";

fn ids(source: &Source) -> Vec<ReservationId> {
    (1..).take(source.claims.len()).map(|n| ReservationId::from_uuid(Uuid::from_u128(n))).collect()
}

fn told(
    source: &Source,
    group_by: &str,
    row: &Row,
    figure: Explainable,
    after: Option<Position>,
    most: usize,
) -> Explanation {
    let grouping: Grouping = group_by.parse().unwrap();
    let wanted = Wanted { grouping: &grouping, figure, after, most };
    let is_it = |place: &Place, period: Period| (place, period) == (&row.place, row.period);
    explain(source, &ids(source), wanted, is_it, at(NOW)).unwrap()
}

/// The figure as utilisation has it: seconds, seat-seconds, people and reservations; `None`: it has none of these.
fn figure(tally: &Tally, figure: Explainable) -> [Option<i128>; 4] {
    let Sums { people, .. } = tally.sums;
    let sums = &tally.sums;
    let time = |units: i64, seats: i64| [Some(units.into()), Some(seats.into()), Some(0), Some(0)];
    let count = |reservations: u32| [Some(0), Some(0), Some(0), Some(reservations.into())];
    match figure {
        Explainable::Available => time(sums.available, sums.seat_available),
        Explainable::Booked => time(sums.booked, sums.seat_booked),
        Explainable::Used => time(sums.used, sums.seat_used),
        Explainable::Released => time(sums.released, sums.seat_released),
        Explainable::Rebooked => time(sums.rebooked, sums.seat_rebooked),
        Explainable::OutOfHours => time(sums.out_of_hours, sums.seat_out_of_hours),
        Explainable::Known => [None, Some(sums.seat_known.into()), Some(people), Some(0)],
        Explainable::Declared => [None, Some(sums.seat_declared.into()), None, Some(0)],
        Explainable::NoShows => count(tally.no_shows),
        Explainable::RequiredCheckIns => count(tally.awaited),
    }
}

fn sum<'p>(pieces: impl IntoIterator<Item = &'p Piece>) -> Total {
    let mut total = Total::default();
    pieces.into_iter().for_each(|piece| total += piece.total());
    total
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn the_pieces_of_any_figure_add_up_to_it(it in any_source()) {
        for group_by in ["", "venue,day", "space", "kind,weekday"] {
            let table = it.table_at(group_by, NOW);
            let some = table.rows.iter().step_by(table.rows.len() / 4 + 1);
            for (row, &asked) in some.flat_map(|row| Explainable::ALL.iter().map(move |asked| (row, asked))) {
                let all = told(&it, group_by, row, asked, None, usize::MAX / 8);
                let Total { seconds, seat_seconds, people, reservations } = all.total;
                let found = [seconds.into(), seat_seconds.into(), people, reservations.into()];
                for (wanted, found) in figure(&row.tally, asked).into_iter().zip(found) {
                    prop_assert!(wanted.is_none_or(|wanted| wanted == found), "{asked} of {group_by} {row:?}: {all:?}");
                }
                prop_assert_eq!(sum(&all.pieces), all.total);
                prop_assert!(all.pieces.windows(2).all(|two| two[0].position() < two[1].position()));
                prop_assert!(all.pieces.iter().all(|piece| piece.minus == matches!(piece.origin, Origin::Closure | Origin::Block)));
            }
        }
    }

    #[test]
    fn pages_are_the_whole(it in any_source(), most in 1..9usize) {
        let row = &it.table_at("", NOW).rows[0];
        for asked in [Explainable::Available, Explainable::Booked, Explainable::RequiredCheckIns] {
            let all = told(&it, "", row, asked, None, usize::MAX / 8);
            let (mut pieces, mut after) = (Vec::new(), None);
            loop {
                let mut page = told(&it, "", row, asked, after, most);
                prop_assert_eq!(page.total, all.total);
                let more = page.pieces.len() > most;
                page.pieces.truncate(most);
                pieces.extend(page.pieces);
                after = pieces.last().map(Piece::position);
                if !more {
                    break;
                }
            }
            prop_assert_eq!(&pieces, &all.pieces);
        }
    }
}

/// From, to, origin, and whether it is taken away.
type Line = (&'static str, &'static str, Origin, bool);

fn lines(source: &Source, asked: Explainable) -> Vec<(Interval, Origin, bool)> {
    let row = &source.table_at("", NOW).rows[0];
    let pieces = told(source, "", row, asked, None, 100).pieces;
    pieces.iter().map(|piece| (piece.interval, piece.origin, piece.minus)).collect()
}

#[test]
fn each_piece_says_what_it_comes_from() {
    let mut it = source("2026-03-10", "2026-03-12", schedule(&[("08:00", "18:00")]))
        .with_room()
        .with_claim(1, &[1], "2026-03-10T07:00", "2026-03-10T09:00", Some(4))
        .with_claim(1, &[1], "2026-03-10T10:00", "2026-03-10T12:00", None)
        .where_it(|claim| {
            claim.measured = true;
            claim.status = Status::NoShow;
            claim.released_at = Some(at("2026-03-10T10:15"));
        })
        .with_claim(1, &[1], "2026-03-10T11:00", "2026-03-10T11:30", None)
        .blocked(1, "2026-03-10T17:00", "2026-03-10T20:00");
    let closed = exception("2026-03-11", &[]);
    it.venues[0].hours = Schedule::new([daily("2020-01-01", &[("08:00", "18:00")])], [closed]);
    use Origin::{Block, Closure, OpeningHours, Reservation};
    let cases: &[(Explainable, &[Line])] = &[
        (
            Explainable::Available,
            &[
                ("2026-03-10T08:00", "2026-03-10T18:00", OpeningHours, false),
                ("2026-03-10T17:00", "2026-03-10T18:00", Block, true),
                ("2026-03-11T08:00", "2026-03-11T18:00", OpeningHours, false),
                ("2026-03-11T08:00", "2026-03-11T18:00", Closure, true),
            ],
        ),
        (
            Explainable::Booked,
            &[
                ("2026-03-10T08:00", "2026-03-10T09:00", Reservation, false),
                ("2026-03-10T10:00", "2026-03-10T10:15", Reservation, false),
                ("2026-03-10T11:00", "2026-03-10T11:30", Reservation, false),
            ],
        ),
        (Explainable::Known, &[("2026-03-10T08:00", "2026-03-10T09:00", Reservation, false)]),
        (Explainable::OutOfHours, &[("2026-03-10T07:00", "2026-03-10T08:00", Reservation, false)]),
        (Explainable::Released, &[("2026-03-10T10:15", "2026-03-10T12:00", Reservation, false)]),
        (Explainable::Rebooked, &[("2026-03-10T11:00", "2026-03-10T11:30", Reservation, false)]),
        (Explainable::NoShows, &[("2026-03-10T10:00", "2026-03-10T12:00", Reservation, false)]),
    ];
    for (asked, wanted) in cases {
        let wanted: Vec<_> =
            wanted.iter().map(|&(from, to, origin, minus)| (span(from, to), origin, minus)).collect();
        assert_eq!(lines(&it, *asked), wanted, "{asked}");
    }
    // Rebooked hours lead to who booked them.
    let row = &it.table_at("", NOW).rows[0];
    let rebooked = told(&it, "", row, Explainable::Rebooked, None, 100).pieces;
    assert_eq!(rebooked[0].reservation, Some(ids(&it)[2]));
}

#[test]
fn rows_that_are_none_are_not_explained() {
    let it = source("2026-03-10", "2026-03-12", schedule(&[("08:00", "18:00")])).with_room();
    let grouping = "space,day".parse().unwrap();
    let wanted = Wanted { grouping: &grouping, figure: Explainable::Booked, after: None, most: 10 };
    assert_eq!(explain(&it, &[], wanted, |_, _| false, at(NOW)), None);
}
