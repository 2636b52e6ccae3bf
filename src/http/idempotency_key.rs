//! `Idempotency-Key`: what it may be, for those who read it and for the document.

const LONGEST: usize = 255;

/// Quoted or bare: what [`parse`] accepts.
pub const PATTERN: &str = r#"^("[!#-~]{1,255}"|[!#-~]{1,255})$"#;

/// The key itself, without quotation marks around it.
pub fn parse(text: &str) -> Option<&str> {
    let text = text.trim();
    let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let sound = key.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"');
    (sound && (1..=LONGEST).contains(&key.len())).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_or_bare_and_as_documented() {
        let schema = serde_json::json!({"type": "string", "pattern": PATTERN});
        let documented = jsonschema::validator_for(&schema).unwrap();
        let long = "k".repeat(LONGEST);
        for (text, wanted) in [
            ("8e03978e-40d5-43e8-bc93-6894a57f9324", Some("8e03978e-40d5-43e8-bc93-6894a57f9324")),
            ("\"one\"", Some("one")),
            ("!", Some("!")),
            (&long, Some(long.as_str())),
            (&format!("{long}k"), None),
            ("", None),
            ("\"", None),
            ("\"\"", None),
            ("\"one", None),
            ("a\"b", None),
            ("a b", None),
            ("čaj", None),
        ] {
            assert_eq!(parse(text), wanted, "{text}");
            assert_eq!(documented.is_valid(&serde_json::json!(text)), wanted.is_some(), "{text}");
        }
    }
}
