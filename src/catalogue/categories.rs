//! What figures are told apart by, in words: closed lists, sections of activities, and what nobody told. The report and the
//! workbooks take them from here; data for programs keeps the codes.

use super::{find, text};
use crate::domain::{locale::Locale, sector::Sector};

/// A word of a closed list by its code; `None` of what is no such word, as a municipality's name.
pub fn word(locale: Locale, list: &str, code: &str) -> Option<String> {
    let key = match (list, code) {
        // Who comes without reserving tells neither.
        ("purpose" | "audience", "none") => "report-category-visit".to_owned(),
        (_, "none" | "unknown") => format!("report-category-{code}"),
        ("sector", code) => return sector(locale, code).map(|sector| sector.short),
        // The mails have them already.
        ("purpose", code) => format!("purpose-{code}"),
        ("weekday", code) => return weekday(locale, code),
        (list, code) => format!("report-{list}-{code}"),
    };
    find(locale, &key, &[])
}

/// An activity as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectorName {
    /// `S 90.39 Arts, sports and recreation`: it sorts as its classification does.
    pub short: String,
    /// `NACE 2.1`
    pub scheme: String,
}

/// `None` of what is no activity, or in no classification that has names here.
pub fn sector(locale: Locale, category: &str) -> Option<SectorName> {
    let sector: Sector = category.parse().ok()?;
    let section = sector.section()?;
    let name = text(locale, &format!("sector-{}", section.name), &[]);
    Some(SectorName {
        short: format!("{} {} {name}", section.letter, sector.code),
        scheme: format!("{} {}", sector.scheme.to_uppercase(), sector.version),
    })
}

/// By its number, 1 for Monday, or by the first letters of its English name.
fn weekday(locale: Locale, code: &str) -> Option<String> {
    const NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let number = NAMES.iter().position(|name| *name == code).map(|at| (at + 1).to_string());
    find(locale, &format!("weekday-{}", number.as_deref().unwrap_or(code)), &[])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::sector::section_names;

    #[test]
    fn categories_are_told_in_words() {
        for (list, code, sl, en) in [
            ("size", "micro", Some("mikro"), Some("micro")),
            ("sector", "unknown", Some("ni znano"), Some("not known")),
            ("purpose", "none", Some("brez rezervacije"), Some("without a reservation")),
            (
                "sector",
                "nace 2.1 90.39",
                Some("S 90.39 Umetnost, šport in rekreacija"),
                Some("S 90.39 Arts, sports and recreation"),
            ),
            (
                "sector",
                "nace 2 90.03",
                Some("R 90.03 Kulturne, razvedrilne in rekreacijske dejavnosti"),
                Some("R 90.03 Arts, entertainment and recreation"),
            ),
            ("sector", "other ISIC 5 R9039", None, None),
            ("weekday", "sun", Some("nedelja"), Some("Sunday")),
            ("weekday", "1", Some("ponedeljek"), Some("Monday")),
            ("organisation_municipality", "Žiri", None, None),
        ] {
            let told = Locale::ALL.map(|locale| word(locale, list, code));
            let wanted = Locale::ALL.map(|locale| if locale == Locale::Sl { sl } else { en });
            assert_eq!(told, wanted.map(|text| text.map(str::to_owned)), "{list} {code}");
        }
        for name in section_names() {
            for locale in Locale::ALL {
                assert!(find(locale, &format!("sector-{name}"), &[]).is_some(), "{name} in {}", locale.tag());
            }
        }
    }
}
