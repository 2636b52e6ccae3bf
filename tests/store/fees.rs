//! What is said of a reservation's fee is said whole, whoever writes it.

use diesel::connection::SimpleConnection;

use crate::{
    both,
    feed::{ANA, reservation},
    usage::words,
};

both! {
    fn half_a_fee_is_refused(fixture: &Fixture) {
        let (backend, mut connection) = (fixture.backend, fixture.connection());
        connection.batch_execute(&words(backend, &format!("{ANA}{}", reservation("one")))).unwrap();
        for (said, whole) in [
            ("kept_fee = 100, kept_fee_currency = 'EUR'", true),
            ("kept_fee = NULL", false),
            ("kept_fee_currency = NULL", false),
            ("fee_settled = 100, fee_settled_as = 'paid'", false),
            ("fee_settled = 100, fee_settled_at = moment(1772434800)", false),
            ("fee_settled_as = 'paid', fee_settled_at = moment(1772434800)", false),
            ("fee_settled = 0, fee_settled_as = 'paid', fee_settled_at = moment(1772434800)", false),
            ("fee_settled = 100, fee_settled_as = 'lost', fee_settled_at = moment(1772434800)", false),
            ("fee_settled = 100, fee_settled_as = 'paid', fee_settled_at = moment(1772434800)", true),
            ("fee_settled_as = 'forgiven'", true),
            ("fee_settled_at = NULL", false),
            ("fee_settled = NULL, fee_settled_as = NULL, fee_settled_at = NULL", true),
        ] {
            let written = connection.batch_execute(&words(backend, &format!("UPDATE reservations SET {said}")));
            assert_eq!(written.is_ok(), whole, "{said}: {written:?}");
        }
        let new = reservation("two").replace("updated_at)", "updated_at, fee_settled)").replace("1772434800));", "1772434800), 100);");
        assert!(connection.batch_execute(&words(backend, &new)).is_err());
    }
}
