//! The preview of a series: what creation would do, with nothing written.

use super::{
    super::{
        check::for_whom,
        claimant::Claimant,
        request::Request,
        reserve::{app_configuration, check_organisation, may_ask},
    },
    plan::{Drawn, Plan},
    request::{NewSeries, within},
};
use crate::{
    app::{App, error::Error},
    domain::{
        access::Actor,
        series::{Preview, SeriesRefusal},
        tariff::Quote,
        zone::Zone,
    },
};

/// What would come of it.
#[derive(Debug)]
pub struct Previewed {
    pub preview: Preview,
    /// What each occurrence would cost, in the same order; none where it is excluded, or asks for nothing.
    pub prices: Vec<Option<Quote>>,
    pub zone: Zone,
    /// Why no series would be made.
    pub refusal: Option<SeriesRefusal>,
}

/// Whoever is not signed in or not verified is told so as a reason with every occurrence.
///
/// # Errors
/// `invalid` for what can't be understood, `forbidden`; a refusal by the rules is a result, not an error.
pub fn preview(app: &App, actor: &Actor, new: &NewSeries) -> Result<Previewed, Error> {
    let (mode, template) = (new.mode()?, &new.template);
    let at_template = |error| within("template", error);
    app.db.read(|tx| {
        let configuration = app_configuration(app, tx, template).map_err(at_template)?;
        may_ask(actor, template, configuration.place()).map_err(at_template)?;
        let person = for_whom(tx, actor, template)?;
        check_organisation(tx, template, person).map_err(at_template)?;
        let claimant = Claimant::load(tx, person, template.organisation_id, app.now())?;
        let zone = configuration.zone();
        let request = Request::of_new(template, configuration, actor, claimant).map_err(at_template)?;
        let asked = template.equipment.as_deref();
        let mut request = request.equipped(tx, app, asked, &[]).map_err(at_template)?;
        request.booker.known = actor.person().is_some();
        let plan = Plan::of(new, &request)?;
        let drawn = plan.draw(tx, &request, app.now())?;
        let prices = prices(&drawn).map_err(at_template)?;
        let refusal = drawn.preview.verdict(mode).err();
        Ok(Previewed { preview: drawn.preview, prices, zone, refusal })
    })
}

fn prices(drawn: &Drawn) -> Result<Vec<Option<Quote>>, Error> {
    let mut slots = drawn.slots.iter();
    let occurrences = drawn.preview.occurrences.iter();
    occurrences
        .map(|one| {
            if one.occurrence.excluded {
                return Ok(None);
            }
            slots.next().map_or(Ok(None), |slot| slot.request.quote())
        })
        .collect()
}
