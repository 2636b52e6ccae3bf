//! The order in which a language's readers look for names: letters before their cases and marks, numbers by what they
//! count. In Slovenian č, ć, đ, š and ž are letters of their own, after c, d, s and z.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::domain::locale::Locale;

/// What names are compared by; of equals the one that is written first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Vec<Weight>, String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Blank space and signs.
    Sign(char),
    /// A run of digits, by its value.
    Number(u64),
    /// A letter, and which of the letters that are written alike.
    Letter(char, u8),
}

/// The key of a name.
pub fn key(locale: Locale, name: &str) -> Key {
    let decomposing = DecomposingNormalizerBorrowed::new_nfd();
    let mut weights = Vec::new();
    for letter in name.chars().flat_map(char::to_lowercase) {
        let own = (locale == Locale::Sl).then(|| of_its_own(letter)).flatten();
        if let Some((like, rank)) = own {
            weights.push(Weight::Letter(like, rank));
            continue;
        }
        let mut text = [0; 4];
        let plain = decomposing.normalize(letter.encode_utf8(&mut text)).chars().next().unwrap_or(letter);
        match (plain.to_digit(10), weights.last_mut()) {
            (Some(digit), Some(Weight::Number(number))) => {
                *number = number.saturating_mul(10).saturating_add(digit.into());
            }
            (Some(digit), _) => weights.push(Weight::Number(digit.into())),
            (None, _) if plain.is_alphabetic() => weights.push(Weight::Letter(plain, 0)),
            (None, _) => weights.push(Weight::Sign(plain)),
        }
    }
    Key(weights, name.to_owned())
}

const fn of_its_own(letter: char) -> Option<(char, u8)> {
    match letter {
        'č' => Some(('c', 1)),
        'ć' => Some(('c', 2)),
        'đ' => Some(('d', 1)),
        'š' => Some(('s', 1)),
        'ž' => Some(('z', 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_where_they_are_looked_for() {
        let slovenian = [
            "2. soba", "10. soba", "celica", "Čebela", "Ćuk", "dom", "sejna", "Soba 2", "Soba 10", "šola",
            "Zob", "žaga",
        ];
        let english = [
            "2. soba", "10. soba", "Čebela", "celica", "Ćuk", "dom", "sejna", "Soba 2", "Soba 10", "šola",
            "žaga", "Zob",
        ];
        for (locale, wanted) in [(Locale::Sl, slovenian), (Locale::En, english)] {
            let mut names = wanted;
            names.sort_unstable();
            names.sort_by_key(|name| key(locale, name));
            assert_eq!(names, wanted);
        }
    }
}
