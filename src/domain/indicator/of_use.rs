//! What utilisation's sums make of an indicator's figure.

use super::{IndicatorFigure, Measure};
use crate::domain::statistics::{PERSON, Sums, Tally};

impl Measure {
    /// Of a figure of use; of any other nothing.
    pub fn of_use(figure: IndicatorFigure, tally: &Tally) -> Self {
        let sums = &tally.sums;
        match figure {
            IndicatorFigure::AvailableHours => Self::amount(sums.available),
            IndicatorFigure::BookedHours => Self::amount(sums.booked),
            IndicatorFigure::UsedHours => Self::amount(sums.used),
            IndicatorFigure::PlannedFrequency => Self::rate_of(Some(sums.booked), sums.available),
            IndicatorFigure::ActualFrequency => Self::rate_of(Some(sums.used), sums.available),
            IndicatorFigure::Occupancy => Self::rate_of(Some(person_seconds(sums, 1, 1)), sums.seat_known),
            IndicatorFigure::Utilisation => {
                // What is unknown is taken to be as full as what is known; unused is 0.
                let people = match (sums.seat_used, sums.seat_known) {
                    (0, _) => Some(0),
                    (_, 0) => None,
                    (used, known) => Some(person_seconds(sums, used, known)),
                };
                Self::rate_of(people, sums.seat_available)
            }
            IndicatorFigure::NoShows => Self::rate_of(Some(tally.no_shows.into()), tally.awaited.into()),
            _ => Self::nothing(figure),
        }
    }
}

/// People's seconds times a ratio, rounded half up; sums of people are not negative.
fn person_seconds(sums: &Sums, part: i64, whole: i64) -> i64 {
    let whole = i128::from(PERSON) * i128::from(whole);
    let seconds = (sums.people.saturating_mul(i128::from(part)) + whole / 2) / whole;
    i64::try_from(seconds).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_those_of_utilisation() {
        let hour = 3600;
        let sums = Sums {
            available: 10 * hour,
            booked: 5 * hour,
            used: 4 * hour,
            seat_available: 120 * hour,
            seat_used: 48 * hour,
            seat_known: 24 * hour,
            people: i128::from(6 * hour * PERSON),
            ..Sums::default()
        };
        let tally = Tally { sums, awaited: 8, no_shows: 2, ..Tally::default() };
        for (figure, wanted) in [
            (IndicatorFigure::AvailableHours, Some(10.0)),
            (IndicatorFigure::BookedHours, Some(5.0)),
            (IndicatorFigure::UsedHours, Some(4.0)),
            (IndicatorFigure::PlannedFrequency, sums.planned_frequency().rate),
            (IndicatorFigure::ActualFrequency, sums.actual_frequency().rate),
            (IndicatorFigure::Occupancy, sums.occupancy().rate),
            (IndicatorFigure::Utilisation, sums.utilisation().rate),
            (IndicatorFigure::NoShows, tally.no_show_rate().rate),
        ] {
            assert_eq!(Measure::of_use(figure, &tally).value(figure), wanted, "{figure}");
        }
        let unknown = Tally { sums: Sums { seat_known: 0, people: 0, ..sums }, ..tally };
        let utilisation = Measure::of_use(IndicatorFigure::Utilisation, &unknown);
        assert_eq!(utilisation, Measure::rate_of(None, 120 * hour));
        let idle = Tally { sums: Sums { seat_used: 0, ..unknown.sums }, ..tally };
        assert_eq!(Measure::of_use(IndicatorFigure::Utilisation, &idle).rate(), Some(0.0));
    }
}
