//! For tests: one of each change of parts, confirmations and accounts, of invitations, and of joining an organisation, by
//! name.

use super::{
    invitation::{InvitationNotice, InvitedRole, Terms},
    notice::Notice,
    organisation::OrganisationView,
    samples::{self, at},
    standing::{MemberChange, Part, Standing, Until},
};

pub(super) fn all() -> Vec<(String, Standing)> {
    let link = || "https://prostor.example/sign-in".to_owned();
    let organisation = || OrganisationView {
        name: "Studio »Čmrlj«; <b>d. o. o.</b>".to_owned(),
        ..samples::organisation()
    };
    let until = || Until { at: at("2027-12-31T23:00:00Z"), zone: chrono_tz::Tz::Europe__Ljubljana };
    let grounds = || Some("Studio za oblikovanje (akcijski načrt, ukrep 2).\n.\nLep pozdrav".to_owned());
    let mut all = vec![
        (
            "creative_confirmed".to_owned(),
            Standing::Confirmed {
                organisation: organisation(),
                until: Some(until()),
                grounds: grounds(),
                link: link(),
            },
        ),
        (
            "creative_confirmed_for_good".to_owned(),
            Standing::Confirmed { organisation: organisation(), until: None, grounds: None, link: link() },
        ),
        (
            "creative_withdrawn".to_owned(),
            Standing::Withdrawn { organisation: organisation(), grounds: grounds(), link: link() },
        ),
        (
            "creative_ending".to_owned(),
            Standing::Ending { organisation: organisation(), until: until(), link: link() },
        ),
        ("account_erased".to_owned(), Standing::Erased { link: "https://prostor.example".to_owned() }),
    ];
    for (name, gained) in [("handed_to", true), ("handed_from", false)] {
        let over = Standing::HandedOver { organisation: organisation(), gained, link: link() };
        all.push((name.to_owned(), over));
    }
    for &change in MemberChange::ALL {
        let name = format!("organisation_{}", change.as_str().replace('-', "_"));
        all.push((name, Standing::Member { organisation: organisation(), change, link: link() }));
    }
    for &part in Part::ALL {
        let place = || "Layer House".to_owned();
        all.push((format!("given_{part}"), Standing::Given { place: place(), part, link: link() }));
        all.push((format!("taken_{part}"), Standing::Taken { place: place(), part, link: link() }));
    }
    all
}

/// What owners of an organisation, and who asks to join it, hear of.
pub(super) fn of_joining() -> Vec<(&'static str, Notice)> {
    let link = || "https://prostor.example/join-requests/joi_01h455vb4pex5vsknk084sn02q".to_owned();
    let organisation = || OrganisationView {
        name: "Studio »Čmrlj«; <b>d. o. o.</b>".to_owned(),
        ..samples::organisation()
    };
    let answered = |accepted| Notice::JoinAnswered { organisation: organisation(), accepted, link: link() };
    let asked = Notice::JoinAsked {
        organisation: organisation(),
        name: "Žnidaršič, Jože \"Pepi\"".to_owned(),
        email: "joze@primer.example".to_owned(),
        message: Some("Marca sem se zaposlil.\n.\nRCPT TO:<x@y>\r.\rLep pozdrav".to_owned()),
        link: link(),
    };
    vec![("join_asked", asked), ("join_accepted", answered(true)), ("join_declined", answered(false))]
}

/// What somebody hears who may never have heard of the service.
pub(super) fn of_invitations() -> Vec<(&'static str, Notice)> {
    let invitation = |role, vouched, place: &str, by: &str| {
        let terms = Terms {
            by: "usr_01h455vb4pex5vsknk084sn02q".parse().expect("a test's id"),
            name: by.to_owned(),
            until: at("2026-11-03T07:15:00Z"),
            zone: chrono_tz::Tz::Europe__Ljubljana,
        };
        Notice::Invitation(InvitationNotice {
            place: place.to_owned(),
            role,
            vouched,
            link: "https://prostor.example/invitation#token=Zm9vYmFy".to_owned(),
            organisation: None,
            terms: Some(terms),
        })
    };
    let (ana, lure) =
        ("Ana Novak", "Nagrada 1000 €: https://evil.example/x, www.evil.example ali ana@evil.example");
    vec![
        ("invitation_manager", invitation(InvitedRole::Manager, true, "Layer House", ana)),
        ("invitation_coordinator", invitation(InvitedRole::Coordinator, true, "Layer House", ana)),
        ("invitation_accepted_member", invitation(InvitedRole::AcceptedMember, true, "Layer House", ana)),
        ("invitation_member", invitation(InvitedRole::Member, true, "Zavod Carnica", ana)),
        ("invitation_owner", invitation(InvitedRole::Owner, false, "Zavod Carnica", ana)),
        (
            "invitation_strange",
            invitation(InvitedRole::Member, false, &format!("{lure}; {lure}"), "Banka. evil.example/prijava"),
        ),
    ]
}
