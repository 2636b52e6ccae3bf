//! Why something can't be, where the code of the problem alone does not tell: words for people, in their language. Programs
//! switch on the code.

use crate::{
    catalogue::{self, Arg},
    domain::{codes::codes, locale::Locale},
};

codes! {
    /// Why something can't be, where its code alone does not tell; `why-…` in the catalogues says it.
    pub enum Why {
        /// A hall made of parts has no units of its own to be copied.
        MadeOfParts = "made_of_parts",
        /// The person to be added has not proved their address.
        PersonUnverified = "person_unverified",
        /// The invitation is for another address.
        InvitedElsewhere = "invited_elsewhere",
        /// So many requests to join wait at most.
        RequestsWaiting = "requests_waiting",
        /// So many days after it declined an organisation can be asked again.
        DeclinedLately = "declined_lately",
        /// A venue subscribes to so many calendars at most.
        CalendarsSubscribed = "calendars_subscribed",
        /// A network has so many indicators at most, former ones among them.
        IndicatorsDefined = "indicators_defined",
        /// A venue and a space have so many images at most.
        Images = "images",
        /// A person has so many links to calendars at most.
        CalendarLinks = "calendar_links",
        /// A person has so many keys at most.
        ApiKeys = "api_keys",
        /// No fee is owed for the reservation.
        NothingOwed = "nothing_owed",
        /// The account has no password.
        NoPassword = "no_password",
        /// There is a second factor already.
        SecondFactorThere = "second_factor_there",
        /// None was begun within the hour.
        SecondFactorNotBegun = "second_factor_not_begun",
        /// There is no second factor.
        NoSecondFactor = "no_second_factor",
        /// After too many wrong passwords a link signs in.
        LinkInstead = "link_instead",
        /// The password, or a code, is shown first.
        ShowPassword = "show_password",
        /// Without a password and a second factor one signs in anew first.
        SignInAnew = "sign_in_anew",
    }
}

impl Why {
    /// In words; `most` is the number that they name, where they do.
    pub fn said(self, most: Option<u32>, locale: Locale) -> String {
        let named = most.map(|most| ("most", Arg::Count(most.into())));
        let key = format!("why-{}", self.as_str().replace('_', "-"));
        catalogue::find(locale, &key, named.as_slice()).unwrap_or_else(|| self.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_said_in_every_language() {
        for locale in Locale::ALL {
            for &why in Why::ALL {
                let said = why.said(Some(2), locale);
                assert!(said.contains(' ') && !said.contains('{'), "{why} in {}: {said}", locale.tag());
            }
        }
    }

    #[test]
    fn a_number_is_said_as_slovenian_says_it() {
        for (most, words) in [(1, "1 prošnja"), (2, "2 prošnji"), (3, "3 prošnje"), (5, "5 prošenj")] {
            let said = Why::RequestsWaiting.said(Some(most), Locale::Sl);
            assert!(said.contains(words), "{said}");
        }
    }
}
