//! Whether a password is easy to guess: what is left of it once common passwords, rows of keys,
//! repetition and the person's own names are taken out (NIST SP 800-63B-4, 3.1.1.2).
//!
//! `blocklist.txt` holds the common ones: lower case, no marks, 8 characters or more.

use std::sync::LazyLock;

use secrecy::zeroize::Zeroizing;

use crate::domain::text::fold;

/// Runs of this many characters count as one key pressed along a row.
const RUN: usize = 3;

/// A person's own words shorter than this are too likely to stand in a word by chance.
const SHORTEST_WORD: usize = 4;

/// What runs are looked for in, both ways: alphabet, digits, rows and columns of keyboards (QWERTY and QWERTZ).
const ROWS: [&str; 9] = [
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890",
    "qwertyuiop",
    "qwertzuiopsd",
    "asdfghjkl",
    "zxcvbnm",
    "yxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik",
];

/// Short words tried first against this service in this region.
const LOCAL: [&str; 8] =
    ["prostor", "geslo", "admin", "welcome", "booking", "kranj", "gorenjska", "slovenija"];

/// Common passwords and local words.
static COMMON: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    include_str!("blocklist.txt").lines().filter(|l| !l.starts_with('#')).chain(LOCAL).map(letters).collect()
});

/// Those of both directions, as characters.
static RUNS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| {
    let both = ROWS.iter().flat_map(|row| [row.chars().collect(), row.chars().rev().collect()]);
    both.collect()
});

/// Whether fewer than `needed` characters of `password` are its own. `about`: the person's name, address and the like.
pub fn is_guessable(password: &str, about: &[&str], needed: usize) -> bool {
    let folded = Zeroizing::new(fold(password).chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>());
    let letters = Zeroizing::new(folded.iter().map(|&c| unmasked(c)).collect::<Vec<_>>());
    let words = words_about(about);
    let mut own = 0;
    let mut at = 0;
    while at < folded.len() {
        let word =
            COMMON.iter().chain(&words).filter(|word| begins(&letters[at..], word)).map(Vec::len).max();
        let known = word.max(run(&folded, at)).max(repetition(&folded, at));
        own += usize::from(known.is_none());
        at += known.unwrap_or(1);
    }
    own < needed
}

/// A word's characters as they are compared.
fn letters(word: &str) -> Vec<char> {
    fold(word).chars().filter(|c| !c.is_whitespace()).map(unmasked).collect()
}

/// The letter that a digit or sign customarily stands for.
fn unmasked(c: char) -> char {
    match c {
        '0' => 'o',
        '1' | '!' | '|' => 'i',
        '3' | '€' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c => c,
    }
}

/// Each text whole and each of its words.
fn words_about(about: &[&str]) -> Vec<Vec<char>> {
    let parts = about.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric()).chain([*text]));
    parts.map(letters).filter(|word| word.len() >= SHORTEST_WORD).collect()
}

/// What all of the work consists of: the test counts it.
fn same(one: &char, other: &char) -> bool {
    #[cfg(test)]
    tests::count();
    one == other
}

/// How many characters both begin with.
fn alike(one: &[char], other: &[char]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| same(one, other)).count()
}

fn begins(text: &[char], word: &[char]) -> bool {
    alike(text, word) == word.len()
}

/// How many characters from `at` run along one of the rows.
fn run(text: &[char], at: usize) -> Option<usize> {
    let along = |row: &Vec<char>| {
        let from = row.iter().position(|c| same(c, &text[at]))?;
        Some(alike(&row[from..], &text[at..]))
    };
    RUNS.iter().filter_map(along).max().filter(|&length| length >= RUN)
}

/// How many characters from `at` repeat what stands directly before them (`aaaa`, `abcabc`);
/// units up to half of the text.
fn repetition(text: &[char], at: usize) -> Option<usize> {
    let repeated = |unit: usize| alike(&text[at..], &text[at - unit..]);
    let longest = (1..=at).map(|unit| (unit, repeated(unit))).filter(|&(unit, count)| count >= unit.max(2));
    longest.map(|(_, count)| count).max()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const ABOUT: [&str; 3] = ["Ana Čopič-Novak", "ana.novak@example.si", "Layerjeva hiša"];

    #[test]
    fn guessable_ones() {
        for password in [
            "passwordpassword",
            "Password1234567",
            "p@ssw0rd 1234!!",
            "123456789012345",
            "987654321098765",
            "qwertyuiopasdfgh",
            "Qwertzuiop12345",
            "1qaz2wsx3edc4rfv",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "žabažabažabažaba",
            "abcdefghijklmnopq",
            "correct horse battery staple",
            "ProstorProstor1",
            "prostor prostor 2026",
            "AnaNovakAnaNovak",
            "COPIC novak 1234!",
            "ana.novak@example.si",
            "layerjevahisa123",
            "iloveyouiloveyou",
            "gesloGesloGeslo1",
            "monkeymonkey123",
        ] {
            assert!(is_guessable(password, &ABOUT, 8), "{password}");
        }
    }

    #[test]
    fn ones_of_their_own() {
        for password in [
            "kolovrat šepeta mesečini",
            "15 characters.x",
            "mi2 gremo v hribe",
            "ananas na Novakovi mizi",
            "tri opice v omari",
            "X7#k9!mQ2pLz$vR",
            "🐸🦊🐻🐼🦁🐮🐷🐵🐔🐧🐦🐤🦆🦅🦉",
            "vrt1234jablana",
        ] {
            assert!(!is_guessable(password, &ABOUT, 8), "{password}");
        }
    }

    #[test]
    fn the_list_is_in_the_form_it_is_compared_in() {
        let list = include_str!("blocklist.txt");
        let words: Vec<_> = list.lines().filter(|line| !line.starts_with('#')).collect();
        assert!(words.len() > 400, "{}", words.len());
        for word in &words {
            assert_eq!(fold(word.trim()), **word);
            assert!(word.chars().count() >= 8, "{word}");
        }
        let mut sorted = words.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(sorted, words, "sorted, without repeats");
    }

    thread_local! {
        static COMPARED: Cell<usize> = const { Cell::new(0) };
    }

    pub fn count() {
        COMPARED.set(COMPARED.get() + 1);
    }

    /// Some 20 ms unoptimised: each character is compared with about the first of each word, of the rows, and of what stands
    /// before it. Half as much again is allowed for where more than the first is alike.
    #[test]
    fn the_longest_password_is_judged_at_once() {
        // Letters in no order: nothing is skipped as known, so that all of it is looked at.
        let noise = |n: &u32| Some(n.wrapping_mul(1_664_525).wrapping_add(1_013_904_223));
        let long: Vec<char> = std::iter::successors(Some(7), noise)
            .map(|n| char::from(b'a' + (n >> 16) as u8 % 26))
            .take(256)
            .collect();
        let all = long.len() * (COMMON.len() + RUNS.iter().map(Vec::len).sum::<usize>() + long.len() / 2);
        COMPARED.set(0);
        assert!(!is_guessable(&String::from_iter(long), &ABOUT, 200));
        let compared = COMPARED.get();
        assert!((all / 2..all * 3 / 2).contains(&compared), "{compared} of {all}");
    }
}
