//! What an edit changed, for the audit: the names of members, never their values, which may be personal.

use serde::Serialize;
use serde_json::{Value, json};

use super::error::Error;

/// The payload of an edit's audit entry: `{"changed": ["name", "address/city"]}`, by comparing what is shown before
/// and after. The version always changes and is not named.
///
/// # Errors
/// When it can't be shown at all.
pub fn changed<T: Serialize>(before: &T, after: &T) -> Result<Value, Error> {
    let shown = |view: &T| serde_json::to_value(view).map_err(|error| Error::Broken(error.to_string()));
    let mut names = Vec::new();
    compare("", &shown(before)?, &shown(after)?, &mut names);
    names.retain(|name| name != "version");
    Ok(json!({"changed": names}))
}

fn compare(at: &str, before: &Value, after: &Value, names: &mut Vec<String>) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        if before != after {
            names.push(at.to_owned());
        }
        return;
    };
    let members: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in members {
        let below = if at.is_empty() { name.clone() } else { format!("{at}/{name}") };
        let value =
            |object: &serde_json::Map<String, Value>| object.get(name).cloned().unwrap_or(Value::Null);
        compare(&below, &value(old), &value(new), names);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_and_values_are_not() {
        for (before, after, names) in [
            (json!({"name": "A", "version": 1}), json!({"name": "A", "version": 2}), json!([])),
            (json!({"name": "A", "city": "X"}), json!({"name": "B", "city": "Y"}), json!(["city", "name"])),
            (
                json!({"at": {"city": "X", "zip": 1}}),
                json!({"at": {"city": "Y", "zip": 1}}),
                json!(["at/city"]),
            ),
            (json!({"phone": "1"}), json!({}), json!(["phone"])),
            (json!({"phone": null}), json!({"phone": {"work": 1}}), json!(["phone"])),
            (json!({"tags": ["a"]}), json!({"tags": ["b"]}), json!(["tags"])),
        ] {
            assert_eq!(changed(&before, &after).unwrap(), json!({"changed": names}));
        }
    }
}
