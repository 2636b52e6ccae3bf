//! The lines of a calendar file: unfolded, cut into name, parameters and value (RFC 5545, 3.1), and gathered event by
//! event. Lines are pushed in one by one, so that a file never has to be in memory.

use super::{Event, LONGEST_EVENT, LONGEST_LINE, Unread};

/// Components within components.
const DEEPEST: usize = 8;

/// `NAME;PARAMETER=value:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Property {
    /// In capitals.
    pub name: String,
    parameters: Vec<(String, String)>,
    pub value: String,
}

/// Why a file is no calendar that can be read, and in which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {code}")]
pub struct Faulty {
    pub line: u64,
    /// `not_a_calendar`, `not_utf8`, `calendar_line_malformed`, `calendar_line_too_long`, `calendar_unfinished`.
    pub code: &'static str,
}

/// Reads a calendar file.
#[derive(Debug, Default)]
pub struct Reader {
    /// The line that the next one may go on with, and where it began.
    unfolded: Option<(u64, Vec<u8>)>,
    line: u64,
    open: Vec<String>,
    event: Option<Gathered>,
    calendars: u32,
}

#[derive(Debug)]
struct Gathered {
    line: u64,
    octets: usize,
    properties: Vec<Property>,
}

/// An event, or why it is none that can be read.
pub type ReadEvent = Result<Event, Unread>;

impl Reader {
    /// The next line of the file, with or without its line end. Returns the event that ended with the line before.
    ///
    /// # Errors
    /// [`Faulty`]; nothing that comes after it means anything.
    pub fn push(&mut self, line: &[u8]) -> Result<Option<ReadEvent>, Faulty> {
        self.line += 1;
        let line = line.strip_suffix(b"\n").unwrap_or(line);
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let line = if self.line == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line };
        if let (Some((_, whole)), [b' ' | b'\t', rest @ ..]) = (&mut self.unfolded, line) {
            whole.extend_from_slice(rest);
            let too_long = whole.len() > LONGEST_LINE;
            return if too_long { Err(self.faulty("calendar_line_too_long")) } else { Ok(None) };
        }
        if line.len() > LONGEST_LINE {
            return Err(self.faulty("calendar_line_too_long"));
        }
        match self.unfolded.replace((self.line, line.to_vec())) {
            Some((number, whole)) => self.take(number, whole),
            None => Ok(None),
        }
    }

    /// The file has ended. Returns the event that ended with its last line.
    ///
    /// # Errors
    /// [`Faulty`] where no calendar was in it, or not all of one.
    pub fn finish(&mut self) -> Result<Option<ReadEvent>, Faulty> {
        let last = match self.unfolded.take() {
            Some((number, whole)) => self.take(number, whole)?,
            None => None,
        };
        if !self.open.is_empty() {
            return Err(self.faulty("calendar_unfinished"));
        }
        if self.calendars == 0 { Err(self.faulty("not_a_calendar")) } else { Ok(last) }
    }

    fn faulty(&self, code: &'static str) -> Faulty {
        Faulty { line: self.line, code }
    }

    fn take(&mut self, line: u64, whole: Vec<u8>) -> Result<Option<ReadEvent>, Faulty> {
        let faulty = |code| Faulty { line, code };
        let text = String::from_utf8(whole).map_err(|_| faulty("not_utf8"))?;
        if text.trim().is_empty() {
            return Ok(None);
        }
        if self.open.is_empty() && !text.trim().eq_ignore_ascii_case("BEGIN:VCALENDAR") {
            return Err(faulty("not_a_calendar"));
        }
        let property = Property::parse(&text).ok_or(faulty("calendar_line_malformed"))?;
        match property.name.as_str() {
            "BEGIN" => self.begin(line, property.value.trim().to_ascii_uppercase()).map(|()| None),
            "END" => self.end(line, &property.value.trim().to_ascii_uppercase()),
            _ => {
                let direct = self.open.len() == 2;
                if let Some(event) = self.event.as_mut().filter(|_| direct) {
                    event.octets += text.len();
                    if event.octets > LONGEST_EVENT {
                        return Err(faulty("calendar_line_too_long"));
                    }
                    event.properties.push(property);
                }
                Ok(None)
            }
        }
    }

    fn begin(&mut self, line: u64, name: String) -> Result<(), Faulty> {
        if self.open.len() >= DEEPEST || (name == "VCALENDAR") != self.open.is_empty() {
            return Err(Faulty { line, code: "calendar_line_malformed" });
        }
        self.calendars += u32::from(name == "VCALENDAR");
        if name == "VEVENT" && self.open.len() == 1 {
            self.event = Some(Gathered { line, octets: 0, properties: Vec::new() });
        }
        self.open.push(name);
        Ok(())
    }

    fn end(&mut self, line: u64, name: &str) -> Result<Option<ReadEvent>, Faulty> {
        if self.open.pop().as_deref() != Some(name) {
            return Err(Faulty { line, code: "calendar_line_malformed" });
        }
        let ended = self.event.take_if(|_| name == "VEVENT" && self.open.len() == 1);
        Ok(ended.map(|gathered| Event::read(gathered.line, &gathered.properties)))
    }
}

impl Property {
    /// `None` where it has no name or no value.
    fn parse(line: &str) -> Option<Self> {
        let name_ends = line.find([';', ':'])?;
        let (name, mut rest) = line.split_at(name_ends);
        let is_name = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        if !is_name(name) {
            return None;
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (parameter, after) = after.split_once('=')?;
            let (value, after) = parameter_value(after)?;
            parameters.push((parameter.to_ascii_uppercase(), value));
            rest = after;
        }
        let value = rest.strip_prefix(':')?.to_owned();
        Some(Self { name: name.to_ascii_uppercase(), parameters, value })
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value as TEXT (RFC 5545, 3.3.11).
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut escaped = false;
        for c in self.value.chars() {
            match (escaped, c) {
                (false, '\\') => escaped = true,
                (true, 'n' | 'N') => {
                    text.push('\n');
                    escaped = false;
                }
                (_, c) => {
                    text.push(c);
                    escaped = false;
                }
            }
        }
        text
    }
}

/// The value of a parameter, quoted or not, and what follows it; of a list all of it.
fn parameter_value(text: &str) -> Option<(String, &str)> {
    let mut quoted = false;
    for (place, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' | ':' if !quoted => return Some((text[..place].replace('"', ""), &text[place..])),
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<ReadEvent>, Faulty> {
        let mut reader = Reader::default();
        let mut events = Vec::new();
        for line in text.split_inclusive('\n') {
            events.extend(reader.push(line.as_bytes())?);
        }
        events.extend(reader.finish()?);
        Ok(events)
    }

    fn calendar(inside: &str) -> String {
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}END:VCALENDAR\r\n")
    }

    #[test]
    fn a_line_is_a_name_parameters_and_a_value() {
        let line = "dtstart;TZID=\"Europe/Ljubljana\";x-a=b,\"c;d:e\":20261103T100000";
        let property = Property::parse(line).unwrap();
        assert_eq!((property.name.as_str(), property.value.as_str()), ("DTSTART", "20261103T100000"));
        assert_eq!(property.parameter("TZID"), Some("Europe/Ljubljana"));
        assert_eq!(property.parameter("X-A"), Some("b,c;d:e"));
        let text = Property::parse(r"SUMMARY:Ples\, jazz\; in \\ \Nvino: rdeče").unwrap();
        assert_eq!(text.text(), "Ples, jazz; in \\ \nvino: rdeče");
        for broken in ["", "SUMMARY", ":value", "A B:c", "A;B:c", "A;B=\"c:d", "Š:a"] {
            assert_eq!(Property::parse(broken), None, "{broken}");
        }
    }

    #[test]
    fn folded_lines_join_even_within_a_letter_and_what_lies_deeper_is_passed_by() {
        let mut text = calendar(
            "BEGIN:VTIMEZONE\r\nTZID:X\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTART:20261103T100000Z\r\n\
             DTEND:20261103T110000Z\r\nBEGIN:VALARM\r\nSUMMARY:alarm\r\nEND:VALARM\r\nSUMMARY:Re\r\n\tčni\r\n  ples\r\n\
             END:VEVENT\r\n",
        )
        .into_bytes();
        let letter = text.windows(2).position(|two| two == "č".as_bytes()).unwrap();
        text.splice(letter + 1..=letter, *b"\r\n ");
        let mut reader = Reader::default();
        let mut events = Vec::new();
        for line in text.split_inclusive(|byte| *byte == b'\n') {
            events.extend(reader.push(line).unwrap());
        }
        events.extend(reader.finish().unwrap());
        let summaries: Vec<_> =
            events.iter().map(|event| event.as_ref().unwrap().summary.as_deref()).collect();
        assert_eq!(summaries, [Some("Rečni ples")]);
    }

    #[test]
    fn what_is_no_calendar_is_refused_with_its_line() {
        let long = format!("SUMMARY:{}\r\n", "x".repeat(LONGEST_LINE));
        let endless = calendar(&format!(
            "BEGIN:VEVENT\r\n{}END:VEVENT\r\n",
            format!("X-A:{}\r\n", "x".repeat(60_000)).repeat(6)
        ));
        for (text, line, code) in [
            (String::new(), 0, "not_a_calendar"),
            ("<!doctype html>\n<title>Sign in</title>\n".to_owned(), 1, "not_a_calendar"),
            ("BEGIN:VEVENT\r\nEND:VEVENT\r\n".to_owned(), 1, "not_a_calendar"),
            ("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\n".to_owned(), 3, "calendar_unfinished"),
            (calendar("BEGIN:VEVENT\r\nEND:VTODO\r\n"), 4, "calendar_line_malformed"),
            (calendar("no colon\r\n"), 3, "calendar_line_malformed"),
            (calendar("BEGIN:VCALENDAR\r\n"), 3, "calendar_line_malformed"),
            (calendar(&"BEGIN:X\r\n".repeat(9)), 10, "calendar_line_malformed"),
            (calendar(&long), 3, "calendar_line_too_long"),
            (endless, 8, "calendar_line_too_long"),
        ] {
            let faulty = read(&text).unwrap_err();
            assert_eq!((faulty.line, faulty.code), (line, code), "{}", &text[..text.len().min(80)]);
        }
        let mut reader = Reader::default();
        assert!(reader.push(b"BEGIN:VCALENDAR").is_ok() && reader.push(b"SUMMARY:\xE8").is_ok());
        assert_eq!(reader.finish().unwrap_err(), Faulty { line: 2, code: "not_utf8" });
    }

    #[test]
    fn several_calendars_may_follow_each_other_and_empty_lines_mean_nothing() {
        let one = calendar("BEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:20261103\nEND:VEVENT\n");
        let events = read(&format!("\u{feff}{one}\n\n{one}")).unwrap();
        assert_eq!(events.len(), 2);
        assert!(events.iter().all(Result::is_ok));
    }
}
