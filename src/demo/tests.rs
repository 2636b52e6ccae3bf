//! The demo as a visitor finds it: seeded, sound, and rolling forward.

use std::collections::BTreeMap;

use super::*;
use crate::{
    app::{
        check, events,
        page::Asked,
        reservations::{
            decide::{Verdict, Words, decide},
            list,
            view::ReservationView,
        },
        version::Expected,
        waiting,
    },
    domain::{access::Actor, reservation::Status, space::BookedBy, waiting::WaitingState},
    store::outbox,
};

const DAY: i64 = 86_400;
/// A shorter past where its length does not matter.
const SOME_DAYS: u64 = 10;

/// A Tuesday, half past ten in Ljubljana.
fn tuesday() -> Instant {
    "2026-11-24T09:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

/// A database of its own with the demo's application, nothing made yet.
struct Stage {
    app: Arc<App>,
    region: Region,
    _folder: tempfile::TempDir,
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.app.db.close();
    }
}

impl Stage {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut settings = Settings::default();
        complete(&mut settings, Some(&folder.path().join("demo.db")));
        let config = Config::read(&settings).unwrap();
        let app = server::rehearsal(&config, Clock::simulated(tuesday())).unwrap();
        Self { app, region: data::gorenjska().unwrap(), _folder: folder }
    }

    fn seed(&self, past_days: u64, now: Instant) -> Tally {
        seed(&self.app, &self.region, past_days, now).unwrap()
    }

    fn world(&self) -> World {
        let network = world::network(&self.app, &self.region).unwrap().unwrap();
        World::find(&self.app, &self.region, network).unwrap()
    }

    /// Every reservation with its space, as the venue's manager sees it.
    fn reservations(&self, world: &World) -> Vec<(usize, ReservationView)> {
        let mut all = Vec::new();
        for (number, spot) in world.spaces.iter().enumerate() {
            let filter = list::Filter { space: Some(spot.id), ..list::Filter::default() };
            let mut asked = Asked { limit: Some(200), cursor: None };
            loop {
                let page = list::list(&self.app, &spot.manager, &filter, &asked, "").unwrap();
                // A pool's list shows what takes pieces of it along besides; it is listed where it is.
                let own = page.items.into_iter().filter(|view| view.space_id == spot.id);
                all.extend(own.map(|view| (number, view)));
                asked.cursor = page.next;
                if asked.cursor.is_none() {
                    break;
                }
            }
        }
        all
    }

    /// The same without what is random: ids and the units that were chosen by them.
    fn picture(&self) -> Vec<String> {
        let world = self.world();
        let mut picture: Vec<_> = self
            .reservations(&world)
            .iter()
            .map(|(spot, view)| shown(&world.spaces[*spot].name, view))
            .collect();
        picture.sort_unstable();
        picture
    }

    fn queued(&self) -> i64 {
        self.app.db.read(outbox::backlog).unwrap().0
    }

    fn assert_sound(&self) {
        let report = check::run(&self.app.db).unwrap();
        assert!(report.is_clean(), "{report}");
    }
}

fn shown(space: &str, view: &ReservationView) -> String {
    let ReservationView { starts_at, ends_at, title, organiser, status, headcount, quantity, .. } = view;
    format!("{starts_at} {ends_at} {space} {quantity} {title} {} {status} {headcount:?}", organiser.name)
}

fn count(all: &[(usize, ReservationView)], status: Status) -> usize {
    all.iter().filter(|(_, view)| view.status == status).count()
}

#[test]
fn a_region_with_a_past_and_a_month_ahead_lives_on() {
    let stage = Stage::new();
    let first = stage.seed(PAST_DAYS, tuesday());
    let world = stage.world();
    let all = stage.reservations(&world);
    assert_eq!(first.reserved, all.len());
    assert!((600..1500).contains(&all.len()), "{first}");
    assert!(first.counted * 2 > first.reserved && first.blocked > 3, "{first}");
    assert!(first.checked_in > 50 && first.attended > 50, "{first}");
    let given_back = |view: &&ReservationView| view.released_at.is_some();
    let left = all.iter().map(|(_, view)| view).filter(given_back).filter(|v| v.status == Status::Completed);
    assert!(left.count() > 3, "{first}");
    for (status, least) in [
        (Status::Completed, 500),
        (Status::Confirmed, 50),
        (Status::Cancelled, 20),
        (Status::Declined, 3),
        (Status::Expired, 2),
        (Status::Pending, 1),
        (Status::NoShow, 3),
    ] {
        assert!(count(&all, status) >= least, "{status}: {}", count(&all, status));
    }
    let late = all.iter().filter(|(_, view)| view.cancelled_late == Some(true)).count();
    assert!((3..count(&all, Status::Cancelled)).contains(&late), "{late}");
    for by in [BookedBy::Days, BookedBy::Nights] {
        let stays = all.iter().filter(|(spot, _)| world.spaces[*spot].view.booked_by == by).count();
        assert!(stays >= 10, "{by}: {stays}");
    }
    everybody_is_there(&stage, &world);
    something_is_lent(&world, &all);
    something_is_on(&stage, &world);
    somebody_waits(&stage, &world);
    something_is_closed_every_week(&stage, &world);
    a_plan_is_followed(&stage, &world);
    something_is_sought_in_vain(&stage, &world);
    stage.assert_sound();
    // The last day's mails and no others.
    assert!((1..150).contains(&stage.queued()), "{}", stage.queued());

    // Started again at once: nothing twice.
    assert_eq!(stage.seed(PAST_DAYS, tuesday()), Tally::default());
    let decided = a_visitor_approves(&stage, &world, &all);
    let later = tuesday().plus(4 * DAY);
    let again = stage.seed(PAST_DAYS, later);
    assert!((20..200).contains(&again.reserved), "{again}");
    let after = stage.reservations(&world);
    assert_eq!(after.len(), all.len() + again.reserved);
    let over =
        |view: &ReservationView| view.status == Status::Confirmed && view.ends_at < world.zone.show(later);
    assert!(!after.iter().any(|(_, view)| over(view)));
    let last = after.iter().map(|(_, view)| &view.starts_at).max().unwrap();
    assert!(*last > world.zone.show(later.plus(10 * DAY)), "{last}");
    assert!(after.iter().any(|(_, view)| view.id == decided.id));
    stage.assert_sound();
}

/// Five venues, their spaces, and people in every role.
fn everybody_is_there(stage: &Stage, world: &World) {
    assert!(world.network.demo);
    let mut venues: BTreeMap<&str, usize> = BTreeMap::new();
    for spot in &world.spaces {
        *venues.entry(&spot.venue).or_default() += 1;
        let manager = spot.manager.person().unwrap();
        assert!(manager.is_staff_of(spot.view.venue_id), "{}", spot.name);
    }
    let planned: usize = stage.region.venues.iter().map(|venue| venue.spaces.len()).sum();
    assert_eq!((venues.len(), world.spaces.len()), (5, planned));
    assert!(planned >= 14 && world.people.len() >= 25);
    let role = |human: &data::Human| seeding::actor(&stage.app, &human.email, &[]).unwrap().unwrap();
    assert!(role(&stage.region.administrator).person().unwrap().administrator);
    let coordinators = crate::app::staff::teams::Team::Coordinators(world.network.id);
    let listed = crate::app::staff::teams::list(
        &stage.app,
        &role(&stage.region.administrator),
        coordinators,
        &Asked::default(),
    );
    assert_eq!(listed.unwrap().items[0].email, stage.region.coordinator.email.as_str());
    let booking_for = |actor: &Actor| actor.person().is_some_and(|person| !person.organisations.is_empty());
    assert!(world.people.iter().filter(|member| booking_for(&member.actor)).count() >= 15);
}

/// Anybody finds events ahead at several venues, with words about them.
fn something_is_on(stage: &Stage, world: &World) {
    let filter = events::Filter { network: Some(world.network.id), ..events::Filter::default() };
    let page = events::list(&stage.app, &filter, &Asked::default(), "").unwrap();
    let venues: std::collections::BTreeSet<_> = page.items.iter().map(|event| event.venue.id).collect();
    assert!(page.items.len() >= 5 && venues.len() >= 2, "{:#?}", page.items);
    assert!(page.items.iter().any(|event| event.description.is_some() && event.link.is_some() && event.demo));
}

/// A weekly group takes a projector along.
fn something_is_lent(world: &World, all: &[(usize, ReservationView)]) {
    let pool = world.spaces.iter().find(|spot| spot.name == "layerjeva-hisa/projektorji").unwrap();
    let lent = |view: &ReservationView| {
        view.equipment.iter().any(|some| (some.space_id, some.quantity) == (pool.id, 1))
    };
    assert!(all.iter().filter(|(_, view)| lent(view)).count() >= 5);
}

/// A room is closed every Friday evening, as far as a season goes.
fn something_is_closed_every_week(stage: &Stage, world: &World) {
    let room = world.spaces.iter().find(|spot| spot.name == "layerjeva-hisa/soba").unwrap();
    let asked = Asked { limit: Some(200), cursor: None };
    let mut blocks = crate::app::blocks::list(&stage.app, &room.manager, room.id, &asked).unwrap().items;
    blocks.retain(|block| block.series_id.is_some());
    assert_eq!(blocks.len(), 52);
    let ahead = |at: &String| *at > world.zone.show(tuesday());
    let evening = |at: &String| at[11..].starts_with("20:30");
    assert!(blocks.iter().all(|block| evening(&block.starts_at)));
    assert!(blocks.iter().any(|block| ahead(&block.starts_at)));
}

/// Each indicator has a target of this year, and those of use a value.
fn a_plan_is_followed(stage: &Stage, world: &World) {
    use crate::app::statistics::indicators::of_year;
    let standing = stage.app.db.read(|tx| of_year(tx, world.network.id, 2026, tuesday(), false)).unwrap();
    assert!(standing.len() >= 8 && standing.iter().all(|item| item.target.is_some()), "{standing:#?}");
    let counted = |item: &&crate::app::statistics::IndicatorProgress| item.status.is_some();
    assert!(standing.iter().filter(counted).count() >= 3, "{standing:#?}");
}

/// By enough people in a month that whoever coordinates is shown it.
fn something_is_sought_in_vain(stage: &Stage, world: &World) {
    let days = ("2026-10-01".parse().unwrap(), "2026-11-01".parse().unwrap());
    let searched =
        stage.app.db.read(|tx| crate::store::demand::searches(tx, world.network.id, days)).unwrap();
    let kind = |kind: &str| {
        let of_kind = searched.iter().filter(|one| one.kind.as_deref() == Some(kind));
        of_kind.map(|one| one.clients).sum::<i64>()
    };
    for wanted in ["multifunctional", "studio", "meeting_room", "desk_area"] {
        assert!(kind(wanted) >= 5, "{wanted}: {}", kind(wanted));
    }
}

/// In most venues, and for what somebody else has.
fn somebody_waits(stage: &Stage, world: &World) {
    let entries = |actor: &Actor| waiting::list::list(&stage.app, actor, &Asked::default()).unwrap().items;
    let entries: Vec<_> = world.people.iter().flat_map(|member| entries(&member.actor)).collect();
    assert!((3..=5).contains(&entries.len()), "{entries:#?}");
    assert!(entries.iter().all(|entry| entry.state == WaitingState::Waiting), "{entries:#?}");
}

/// Between two starts people use the demo: what they do comes before what the demo had planned.
fn a_visitor_approves(stage: &Stage, world: &World, all: &[(usize, ReservationView)]) -> ReservationView {
    let (spot, pending) = all.iter().find(|(_, view)| view.status == Status::Pending).unwrap();
    stage.app.clock.set(tuesday().plus(DAY));
    let how = (Verdict::Approve, Words::default());
    let manager = &world.spaces[*spot].manager;
    decide(&stage.app, manager, None, pending.id, Expected::Any, how).unwrap();
    pending.clone()
}

#[test]
fn the_same_day_gives_the_same_picture() {
    let (one, other) = (Stage::new(), Stage::new());
    one.seed(SOME_DAYS, tuesday());
    other.seed(SOME_DAYS, tuesday());
    let picture = one.picture();
    assert!(picture.len() > 100, "{}", picture.len());
    assert_eq!(picture, other.picture());
}

#[test]
fn a_database_of_something_else_is_left_alone() {
    let stage = Stage::new();
    let ana = ("ana@example.org".parse().unwrap(), "Ana".parse().unwrap());
    let language = crate::domain::locale::Locale::Sl;
    crate::app::accounts::setup::register_verified(&stage.app, &ana.0, &ana.1, language, None, true).unwrap();
    let refused = seed(&stage.app, &stage.region, SOME_DAYS, tuesday());
    assert!(matches!(refused, Err(DemoError::Foreign)), "{refused:?}");
}

#[test]
fn settings_that_were_given_are_kept() {
    for (database, given, wanted) in [
        (None, None, ("sqlite:prostor-demo.db", "file:mailbox")),
        (Some("a/b.db"), None, ("sqlite:a/b.db", "file:a/mailbox")),
        (Some("b.db"), Some("postgres://x/y"), ("sqlite:b.db", "file:mailbox")),
        (None, Some("postgres://x/y"), ("postgres://x/y", "file:mailbox")),
        (None, Some("sqlite:c/d.db"), ("sqlite:c/d.db", "file:c/mailbox")),
    ] {
        let mut settings = Settings::default();
        settings.or("database_url", || given.map(str::to_owned));
        complete(&mut settings, database.map(Path::new));
        let set = (settings.get("database_url"), settings.get("mail_url"));
        assert_eq!(set, (Some(wanted.0), Some(wanted.1)));
    }
}
