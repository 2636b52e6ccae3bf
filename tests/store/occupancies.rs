//! The last line: whoever writes, by whatever way, no unit is taken twice (DESIGN 1).

use diesel::prelude::*;
use prostor::{
    domain::ids::{OccupancyId, UnitId},
    store::{dialect::AnyConnection, error::StoreError, schema::occupancies},
};

use crate::{
    both,
    fixture::{NOW, id, take},
};

/// Against an occupancy from minute 60 to 120: what touches is free, what overlaps is refused.
const EDGES: &[(i64, i64, bool)] = &[
    (0, 60, true),
    (120, 180, true),
    (0, 30, true),
    (150, 180, true),
    (60, 120, false),
    (59, 61, false),
    (119, 121, false),
    (0, 61, false),
    (119, 180, false),
    (70, 80, false),
    (60, 61, false),
    (119, 120, false),
    (0, 180, false),
    (0, 120, false),
    (60, 180, false),
];

fn change(
    connection: &mut AnyConnection,
    n: u128,
    unit: u128,
    start: i64,
    end: i64,
) -> Result<usize, StoreError> {
    let (own, unit): (OccupancyId, UnitId) = (id(n), id(unit));
    Ok(diesel::update(occupancies::table.find(own))
        .set((
            occupancies::unit_id.eq(unit),
            occupancies::starts_at.eq(NOW.plus_minutes(start)),
            occupancies::ends_at.eq(NOW.plus_minutes(end)),
        ))
        .execute(connection)?)
}

both! {
    fn inserts_that_overlap_are_refused_and_touching_is_free(fixture: &Fixture) {
        let mut connection = fixture.connection();
        take(&mut connection, 1, 1, 60, 120).unwrap();
        for (n, &(start, end, free)) in (10..).zip(EDGES) {
            let taken = take(&mut connection, n, 1, start, end);
            assert_eq!(taken.is_ok(), free, "{start}-{end}: {taken:?}");
            if let Err(error) = taken {
                assert!(matches!(error, StoreError::SlotTaken), "{start}-{end}: {error:?}");
            }
            // The other unit has nothing to do with it.
            take(&mut connection, 1000 + n, 2, 10_000 + 1000 * n as i64, 10_500 + 1000 * n as i64).unwrap();
            diesel::delete(occupancies::table.find(id::<prostor::domain::ids::kind::Occupancy>(n)))
                .execute(&mut *connection)
                .unwrap();
        }
    }

    fn updates_that_overlap_are_refused_and_ones_own_time_does_not_count(fixture: &Fixture) {
        let mut connection = fixture.connection();
        take(&mut connection, 1, 1, 60, 120).unwrap();
        take(&mut connection, 2, 1, 1000, 1060).unwrap();
        for &(start, end, free) in EDGES {
            let changed = change(&mut connection, 2, 1, start, end);
            assert_eq!(changed.is_ok(), free, "{start}-{end}: {changed:?}");
            if let Err(error) = changed {
                assert!(matches!(error, StoreError::SlotTaken), "{start}-{end}: {error:?}");
            }
            change(&mut connection, 2, 1, 1000, 1060).unwrap();
        }
        // Shifted over itself; and to the other unit at the first one's time.
        change(&mut connection, 2, 1, 1030, 1090).unwrap();
        change(&mut connection, 2, 2, 60, 120).unwrap();
        let back = change(&mut connection, 2, 1, 60, 120);
        assert!(matches!(back, Err(StoreError::SlotTaken)), "{back:?}");
    }

    fn long_and_empty_rows_are_refused(fixture: &Fixture) {
        let mut connection = fixture.connection();
        let days = |days: i64| days * 24 * 60;
        take(&mut connection, 1, 1, 0, days(32)).unwrap();
        for (start, end) in [(days(40), days(72) + 1), (days(40), days(40)), (days(41), days(40))] {
            let taken = take(&mut connection, 2, 1, start, end);
            assert!(taken.is_err(), "{start}-{end}");
        }
    }

    fn a_longest_row_is_seen_from_its_last_minute(fixture: &Fixture) {
        let mut connection = fixture.connection();
        let end = 32 * 24 * 60;
        take(&mut connection, 1, 1, 0, end).unwrap();
        assert!(matches!(take(&mut connection, 2, 1, end - 1, end), Err(StoreError::SlotTaken)));
        assert!(matches!(take(&mut connection, 3, 1, 0, 1), Err(StoreError::SlotTaken)));
        take(&mut connection, 4, 1, end, end + 1).unwrap();
    }
}
