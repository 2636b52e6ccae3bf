//! A slot is sold once, whoever asks at the same time (DESIGN 1.1): exactly one takes effect, the others get
//! the documented answer, nothing breaks and nothing deadlocks.

use std::time::Duration;

use chrono::{Days, NaiveDate};
use prostor::app::reservations::no_show;
use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{
    Backend, Call, House, Options, Person, Reply, TestApp, at_once, both, id, meeting, version, with,
};

/// How often each race is run, on another day each time.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn rounds() -> u64 {
    std::env::var("PROSTOR_TEST_RACES").map_or(20, |rounds| rounds.parse().expect("PROSTOR_TEST_RACES"))
}

/// Prepares once, then races on one day after the other, and looks at all that came of it.
pub async fn race<T>(
    backend: Backend,
    prepare: impl AsyncFn(&House<'_>) -> T,
    round: impl AsyncFn(&House<'_>, &T, &str),
) {
    let app = TestApp::start(backend, Options { connections: 16, ..Options::default() });
    let house = House::new(&app).await;
    let prepared = prepare(&house).await;
    let first = NaiveDate::from_ymd_opt(2026, 3, 3).unwrap();
    for day in (0..rounds()).map(|n| first + Days::new(n)) {
        round(&house, &prepared, &day.to_string()).await;
    }
    house.is_sound();
}

pub fn people(house: &House<'_>, count: usize) -> Vec<Person> {
    (0..count).map(|n| house.member(&format!("clan{n}"))).collect()
}

/// Exactly one was answered with its success, all others with this refusal. Returns the winner's body.
#[track_caller]
pub fn one_wins(replies: Vec<Reply>, status: u16, code: &str) -> Value {
    let (mut won, lost): (Vec<Reply>, Vec<Reply>) =
        replies.into_iter().partition(|reply| matches!(reply.status, 200 | 201));
    assert_eq!(
        won.len(),
        1,
        "of {} others: {:?}",
        lost.len(),
        lost.iter().map(|r| r.status).collect::<Vec<_>>()
    );
    for reply in lost {
        reply.refused(status, code);
    }
    won.remove(0).json
}

both! {
    async fn fifty_want_one_slot(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 50));
        race(backend, prepare, async |house, (room, people), day| {
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:00"));
            let replies = at_once(people.iter().map(|person| house.asks(person, room, &from, &to))).await;
            let won = one_wins(replies, 409, "slot_taken");
            assert_eq!((&won["status"], &won["space_id"]), (&json!("confirmed"), &json!(room)));
        })
        .await;
    }

    async fn intervals_that_share_an_instant(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 10));
        race(backend, prepare, async |house, (room, people), day| {
            // All of them hold 10:45 to 11:00.
            let times = [("10:45", "11:00"), ("09:00", "11:00"), ("10:45", "13:00"), ("08:00", "20:00"), ("10:30", "11:15")];
            let calls = people.iter().zip(times.iter().cycle()).map(|(person, (from, to))| {
                house.asks(person, room, &format!("{day}T{from}"), &format!("{day}T{to}"))
            });
            one_wins(at_once(calls).await, 409, "slot_taken");
        })
        .await;
    }

    async fn a_hall_against_its_halves(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.hall("Dvorana").await, people(house, 12));
        race(backend, prepare, async |house, (spaces, people), day| {
            let [hall, left, right] = spaces;
            let call = |person, space: &String, from: &str, to: &str| {
                house.asks(person, space, &format!("{day}T{from}"), &format!("{day}T{to}"))
            };
            let calls = people.iter().zip([hall, left].into_iter().cycle());
            let calls = calls.map(|(person, space)| call(person, space, "10:00", "12:00"));
            one_wins(at_once(calls).await, 409, "slot_taken");

            // The halves do not exclude each other: the hall wins alone, or each half does.
            let calls = people.iter().zip([hall, left, right].into_iter().cycle());
            let replies = at_once(calls.map(|(person, space)| call(person, space, "14:00", "15:00"))).await;
            let mut won: Vec<String> = Vec::new();
            for reply in replies {
                match reply.status {
                    201 => won.push(reply.json["space_id"].as_str().unwrap().to_owned()),
                    _ => drop(reply.refused(409, "slot_taken")),
                }
            }
            won.sort();
            let mut halves = vec![left.clone(), right.clone()];
            halves.sort();
            assert!(won == [hall.clone()] || won == halves, "{won:?}");
        })
        .await;
    }

    async fn the_last_desk(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.desks("Pisarna", 3).await.0, people(house, 12));
        race(backend, prepare, async |house, (area, people), day| {
            let desks = |quantity: u32, from: &str| {
                let request = meeting(area, &format!("{day}T{from}"), &format!("{day}T18:00"));
                with(request, json!({"quantity": quantity, "purpose": "coworking"}))
            };
            let wanted = |quantity: u32| people.iter().map(move |person| (person, quantity));
            // Two of three at once, for twelve.
            let calls = wanted(2).map(|(person, quantity)| house.reserves(person, desks(quantity, "09:00")));
            let won = one_wins(at_once(calls).await, 409, "slot_taken");
            assert_eq!(won["unit_ids"].as_array().unwrap().len(), 2);
            // The last one, for twelve.
            let calls = wanted(1).map(|(person, quantity)| house.reserves(person, desks(quantity, "10:00")));
            one_wins(at_once(calls).await, 409, "slot_taken");
        })
        .await;
    }

    async fn moving_against_making(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 8));
        race(backend, prepare, async |house, (room, people), day| {
            let at = |time: &str| format!("{day}T{time}");
            let mut calls: Vec<Call> = Vec::new();
            let mut movers = Vec::new();
            for (n, person) in people[..2].iter().enumerate() {
                let (from, to) = (at(&format!("{:02}:00", 8 + n)), at(&format!("{:02}:00", 9 + n)));
                let made = house.has(person, room, &from, &to).await;
                let path = format!("/reservations/{}", id(&made));
                let change = json!({"starts_at": at("14:00"), "ends_at": at("15:00")});
                calls.push(house.patch(&path, version(&made), change).by(person));
                movers.push((person, id(&made)));
            }
            calls.extend(people[2..].iter().map(|person| house.asks(person, room, &at("14:00"), &at("15:00"))));
            let won = one_wins(at_once(calls).await, 409, "slot_taken");
            // Who lost the race keeps what they had.
            for (person, mover) in movers {
                let seen = house.sees(person, &mover).await;
                let moved = seen["starts_at"].as_str().unwrap().contains("T14:00");
                assert_eq!(moved, id(&won) == mover, "{seen}");
            }
        })
        .await;
    }

    async fn two_approve_one_request(backend: Backend) {
        let prepare = async |house: &House<'_>| {
            let room = house.room("Galerija").await;
            house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
            (room, house.manager("miha", &house.venue))
        };
        race(backend, prepare, async |house, (room, miha), day| {
            let ana = house.member(&format!("ana-{day}"));
            let asked = house.has(&ana, room, &format!("{day}T10:00"), &format!("{day}T11:00")).await;
            let approve = |person, n: usize| {
                let call = house.does(person, &id(&asked), "approve");
                if n.is_multiple_of(2) { call.if_match(version(&asked)) } else { call.header("if-match", "*") }
            };
            let both = (0..10).map(|n| approve(if n % 4 < 2 { miha } else { &house.manager }, n));
            let replies = at_once(both).await;
            assert!(replies.iter().any(|reply| reply.status == 200), "{replies:?}");
            for reply in replies {
                match reply.status {
                    200 => assert_eq!((&reply.json["status"], version(&reply.json)), (&json!("confirmed"), 2)),
                    _ => drop(reply.refused(412, "precondition_failed")),
                }
            }
            let seen = house.sees(&ana, &id(&asked)).await;
            assert_eq!((&seen["status"], version(&seen)), (&json!("confirmed"), 2));
            assert_eq!(house.queued_for(&ana.email), ["reservation_approved", "reservation_requested"]);
        })
        .await;
    }

    async fn approving_against_declining_and_cancelling(backend: Backend) {
        let prepare = async |house: &House<'_>| {
            let room = house.room("Galerija").await;
            house.rules(&format!("/spaces/{room}"), json!({"approval": "always"})).await;
            room
        };
        race(backend, prepare, async |house, room, day| {
            let ana = house.member(&format!("ana-{day}"));
            let asked = house.has(&ana, room, &format!("{day}T10:00"), &format!("{day}T11:00")).await;
            let doers = [("approve", &house.manager), ("decline", &house.manager), ("cancel", &ana)];
            let calls = doers.iter().cycle().take(9);
            let calls = calls.map(|(action, by)| house.does(by, &id(&asked), action).header("if-match", "*"));
            let replies = at_once(calls).await;
            for reply in &replies {
                assert!(reply.status == 200 || reply.json["code"] == "state_conflict", "{reply:?}");
            }
            // An approved request may still be cancelled; a declined or cancelled one stays what it is.
            let seen = house.sees(&ana, &id(&asked)).await;
            let mut letters = house.queued_for(&ana.email);
            letters.retain(|kind| kind != "reservation_requested");
            let told = match (seen["status"].as_str().unwrap(), version(&seen)) {
                ("confirmed", 2) => vec!["reservation_approved"],
                ("declined", 2) => vec!["reservation_declined"],
                ("cancelled", 2) => vec!["reservation_cancelled"],
                ("cancelled", 3) => vec!["reservation_approved", "reservation_cancelled"],
                _ => panic!("{seen}"),
            };
            assert_eq!(letters, told);
        })
        .await;
    }

    async fn one_person_at_most_one_active(backend: Backend) {
        let prepare = async |house: &House<'_>| {
            let most = json!({"max_active": {"value": 1}});
            house.rules(&format!("/networks/{}", house.network), most).await;
            (house.room("Prva").await, house.room("Druga").await, house.member("ana"))
        };
        race(backend, prepare, async |house, (first, second, ana), day| {
            let calls = [first, second].into_iter().cycle().take(8).enumerate().map(|(n, room)| {
                house.asks(ana, room, &format!("{day}T{:02}:00", 10 + n), &format!("{day}T{:02}:00", 11 + n))
            });
            let won = one_wins(at_once(calls).await, 422, "policy_refused");
            house.does(ana, &id(&won), "cancel").await.expect(200);
        })
        .await;
    }

    async fn quota_against_quota(backend: Backend) {
        let prepare = async |house: &House<'_>| {
            let quota = json!({"amount": 2, "count": "hours", "per": "day", "by": "person", "over": "venue"});
            house.rules(&format!("/venues/{}", house.venue), json!({"quotas": [quota]})).await;
            let mut rooms = Vec::new();
            for n in 0..8 {
                rooms.push(house.room(&format!("Soba {n}")).await);
            }
            (rooms, house.member("ana"))
        };
        race(backend, prepare, async |house, (rooms, ana), day| {
            // Each fits alone, no two together, and no two want the same slot.
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:30"));
            let replies = at_once(rooms.iter().map(|room| house.asks(ana, room, &from, &to))).await;
            one_wins(replies, 422, "policy_refused");
        })
        .await;
    }

    async fn one_key_sent_at_once(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, house.member("ana"));
        race(backend, prepare, async |house, (room, ana), day| {
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:00"));
            let call = || house.asks(ana, room, &from, &to).key(&format!("key-of-{day}"));
            let replies = at_once((0..20).map(|_| call())).await;
            let (made, busy): (Vec<Reply>, Vec<Reply>) = replies.into_iter().partition(|r| r.status == 201);
            for reply in busy {
                reply.refused(409, "idempotency_in_progress");
            }
            let fresh = made.iter().filter(|reply| reply.header("idempotent-replayed").is_empty()).count();
            assert_eq!(fresh, 1, "of {}", made.len());
            for reply in &made {
                assert_eq!((&reply.text, reply.header("etag")), (&made[0].text, "\"1\""));
            }
            let list = house.get(&format!("/reservations?mine=true&from={day}T00:00&to={day}T23:00")).by(ana);
            assert_eq!(list.await.expect(200)["items"].as_array().unwrap().len(), 1);
        })
        .await;
    }

    async fn a_block_against_reservations(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Sejna soba").await, people(house, 8));
        race(backend, prepare, async |house, (room, people), day| {
            let (from, to) = (format!("{day}T10:00"), format!("{day}T11:00"));
            let block = json!({"starts_at": from, "ends_at": format!("{day}T19:00"), "reason": "Projektor"});
            let mut calls = vec![house.post(&format!("/spaces/{room}/blocks"), block).by(&house.manager)];
            calls.extend(people.iter().map(|person| house.asks(person, room, &from, &to)));
            let mut replies = at_once(calls).await;
            let block = replies.remove(0);
            if block.status == 201 {
                for reply in replies {
                    reply.refused(409, "slot_taken");
                }
            } else {
                let won = one_wins(replies, 409, "slot_taken");
                assert_eq!(block.refused(409, "affected_reservations")["affected"], json!([won["id"]]));
            }
        })
        .await;
    }

    async fn one_new_guest_reserved_for_twice(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.room("Prva").await, house.room("Druga").await);
        race(backend, prepare, async |house, (first, second), day| {
            let guest = json!({"organiser": {"name": "Gost", "email": format!("gost-{day}@example.org")}});
            let request = |room| with(meeting(room, &format!("{day}T10:00"), &format!("{day}T11:00")), guest.clone());
            let calls = [first, second].map(|room| house.reserves(&house.manager, request(room)));
            let replies = at_once(calls).await;
            let made: Vec<Value> = replies.into_iter().map(|reply| reply.expect(201)).collect();
            assert_eq!(made[0]["organiser"], made[1]["organiser"]);
        })
        .await;
    }

    async fn everything_at_once(backend: Backend) {
        let prepare = async |house: &House<'_>| (house.hall("Dvorana").await, people(house, 6));
        race(backend, prepare, async |house, (spaces, people), day| {
            let [hall, left, _] = spaces;
            let at = |time: &str| format!("{day}T{time}");
            let mine = house.has(&people[0], left, &at("08:00"), &at("09:00")).await;
            let policy = format!("/spaces/{hall}/policy");
            let hours = format!("/venues/{}/opening-hours", house.venue);
            let (policy_now, hours_now) = (house.get(&policy).await.expect(200), house.get(&hours).await.expect(200));
            let block = json!({"starts_at": at("12:00"), "ends_at": at("13:00"), "reason": "Vaja", "on_affected": "cancel"});
            let mut calls: Vec<Call> = vec![
                house.patch(&format!("/reservations/{}", id(&mine)), 1, json!({"ends_at": at("12:30")})).by(&people[0]),
                house.does(&people[0], &id(&mine), "cancel"),
                house.post(&format!("/spaces/{left}/blocks"), block).by(&house.manager),
                house.put(&policy, version(&policy_now), json!({"public": {"approval": "always"}})).by(&house.manager),
                house.put(&hours, version(&hours_now), crate::support::daily("08:00", "20:00")).by(&house.manager),
                house.call(Method::GET, &format!("/spaces/{hall}/availability?from={day}&to={}", at("20:00"))),
            ];
            let times = [("09:00", "12:15"), ("11:00", "13:00"), ("12:45", "14:00"), ("08:30", "09:30")];
            for (n, space) in spaces.iter().cycle().take(24).enumerate() {
                let (from, to) = times[n % times.len()];
                calls.push(house.asks(&people[n % people.len()], space, &at(from), &at(to)));
            }
            for reply in at_once(calls).await {
                assert!(matches!(reply.status, 200 | 201 | 409 | 412), "{reply:?}");
            }
        })
        .await;
    }

    async fn a_check_in_against_two_nodes_that_give_up_waiting(backend: Backend) {
        let prepare = async |house: &House<'_>| {
            let room = house.room("Sejna soba").await;
            house.rules(&format!("/spaces/{room}"), json!({"check_in_required": true})).await;
            (room, house.member("ana"), house.member("bor"))
        };
        race(backend, prepare, async |house, (room, ana, bor), day| {
            let at = |time: &str| format!("{day}T{time}");
            let mine = id(&house.has(&ana.renewed(house), room, &at("10:00Z"), &at("11:00Z")).await);
            house.at(&at("10:15:00Z"));
            // As long as a request takes, more or less.
            let pause = Duration::from_millis(day.bytes().last().map_or(0, |digit| u64::from(digit - b'0')));
            let jobs = [(); 2].map(|()| {
                let node = (**house).app.clone();
                std::thread::spawn(move || {
                    std::thread::sleep(pause);
                    no_show::release_due(&node).unwrap()
                })
            });
            let (ana, bor) = (ana.renewed(house), bor.renewed(house));
            // Somebody waits for the rest of it.
            let calls = [house.does(&ana, &mine, "check-in"), house.asks(&bor, room, &at("10:30Z"), &at("11:00Z"))];
            let mut replies = at_once(calls).await;
            let released: usize = jobs.into_iter().map(|job| job.join().unwrap()).sum();
            let (rest, arrival) = (replies.remove(1), replies.remove(0));
            let status = house.sees(&ana, &mine).await["status"].clone();
            // The node under test runs the job, too.
            if status == json!("checked_in") {
                assert_eq!((arrival.status, released), (200, 0));
            } else {
                assert_eq!((&status, released < 2), (&json!("no_show"), true), "given back {released} times");
                arrival.refused(409, "state_conflict");
            }
            if rest.status == 201 {
                assert_eq!(status, json!("no_show"), "sold twice");
                house.does(&bor, &id(&rest.json), "cancel").await.expect(200);
            } else {
                rest.refused(409, "slot_taken");
            }
        })
        .await;
    }
}
