//! Notices for tests, with what careless code stumbles over in each text that somebody could have written.

use serde_json::Value;

use super::notice::Notice;

/// Every text of a notice, as a place in its JSON.
fn texts(value: &Value, at: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(at.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(n, item)| texts(item, &format!("{at}/{n}"), found));
        }
        Value::Object(members) => {
            members.iter().for_each(|(name, member)| texts(member, &format!("{at}/{name}"), found));
        }
        _ => {}
    }
}

/// What could end a header field, a mail or a calendar object before its time.
pub(super) const WICKED: [&str; 9] = [
    "x\r\nBcc: y@z.example\r\n\r\n<b>",
    "x\rBcc: y@z.example",
    "x\nBcc: y@z.example",
    "x\n.\nMAIL FROM:<y@z.example>\nx",
    "x\r.\rRCPT TO:<y@z.example>\rx",
    "x\r\n.\r\nMAIL FROM:<y@z.example>\r\nx\n\r.\n\rx",
    ".",
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nATTENDEE:mailto:y@z.example",
    "x\0\u{85}\u{2028}\u{202e}\"';,:\\^<>=?utf-8?b?eA==?=",
];

/// The notice with this in each of its texts, and how many those are. Words of a closed list, identifiers and zones
/// are none that anybody writes; where one does without such mails is the service's own.
pub(super) fn spoilt(notice: &Notice, wicked: &str) -> (Notice, usize) {
    let (mut whole, mut fields) = (serde_json::to_value(notice).unwrap(), Vec::new());
    texts(&whole, "", &mut fields);
    fields.retain(|field| !field.ends_with("/stop"));
    let (mut spoilt, mut count) = (notice.clone(), 0);
    for field in fields {
        let before = std::mem::replace(whole.pointer_mut(&field).unwrap(), wicked.into());
        match serde_json::from_value(whole.clone()) {
            Ok(notice) => (spoilt, count) = (notice, count + 1),
            Err(_) => *whole.pointer_mut(&field).unwrap() = before,
        }
    }
    (spoilt, count)
}
