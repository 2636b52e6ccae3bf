//! What makes a booker fit audiences: where they work, where they were accepted, for whom they book (DESIGN 4).

use super::Audience;
use crate::domain::{
    access::Place,
    ids::{NetworkId, VenueId},
};

/// Of the person a reservation is for; nobody's for who is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Standing {
    pub staff_of: Vec<VenueId>,
    /// Venues and networks that accepted them.
    pub venues: Vec<VenueId>,
    pub networks: Vec<NetworkId>,
    /// The organisation booked for is confirmed as creative.
    pub creative: bool,
}

impl Standing {
    /// The audiences that fit at a place, the most trusted first; everybody is one of the public.
    pub fn audiences(&self, place: Place) -> Vec<Audience> {
        let fits = |audience: &Audience| match audience {
            Audience::Staff => self.staff_of.contains(&place.venue),
            Audience::Cci => self.creative,
            Audience::Member => self.venues.contains(&place.venue) || self.networks.contains(&place.network),
            Audience::Public => true,
        };
        Audience::ALL.iter().copied().filter(fits).collect()
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::domain::ids::{Id, Kind};

    fn id<K: Kind>(number: u128) -> Id<K> {
        Id::from_uuid(Uuid::from_u128(number))
    }

    #[test]
    fn audiences_by_place_and_organisation() {
        use Audience::*;
        let here = Place { network: id(1), venue: id(2) };
        let none = Standing::default;
        for (standing, wanted) in [
            (none(), vec![Public]),
            (Standing { staff_of: vec![id(2)], ..none() }, vec![Staff, Public]),
            (Standing { staff_of: vec![id(3)], ..none() }, vec![Public]),
            (Standing { venues: vec![id(2)], ..none() }, vec![Member, Public]),
            (Standing { venues: vec![id(3)], ..none() }, vec![Public]),
            (Standing { networks: vec![id(1)], ..none() }, vec![Member, Public]),
            (Standing { networks: vec![id(2)], ..none() }, vec![Public]),
            (Standing { creative: true, networks: vec![id(1)], ..none() }, vec![Cci, Member, Public]),
        ] {
            assert_eq!(standing.audiences(here), wanted, "{standing:?}");
        }
    }
}
