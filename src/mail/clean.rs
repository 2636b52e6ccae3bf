//! The last guard against control characters in mail (DESIGN 6, RUSTSEC-2026-0561).
//!
//! They are refused at the edge already; what slips through (imported or older data) is made harmless
//! here, once for everything that becomes a header, a body or a calendar object.

/// Text without any line break or control character: one line, its blanks not doubled.
pub(super) fn line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if is_control(c) { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text whose only control character is the line feed.
pub(super) fn block(text: &str) -> String {
    let unified = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    unified
        .chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' => Some(' '),
            c if is_control(c) => None,
            c => Some(c),
        })
        .collect()
}

/// The most characters of a name that somebody chose whom the reader need not know.
const NAME: usize = 80;

/// A name in a letter to an address that did not ask for it: nothing of it is made a link, by a mail program either, and
/// it is no letter of its own. Blanks are put in where addresses have none; `d.o.o.` becomes `d. o. o.`
pub(super) fn strange(text: &str) -> String {
    let text = line(text);
    let mut out = String::with_capacity(text.len() + 8);
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let joins = matches!(
            c,
            '.' | '\u{2024}' | '\u{3002}' | '\u{ff0e}' | '\u{ff61}' | '@' | '\u{ff20}' | ':' | '/'
        );
        out.push(c);
        if joins && rest.peek().is_some_and(|next| !next.is_whitespace()) {
            out.push(' ');
        }
    }
    match out.char_indices().nth(NAME) {
        Some((end, _)) => format!("{}…", out[..end].trim_end()),
        None => out,
    }
}

/// For addresses and links, where a blank has no place either.
pub(super) fn token(text: &str) -> String {
    text.chars().filter(|c| !is_control(*c) && !c.is_whitespace()).collect()
}

/// Control characters, line and paragraph separators, and the marks that reorder what a reader sees.
fn is_control(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_could_end_a_line_stays() {
        for (given, one_line, lines) in [
            ("Študij", "Študij", "Študij"),
            ("a\n.\nb", "a . b", "a\n.\nb"),
            ("a\r.\rb", "a . b", "a\n.\nb"),
            ("a\r\nBcc: x@y", "a Bcc: x@y", "a\nBcc: x@y"),
            ("nul\0 del\u{7f} nel\u{85}x", "nul del nel x", "nul del nel\nx"),
            ("\u{202e}desrever", "desrever", "desrever"),
            ("tab\there", "tab here", "tab here"),
            ("👩\u{200d}💻", "👩\u{200d}💻", "👩\u{200d}💻"),
        ] {
            assert_eq!(line(given), one_line, "{given:?}");
            assert_eq!(block(given), lines, "{given:?}");
        }
        for (given, shown) in [
            ("Zavod Carnica", "Zavod Carnica"),
            ("Čmrlj d.o.o.", "Čmrlj d. o. o."),
            ("Nagrada: https://evil.example/x", "Nagrada: https: / / evil. example/ x"),
            ("www.evil.example ana@evil.example", "www. evil. example ana@ evil. example"),
            ("evil\u{3002}example\n\nOdprite!", "evil\u{3002} example Odprite!"),
        ] {
            assert_eq!(strange(given), shown, "{given:?}");
        }
        assert_eq!(strange(&"č ".repeat(200)).chars().count(), NAME);
        assert_eq!(token("ana@primer.si\r\nBcc: x"), "ana@primer.siBcc:x");
    }
}
