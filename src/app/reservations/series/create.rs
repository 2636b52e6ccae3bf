//! Making a series: one transaction, one judgement for each occurrence, everything written in a few statements.

use std::{collections::BTreeSet, sync::Arc};

use serde_json::json;

use super::{
    super::{
        approvals,
        claimant::Claimant,
        holds,
        request::Request,
        reserve::{Work as Template, app_configuration, check_organisation, may_ask},
        slot::rows_held,
    },
    notices::About,
    plan::{Drawn, Plan},
    request::{NewSeries, within},
    view::{RefusedView, SeriesView},
};
use crate::{
    app::{
        App, Done,
        error::{Code, Error},
        guests,
    },
    domain::{
        access::{self, Action, Actor, Place},
        approval::Answer,
        ids::{SeriesId, UnitId},
        instant::Instant,
        record::Reservation,
        series::{Belongs, Series},
    },
    store::{
        audit::{self, Entry},
        db::WriteTx,
        idempotency::Claim,
        locks, occupancies,
        people::Contact,
        series as table,
    },
};

/// # Errors
/// `series_conflicts`, `too_many_skipped` and `nothing_left` with every occurrence, `invalid`, `address_unverified`,
/// `forbidden`.
pub fn create(
    app: &Arc<App>,
    actor: &Actor,
    claim: Option<Claim>,
    new: NewSeries,
) -> Result<Done<SeriesView>, Error> {
    access::may(actor, Action::Reserve(None))?;
    new.mode()?;
    let place = app.configurations.place(&app.db, new.template.space_id)?;
    let place = place.ok_or_else(|| Error::field("/template/space_id", "unknown"))?;
    may_ask(actor, &new.template, place).map_err(|error| within("template", error))?;
    let template =
        Template { app: app.clone(), actor: actor.clone(), new: Arc::new(new.template.clone()), place };
    let work = Work { template, new: Arc::new(new), place };
    app.command("make series", claim, move |tx| work.run(tx))
}

struct Work {
    template: Template,
    new: Arc<NewSeries>,
    place: Place,
}

impl Work {
    fn run(&self, tx: &mut WriteTx) -> Result<SeriesView, Error> {
        let Template { app, actor, new: template, .. } = &self.template;
        let at_template = |error| within("template", error);
        let maker = actor.person().ok_or(Code::Unauthenticated)?.id;
        let organiser = self.template.organiser(tx, maker)?;
        check_organisation(tx, template, Some(organiser.id)).map_err(at_template)?;
        if let Some(organisation) = template.organisation_id {
            locks::organisation(tx, organisation)?;
        }
        locks::share_configuration(tx, self.place)?;
        let configuration = app_configuration(app, tx, template).map_err(at_template)?;
        let claimant = Claimant::load(tx, Some(organiser.id), template.organisation_id, app.now())?;
        let request = Request::of_new(template, configuration, actor, claimant).map_err(at_template)?;
        let asked = template.equipment.as_deref();
        let request = request.equipped(tx, app, asked, &[]).map_err(at_template)?;
        let plan = Plan::of(&self.new, &request)?;
        request.quote().map_err(at_template)?;
        locks::units(tx, &request.groups())?;
        let now = app.now();
        let drawn = plan.draw(tx, &request, now)?;
        if let Err(refusal) = drawn.preview.verdict(self.new.mode()?) {
            let (zone, preview) = (plan.zone, Box::new(drawn.preview));
            return Err(Error::Series { refusal, preview, zone });
        }
        let series = self.series(&plan, &drawn, &organiser, now);
        let members = self.members(series.id, &drawn, &organiser, now)?;
        let units: Vec<UnitId> =
            drawn.made().next().map(|slot| slot.judged.units.clone()).unwrap_or_default();
        holds::give_way(tx, app, &drawn.to_end(), Some(maker), now)?;
        self.save(tx, &series, &members, &drawn)?;
        let about = About { app, configuration: &request.configuration, organiser: &organiser, now };
        let left_out: Vec<_> = drawn.refused().map(|(slot, _)| slot.request.interval).collect();
        about.made(tx, &series, &members, &units, &left_out)?;
        let known = guests::as_known(tx, (&series).into(), Some(organiser), actor)?;
        let view = SeriesView::new(&series, known.as_ref(), actor);
        Ok(view.with(&members, series.zone).without(RefusedView::all(&drawn, series.zone)))
    }

    /// Its excluded dates are those asked for and those not to be had.
    fn series(&self, plan: &Plan, drawn: &Drawn, organiser: &Contact, now: Instant) -> Series {
        let template = &self.template;
        let made: BTreeSet<_> = drawn.made().map(|slot| slot.occurrence.starts_at).collect();
        let starts = plan.occurrences.iter().map(|one| one.starts_at);
        Series {
            id: template.app.id(),
            place: self.place,
            space: template.new.space_id,
            organiser: organiser.id,
            organisation: template.new.organisation_id,
            made_by: template.actor.person().map_or(organiser.id, |person| person.id),
            title: template.new.title.to_string(),
            rule: plan.rule.clone(),
            times: plan.times,
            exdates: starts.filter(|start| !made.contains(start)).map(|start| start.date()).collect(),
            zone: plan.zone,
            sequence: 0,
            split_from: None,
            version: 1,
            created_at: now,
            updated_at: now,
        }
    }

    fn members(
        &self,
        series: SeriesId,
        drawn: &Drawn,
        organiser: &Contact,
        now: Instant,
    ) -> Result<Vec<Reservation>, Error> {
        let maker = self.template.actor.person().map_or(organiser.id, |person| person.id);
        let made = drawn.made().map(|slot| {
            let original = slot.occurrence.starts_at;
            let single = self.template.reservation(&slot.request, &slot.judged, organiser.id, maker, now);
            let quote = slot.request.quote()?;
            let belongs = Some(Belongs { series, original, changed: false });
            Ok(Reservation { quote, belongs, ..single })
        });
        made.collect()
    }

    fn save(
        &self,
        tx: &mut WriteTx,
        series: &Series,
        members: &[Reservation],
        drawn: &Drawn,
    ) -> Result<(), Error> {
        let app = &self.template.app;
        table::insert(tx, series)?;
        table::insert_members(tx, members)?;
        approvals::follow_all(tx, app, members, Answer::Withdrawn, None)?;
        let taken = members.iter().zip(drawn.made());
        let rows: Vec<_> =
            taken.flat_map(|(member, slot)| rows_held(app, member, &slot.judged.units)).collect();
        for some in rows.chunks(200) {
            occupancies::insert(tx, self.place, some)?;
        }
        let by = Some(series.made_by);
        let entry = Entry::new(app.id(), series.created_at, by, "series.made", series.id).within(self.place);
        let said = json!({"space_id": series.space, "rule": series.rule, "made": members.len(),
            "left_out": drawn.refused().count()});
        let mut entries = vec![entry.with(said)];
        entries.extend(members.iter().map(|member| self.template.made(member)));
        Ok(audit::append_all(tx, &entries)?)
    }
}
