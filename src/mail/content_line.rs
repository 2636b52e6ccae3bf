//! Content lines of iCalendar: escaping, parameters, folding (RFC 5545, 3.1 and 3.2; RFC 6868).

use super::clean;

/// Lines end in CRLF; none is longer than 75 octets.
const LIMIT: usize = 75;

/// An iCalendar stream being written.
#[derive(Default)]
pub(super) struct Lines(String);

impl Lines {
    pub(super) fn begin(&mut self, component: &str) {
        self.value("BEGIN", component);
    }

    pub(super) fn end(&mut self, component: &str) {
        self.value("END", component);
    }

    /// A property whose value needs no escaping (dates, numbers, addresses).
    pub(super) fn value(&mut self, name: &str, value: &str) {
        self.with(name, &[], value);
    }

    /// The same with parameters, whose values are quoted as they need it.
    pub(super) fn with(&mut self, name: &str, parameters: &[(&str, &str)], value: &str) {
        let mut line = name.to_owned();
        for (key, value) in parameters {
            line.push_str(&format!(";{key}={}", parameter(value)));
        }
        line.push(':');
        line.push_str(&clean::line(value));
        self.fold(&line);
    }

    /// A property of type TEXT.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let escaped = clean::block(value)
            .replace('\\', "\\\\")
            .replace(';', "\\;")
            .replace(',', "\\,")
            .replace('\n', "\\n");
        self.fold(&format!("{name}:{escaped}"));
    }

    pub(super) fn finish(self) -> String {
        self.0
    }

    /// Folds between characters, never inside one (3.1): a continuation's blank counts as an octet.
    fn fold(&mut self, line: &str) {
        let mut room = LIMIT;
        for c in line.chars() {
            if c.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = LIMIT - 1;
            }
            self.0.push(c);
            room -= c.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Quotes a parameter's value where it must be, with RFC 6868's `^` for what no quoting can carry.
fn parameter(value: &str) -> String {
    let encoded = clean::line(value).replace('^', "^^").replace('"', "^'");
    if encoded.contains([':', ';', ',']) { format!("\"{encoded}\"") } else { encoded }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn text(value: &str) -> String {
        let mut lines = Lines::default();
        lines.text("SUMMARY", value);
        lines.finish()
    }

    #[test]
    fn text_is_escaped() {
        for (value, written) in [
            ("Čaj, kava; \\ in več", "SUMMARY:Čaj\\, kava\\; \\\\ in več\r\n"),
            ("ena\r\ndve\rtri\nštiri", "SUMMARY:ena\\ndve\\ntri\\nštiri\r\n"),
            ("BEGIN:VEVENT\0", "SUMMARY:BEGIN:VEVENT\r\n"),
        ] {
            assert_eq!(text(value), written);
        }
    }

    #[test]
    fn parameters_are_quoted_as_needed() {
        for (value, written) in [
            ("Ana Novak", "Ana Novak"),
            ("Novak, Ana", "\"Novak, Ana\""),
            ("Jože \"Pepi\" Žnidaršič; d.o.o.", "\"Jože ^'Pepi^' Žnidaršič; d.o.o.\""),
            ("a^b", "a^^b"),
            ("x\r\nATTENDEE:y", "\"x ATTENDEE:y\""),
        ] {
            assert_eq!(parameter(value), written);
        }
    }

    proptest! {
        #[test]
        fn folding_loses_nothing_and_keeps_the_limit(value in "[ -~čšžŠ🎨👩‍💻]{0,300}") {
            let folded = text(&value);
            prop_assert!(folded.ends_with("\r\n"));
            for line in folded.split("\r\n") {
                prop_assert!(line.len() <= LIMIT, "{line}");
            }
            let unfolded = folded.replace("\r\n ", "");
            let escaped = value.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
            prop_assert_eq!(unfolded, format!("SUMMARY:{}\r\n", escaped));
        }
    }
}
