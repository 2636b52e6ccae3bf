//! The documents keep up with the code: all codes are listed, and links lead somewhere.

use std::{fs, path::Path};

use prostor::{
    app::error::Code,
    domain::{
        decision::ReasonCode,
        instant::{Instant, Interval},
        tariff::{Request, Tariff, quote},
        zone::Zone,
    },
    http::problem,
};

fn read(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .unwrap_or_else(|e| panic!("{path}: {e}"))
}

#[test]
fn status_codes_lists_every_code_with_its_status_and_no_other() {
    let page = read("docs/STATUS-CODES.md");
    let problems = page.split("## Reasons").next().unwrap();
    for &code in Code::ALL {
        let row = format!("| {} | `{code}` |", problem::status(code).as_u16());
        assert!(problems.contains(&row), "docs/STATUS-CODES.md lacks {row}");
    }
    let rows = problems.lines().filter(|line| line.contains(" | `")).count();
    assert_eq!(rows, Code::ALL.len(), "docs/STATUS-CODES.md lists a problem that does not exist");
}

#[test]
fn status_codes_lists_every_reason_and_every_field_message() {
    let page = read("docs/STATUS-CODES.md");
    for code in ReasonCode::ALL {
        assert!(page.contains(&format!("| `{code}` | ")), "docs/STATUS-CODES.md lacks the reason {code}");
    }
    for line in read("locales/en/problems.ftl").lines() {
        if let Some((code, _)) = line.strip_prefix("field-").and_then(|rest| rest.split_once(" = ")) {
            assert!(
                page.contains(&format!("| `{code}` | ")),
                "docs/STATUS-CODES.md lacks the field code {code}"
            );
        }
    }
}

#[test]
fn links_between_documents_lead_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages = vec![root.join("README.md"), root.join("CONTRIBUTING.md"), root.join("CHANGELOG.md")];
    for folder in ["docs", "docs/adr"] {
        let entries = fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
        pages.extend(entries.filter(|path| path.extension().is_some_and(|ending| ending == "md")));
    }
    for page in pages {
        let text = fs::read_to_string(&page).unwrap_or_else(|e| panic!("{}: {e}", page.display()));
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = target.split('#').next().unwrap();
            if file.is_empty() || file.contains("://") || file.starts_with("mailto:") {
                continue;
            }
            let path = page.parent().unwrap().join(file);
            assert!(path.exists(), "{} links to {target}, which is not there", page.display());
        }
    }
}

/// The JSON examples under a heading, in order.
fn examples(page: &str, heading: &str) -> Vec<serde_json::Value> {
    let text = read(page);
    let (_, section) = text.split_once(heading).unwrap();
    let section = section.split("\n## ").next().unwrap();
    let blocks = section.split("```json").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

#[test]
fn the_example_of_a_tariff_is_good_and_gives_the_quote_beside_it() {
    let [tariff, wanted] = examples("docs/API-DESIGN.md", "## Tariffs and quotes").try_into().unwrap();
    let tariff: Tariff = serde_json::from_value(tariff).unwrap();
    assert_eq!(tariff.check(), []);
    let start = Instant::from_unix(1_782_892_800); // Wednesday, 1 July 2026, 10 o'clock in Ljubljana
    let request = Request {
        interval: Interval::new(start, start.plus(2 * 3600)).unwrap(),
        zone: Zone::parse("Europe/Ljubljana").unwrap(),
        audiences: &[],
        units: 1,
        attendees: Some(4),
        extras: &[serde_json::from_str(r#"{"name": "Coffee"}"#).unwrap()],
    };
    assert_eq!(serde_json::to_value(quote(&tariff, &request).unwrap()).unwrap(), wanted);
}
