//! The languages Prostor speaks, and which of them a reader prefers (RFC 9110, 12.5.4).

use serde::{Deserialize, Serialize};

/// A language in which every text exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Slovenian, the first region's language, and what stands where nothing was asked for.
    #[default]
    Sl,
    En,
}

impl Locale {
    pub const ALL: [Self; 2] = [Self::Sl, Self::En];

    /// The BCP 47 tag, as in the API, in `lang` and in `Content-Language`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Sl => "sl",
            Self::En => "en",
        }
    }

    /// The language with the highest weight in an `Accept-Language` header; the earlier one on a tie.
    /// A region is no obstacle (`en-GB` is English), what can't be read is passed over, and where
    /// nothing fits the answer is the default rather than an error.
    pub fn negotiate(accept_language: &str) -> Self {
        let ranges: Vec<(&str, u16)> = accept_language.split(',').filter_map(range).collect();
        let weight = |locale: Self| {
            let exact = ranges.iter().enumerate().filter(|(_, (range, _))| names(range, locale));
            let any = ranges.iter().enumerate().filter(|(_, (range, _))| *range == "*");
            let best = |place: &usize, weight: u16| (weight, usize::MAX - place);
            exact
                .map(|(place, (_, weight))| best(&place, *weight))
                .max()
                .or_else(|| any.map(|(place, (_, weight))| best(&place, *weight)).max())
        };
        // A language the reader excludes (q=0) comes after one they did not mention.
        let unmentioned = (0, 1);
        let rank = |locale| match weight(locale) {
            Some((0, _)) => (0, 0),
            Some(rank) => rank,
            None => unmentioned,
        };
        if rank(Self::En) > rank(Self::Sl) { Self::En } else { Self::Sl }
    }
}

impl std::str::FromStr for Locale {
    type Err = super::codes::UnknownCode;

    fn from_str(tag: &str) -> Result<Self, Self::Err> {
        let unknown = || super::codes::UnknownCode { list: "Locale", found: tag.to_owned() };
        Self::ALL.into_iter().find(|locale| locale.tag() == tag).ok_or_else(unknown)
    }
}

/// A language range with its weight in thousandths; `None` where the syntax is wrong.
fn range(item: &str) -> Option<(&str, u16)> {
    let mut parts = item.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let weight = match parts.next() {
        None => 1000,
        Some(parameter) => {
            thousandths(parameter.strip_prefix(['q', 'Q'])?.trim_start().strip_prefix('=')?.trim())?
        }
    };
    Some((range, weight))
}

/// `qvalue` of RFC 9110, 12.4.2: 0 to 1 with at most three decimals.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    if decimals.len() > 3 || !decimals.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let decimals: u16 = format!("{decimals:0<3}").parse().ok()?;
    match (whole, decimals) {
        ("0", part) => Some(part),
        ("1", 0) => Some(1000),
        _ => None,
    }
}

fn names(range: &str, locale: Locale) -> bool {
    let primary = range.split('-').next().unwrap_or(range);
    primary.eq_ignore_ascii_case(locale.tag())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_readers_preference_decides() {
        use Locale::{En, Sl};
        for (header, wanted) in [
            ("", Sl),
            ("sl", Sl),
            ("en", En),
            ("en-GB", En),
            ("EN-us", En),
            ("en,sl", En),
            ("sl,en", Sl),
            ("en;q=0.5, sl;q=0.9", Sl),
            ("en;q=0.9, sl;q=0.5", En),
            ("de-DE,de;q=0.9,en;q=0.8", En),
            ("de, fr", Sl),
            ("*", Sl),
            ("*;q=0.1, en;q=0.5", En),
            ("sl;q=0", En),
            ("sl;q=0, *", En),
            ("en;q=0", Sl),
            ("sl;q=0, en;q=0", Sl),
            ("en;q=1.5, sl;q=0.1", Sl),
            ("en;q=0.1234", Sl),
            ("en;q=", Sl),
            ("en ; q = 0.8 , sl;q=0.2", En),
            (",,;;q,en;q=1.000", En),
            ("slk, eng", Sl),
        ] {
            assert_eq!(Locale::negotiate(header), wanted, "{header:?}");
        }
    }

    #[test]
    fn it_is_written_as_its_tag() {
        for locale in Locale::ALL {
            let text = serde_json::to_string(&locale).unwrap();
            assert_eq!(text, format!("\"{}\"", locale.tag()));
            assert_eq!(serde_json::from_str::<Locale>(&text).unwrap(), locale);
        }
    }
}
