//! Somebody asks the operator by letter or by telephone: they are found, given what is held on them, and erased, by the
//! rules that hold for who does so themselves.

use diesel::prelude::*;
use prostor::{admin, store::schema::audit};
use serde_json::{Value, json};

use crate::support::{House, TestApp, both, id, meeting, with};

const NAMELESS: &str = "external_id,space,starts_at,ends_at,title,purpose,organiser_name\n\
    1,Soba,2026-01-08T10:00,2026-01-08T11:00,Vaja,rehearsal,Čiril Križnik\n";

/// The ids in what `prostor admin find` tells.
fn found(app: &TestApp, text: &str) -> Vec<String> {
    let told = admin::find(&app.app, text).unwrap();
    told.lines().map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

fn exported(app: &TestApp, who: &str) -> Value {
    serde_json::from_str(&admin::export(&app.app, who).unwrap()).unwrap()
}

both! {
    async fn who_writes_a_letter_is_told_all_and_erased_once_nothing_is_open(app: TestApp) {
        let house = House::new(&app).await;
        let room = house.room("Soba").await;
        let guest = json!({"organiser": {"name": "Gost Brez Računa", "email": "gost@example.org", "phone": "041 111 222"}});
        let made = house.reserves(&house.manager, with(meeting(&room, "2026-03-03T10:00", "2026-03-03T11:00"), guest)).await.expect(201);
        let who = made["organiser"]["id"].as_str().unwrap().to_owned();
        // Nobody proved the address; the operator knows from the letter whose it is.
        let told = exported(&app, "Gost@example.org");
        assert_eq!((&told["account"]["id"], &told["reservations"][0]["id"]), (&json!(who), &made["id"]));
        assert_eq!(exported(&app, &who)["account"]["phone"], "041111222");
        let actions: Vec<String> = audit::table.filter(audit::action.like("account.%")).select(audit::action).load(&mut *app.connection()).unwrap();
        assert_eq!(actions.iter().filter(|action| *action == "account.exported").count(), 2);
        let refused = admin::erase(&app.app, "gost@example.org", true).unwrap_err();
        assert_eq!(refused, format!("something is still open: reservations {}", id(&made)));
        house.at("2026-03-03T20:00:00Z");
        let asked = admin::erase(&app.app, "gost@example.org", false).unwrap();
        assert!(asked.contains("Gost Brez Računa") && asked.contains("Layerjeva hiša") && asked.contains("--really"), "{asked}");
        assert_eq!(admin::erase(&app.app, "gost@example.org", true).unwrap(), format!("Erased {who}.\n"));
        for whom in ["gost@example.org", &who] {
            assert_eq!(admin::export(&app.app, whom).unwrap_err(), format!("there is nobody known as {whom}"));
            assert_eq!(admin::erase(&app.app, whom, true).unwrap_err(), format!("there is nobody known as {whom}"));
        }
        assert!(admin::export(&app.app, "Gost Brez Računa").unwrap_err().contains("admin find"));
        // The reservation stands, without its guest.
        let seen = house.sees(&house.desk(), &id(&made)).await;
        assert_eq!((&seen["title"], &seen["organiser"]["name"]), (&json!("—"), &json!("—")));
        house.is_sound();
    }

    async fn whoever_is_known_by_name_alone_is_found_by_it(app: TestApp) {
        let house = House::new(&app).await;
        house.room("Soba").await;
        let (ana, nina) = (app.member("ana"), app.member("nina"));
        let body = json!({"content": NAMELESS, "mode": "all_or_nothing"});
        house.post(&format!("/venues/{}/reservations/import", house.venue), body).by(&house.desk()).await.expect(200);
        let [who] = <[String; 1]>::try_from(found(&app, "kriznik ciril")).unwrap();
        let line = admin::find(&app.app, "križnik").unwrap();
        assert!(line.contains("Čiril Križnik: brought in by name alone since 2026-03-02T07:00:00Z at ") && !line.contains('@'), "{line}");
        assert_eq!(exported(&app, &who)["reservations"][0]["title"], "Vaja");
        admin::erase(&app.app, &who, true).unwrap();
        assert!(admin::find(&app.app, "križnik").is_err());
        assert_eq!(found(&app, "example.org NINA"), [nina.id.to_string()]);
        // Somebody with an account leaves in the same way, and is signed out by it.
        admin::erase(&app.app, "ana@example.org", true).unwrap();
        app.get("/me").by(&ana).await.refused(401, "unauthenticated");
        let last = admin::erase(&app.app, &house.root.email, true).unwrap_err();
        assert!(last.contains("operator usr_"), "{last}");
        house.is_sound();
    }
}
