use std::collections::BTreeMap;

use super::*;
use crate::app::{check, page::Asked, reservations::list};

/// A Tuesday, half past ten in Ljubljana.
fn today() -> Instant {
    "2026-11-24T09:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().into()
}

struct Demo {
    app: Arc<App>,
    region: Region,
    _folder: tempfile::TempDir,
}

impl Drop for Demo {
    fn drop(&mut self) {
        self.app.db.close();
    }
}

fn demo(now: Instant) -> (Demo, Tally) {
    let folder = tempfile::tempdir().unwrap();
    let mut settings = Settings::default();
    complete(&mut settings, Some(&folder.path().join("demo.db")));
    let config = Config::read(&settings).unwrap();
    let region = data::gorenjska().unwrap();
    let app = server::rehearsal(&config, Clock::simulated(now)).unwrap();
    let tally = seed(&app, &region, now).unwrap();
    (Demo { app, region, _folder: folder }, tally)
}

/// Every reservation as its venue's manager sees it, without what is random.
fn picture(demo: &Demo) -> Vec<String> {
    let network = world::network(&demo.app, &demo.region).unwrap().unwrap();
    let world = World::find(&demo.app, &demo.region, network).unwrap();
    let mut seen = Vec::new();
    for spot in &world.spaces {
        let filter = list::Filter { space: Some(spot.id), ..list::Filter::default() };
        let mut asked = Asked { limit: Some(200), cursor: None };
        loop {
            let page = list::list(&demo.app, &spot.manager, &filter, &asked, "").unwrap();
            seen.extend(page.items.iter().map(|view| {
                format!(
                    "{} {} {} {} {} {} {:?}",
                    view.starts_at,
                    view.ends_at,
                    spot.name,
                    view.title,
                    view.organiser.name,
                    view.status,
                    view.headcount
                )
            }));
            asked.cursor = page.next;
            if asked.cursor.is_none() {
                break;
            }
        }
    }
    seen.sort_unstable();
    seen
}

#[test]
fn first() {
    let began = std::time::Instant::now();
    let (demo, tally) = demo(today());
    println!("{tally} in {:?}", began.elapsed());
    let seen = picture(&demo);
    let mut by: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
    for line in &seen {
        let words: Vec<_> = line.split(' ').collect();
        let status = ["pending", "confirmed", "declined", "expired", "cancelled", "completed"]
            .iter()
            .find(|s| line.contains(&format!(" {s} ")))
            .unwrap();
        *by.entry(words[2].to_owned()).or_default().entry(status.to_string()).or_default() += 1;
    }
    println!("{by:#?} {}", seen.len());
    let report = check::run(&demo.app.db).unwrap();
    println!("{report}");
}
