//! Approving and declining all of a series that waits: requests and requested changes, each as by itself, told in one
//! mail.

use std::sync::Arc;

use super::{
    super::{
        decide::{Verdict, Words, Work as One},
        notices::Before,
        slot::{occupy, refused},
        view::{configuration, units_of},
    },
    cancel::locked,
    notices::{About, Said},
    view::SeriesView,
};
use crate::{
    app::{App, Done, error::Error, version::Expected},
    domain::{
        access::{self, Action, Actor},
        ids::SeriesId,
        instant::Instant,
        record::Reservation,
        reservation::Status,
        series::Series,
    },
    mail::series::SeriesEvent,
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        people, series as table,
    },
};

/// One of which nothing waits any more stays as it is.
///
/// # Errors
/// `not_found`, `forbidden` unless staff, `precondition_failed`, `state_conflict` where all that waited has expired.
pub fn decide(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    id: SeriesId,
    expected: Expected,
    (verdict, words): (Verdict, Words),
) -> Result<Done<SeriesView>, Error> {
    let before = super::list::visible(app, actor, id)?;
    access::may(actor, Action::DecideReservation(before.claimed()))?;
    let work = Work { app: app.clone(), actor: actor.clone(), verdict, words };
    app.command("decide series", claim, move |tx| {
        let (series, members) = locked(tx, &work.app, &before, &[])?;
        expected.check(series.version)?;
        work.all(tx, series, members)?;
        super::list::shown(tx, &work.actor, before.id)
    })
}

struct Work {
    app: Arc<App>,
    actor: Actor,
    verdict: Verdict,
    words: Words,
}

impl Work {
    fn all(&self, tx: &mut WriteTx, mut series: Series, members: Vec<Reservation>) -> Result<(), Error> {
        let now = self.app.now();
        let waits = |one: &Reservation| one.status == Status::Pending || one.change.is_some();
        let waiting: Vec<Reservation> = members.into_iter().filter(|one| waits(one)).collect();
        let (mut decided, mut wishes, mut late, mut elsewhere) = (Vec::new(), Vec::new(), None, 0);
        let work = self.one();
        for mut one in waiting {
            match work.in_time(&one, now) {
                Err(error) => late = Some(error),
                // What goes to another space is told as what it is.
                Ok(()) if one.wished_space().is_some() => {
                    elsewhere += 1;
                    self.alone(tx, &work, &series, one)?;
                }
                Ok(()) => {
                    // Who is refused a change must not read that the dates that stand are gone.
                    let wish = if self.verdict == Verdict::Decline { refused(&one) } else { None };
                    settle(tx, &work, &series, &mut one, now)?;
                    match wish {
                        Some(wish) => wishes.push(wish),
                        None => decided.push(one),
                    }
                }
            }
        }
        let count = decided.len() + wishes.len() + elsewhere;
        if count == 0 {
            return late.map_or(Ok(()), Err);
        }
        series.sequence = (series.sequence + 1).max(table::newest_sequence(tx, series.id)?);
        series.updated_at = now;
        table::update(tx, &mut series)?;
        table::raise_sequences(tx, &series)?;
        let action = match self.verdict {
            Verdict::Approve => "series.approved",
            Verdict::Decline => "series.declined",
        };
        let by = self.actor.person().map(|person| person.id);
        let entry = Entry::new(self.app.id(), now, by, action, series.id).within(series.place);
        audit::append(tx, &entry.with(serde_json::json!({"decided": count})))?;
        self.tell(tx, &series, (&decided, &wishes), now)
    }

    /// A wish for another space, settled and told by itself.
    fn alone(
        &self,
        tx: &mut WriteTx,
        work: &One,
        series: &Series,
        mut one: Reservation,
    ) -> Result<(), Error> {
        let before = configuration(tx, &self.app, one.space)?;
        let old = Before { configuration: &before, interval: one.interval };
        settle(tx, work, series, &mut one, self.app.now())?;
        let now = configuration(tx, &self.app, one.space)?;
        let units = units_of(tx, &one)?;
        work.tell(tx, &now, &one, &units, Some(old))
    }

    fn one(&self) -> One {
        let (app, actor) = (self.app.clone(), self.actor.clone());
        let (verdict, words) = (self.verdict, self.words.clone());
        One { app, actor, expected: Expected::Any, verdict, words }
    }

    fn tell(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        (decided, wishes): (&[Reservation], &[Reservation]),
        now: Instant,
    ) -> Result<(), Error> {
        let Some(organiser) = people::contact(tx, series.organiser)? else { return Ok(()) };
        let configuration = configuration(tx, &self.app, series.space)?;
        let members = table::members(tx, series.id)?;
        let decided: Vec<&Reservation> = decided.iter().collect();
        let wishes: Vec<&Reservation> = wishes.iter().collect();
        let message = self.words.text();
        let app = &self.app;
        let about = About { app, configuration: &configuration, organiser: &organiser, now };
        match self.verdict {
            Verdict::Approve => {
                let said = Said { message, ..Said::plainly(SeriesEvent::Approved, &decided) };
                about.say(tx, series, &members, said)
            }
            Verdict::Decline => about.declined(tx, series, &members, (&decided, &wishes), message),
        }
    }
}

/// One of them, as by itself but for the mail. What stands where its rule has it is as its series again.
fn settle(
    tx: &mut WriteTx,
    work: &One,
    series: &Series,
    one: &mut Reservation,
    now: Instant,
) -> Result<(), Error> {
    let from = one.status;
    if one.change.is_some() {
        let units = units_of(tx, one)?;
        work.settle_change(tx, one, units)?;
        if let Some(belongs) = &mut one.belongs {
            belongs.changed = one.space != series.space || one.interval != series.interval(belongs.original);
        }
    } else {
        one.expires_at = None;
        one.status = match work.verdict {
            Verdict::Approve => Status::Confirmed,
            Verdict::Decline => Status::Declined,
        };
        if work.verdict == Verdict::Decline {
            occupy(tx, &work.app, one, &[])?;
        }
    }
    work.save(tx, one, from, now)
}
