//! Every word of every closed list has its text, sentences count with the dual, and charts are quiet SVG.

use super::{
    charts::{self, About, Rates},
    words::{Words, counted},
};
use crate::{
    app::statistics::HeatmapCell,
    catalogue::{self, Arg},
    domain::{
        decision::ReasonCode,
        demand::CapacityBand,
        disclosure::{PublishedDimension, PublishedFigure},
        indicator::{IndicatorFigure, IndicatorStatus, Missing, TargetDirection, ValueOrigin},
        locale::Locale,
        organisation::{LegalForm, Size},
        policy::Audience,
        reservation::Purpose,
        space::SpaceKind,
        statistics::Basis,
    },
};

fn about(id: &str) -> About {
    About { id: id.to_owned(), title: "Title".to_owned(), description: "Text".to_owned() }
}

#[test]
fn every_word_of_a_closed_list_has_its_text() {
    let mut keys: Vec<String> = Vec::new();
    let mut list = |name: &str, codes: Vec<&'static str>| {
        keys.extend(codes.into_iter().map(|code| format!("report-{name}-{code}")));
    };
    list("turned-away", ReasonCode::ALL.iter().map(|code| code.as_str()).collect());
    list("kind", SpaceKind::ALL.iter().map(|code| code.as_str()).collect());
    list("capacity", CapacityBand::ALL.iter().map(|code| code.as_str()).collect());
    list("audience", Audience::ALL.iter().map(|code| code.as_str()).collect());
    list("organisation_kind", LegalForm::ALL.iter().map(|code| code.as_str()).collect());
    list("size", Size::ALL.iter().map(|code| code.as_str()).collect());
    list("basis", [Basis::Measured, Basis::Assumed, Basis::Mixed].map(Basis::as_str).to_vec());
    list("status", IndicatorStatus::ALL.iter().map(|code| code.as_str()).collect());
    list("direction", TargetDirection::ALL.iter().map(|code| code.as_str()).collect());
    list("missing", Missing::ALL.iter().map(|code| code.as_str()).collect());
    list("origin", ValueOrigin::ALL.iter().map(|code| code.as_str()).collect());
    // Amounts of money have their currency beside them, and workbooks in place of it.
    let units = IndicatorFigure::ALL.iter().filter(|figure| !figure.is_money()).map(|figure| figure.unit());
    list("unit", units.flat_map(|unit| unit.split('/')).collect());
    keys.extend(IndicatorFigure::ALL.iter().map(|code| format!("column-{code}")));
    keys.extend(Purpose::ALL.iter().map(|code| format!("purpose-{code}")));
    for figure in PublishedFigure::ALL {
        keys.extend(["", "-meaning"].map(|end| format!("report-published-figure-{figure}{end}")));
    }
    for dimension in PublishedDimension::ALL {
        keys.extend(["", "-title"].map(|end| format!("report-published-{dimension}{end}")));
    }
    for key in keys {
        for locale in Locale::ALL {
            assert!(catalogue::find(locale, &key, &[]).is_some(), "{key} in {}", locale.tag());
        }
    }
}

#[test]
fn sentences_count_with_the_dual() {
    let words = Words(Locale::Sl);
    for (count, idle, extent) in [
        (1, "1 prostor ni bil rezerviran", "1 center, 1 prostor in 1 sedež."),
        (2, "2 prostora nista bila rezervirana", "2 centra, 2 prostora in 2 sedeža."),
        (4, "4 prostori niso bili rezervirani", "4 centre, 4 prostore in 4 sedeže."),
        (5, "5 prostorov ni bilo rezerviranih", "5 centrov, 5 prostorov in 5 sedežev."),
        (1001, "1.001 prostor ni bil", "1.001 center, 1.001 prostor in 1.001 sedež."),
    ] {
        let said = words.with("report-summary-idle", &counted(words, ["spaces", "shown"], count));
        assert!(said.starts_with(idle), "{said}");
        let mut args = vec![("place", Arg::from("Mreža"))];
        for names in [["venues", "venuesshown"], ["spaces", "spacesshown"], ["seats", "seatsshown"]] {
            args.extend(counted(words, names, count));
        }
        let said = words.with("report-summary-extent", &args);
        assert!(said.ends_with(extent), "{said}");
    }
}

#[test]
fn charts_are_svg_without_scripts_styles_and_fonts_of_their_own() {
    let rates = |name: &str| Rates { name: name.to_owned(), values: vec![Some(0.034), None, Some(0.181)] };
    let labels = || vec!["<b>".to_owned(), "2 & 3".to_owned(), "\"4\"".to_owned()];
    let both = || [rates("<i>planned</i>"), rates("actual")];
    let words = Words(Locale::Sl);
    let days = ["1", "2", "3", "4", "5", "6", "7"].map(str::to_owned);
    let cells = |weekday: u32, _: u32| (weekday < 6).then_some(0.25);
    for chart in [
        charts::bars(words, about("a"), labels(), both(), Some(rates("before"))),
        charts::ranks(words, about("b"), labels(), both()),
        charts::counts(words, about("c"), labels().into_iter().zip([3.0, 2.0, 1.0]).collect()),
        charts::week(about("d"), 8..20, days, &cells),
    ] {
        let chart = chart.unwrap();
        for forbidden in ["<script", "<style", "style=", "class=", "font-family", "<b>", "<i>", "href"] {
            assert!(!chart.drawing.contains(forbidden), "{forbidden} in {}", chart.drawing);
        }
        assert!(chart.drawing.contains("<text") && !chart.drawing.contains("NaN"), "{}", chart.drawing);
        assert!(!chart.drawing.contains("<svg"), "one drawing, one frame");
    }
}

#[test]
fn charts_write_numbers_as_tables_do() {
    for (locale, wanted) in [(Locale::Sl, ["2.234", "999", "1.000"]), (Locale::En, ["2,234", "999", "1,000"])]
    {
        let named = [("Hiša «3»", 2234.0), ("«a", 999.0), ("b»", 1000.0)];
        let named = named.map(|(name, count)| (name.to_owned(), count)).to_vec();
        let drawing = charts::counts(Words(locale), about("a"), named).unwrap().drawing;
        for text in wanted.into_iter().chain(["Hiša «3»", "«a", "b»"]) {
            assert!(drawing.contains(&format!(">{text}<")), "{text} in {drawing}");
        }
    }
}

/// Where nothing was ever booked there is a scale all the same.
#[test]
fn charts_of_nothing_are_drawn() {
    let nothing = || Rates { name: "nothing".to_owned(), values: vec![None, Some(0.0)] };
    let words = Words(Locale::En);
    let labels = || vec!["1".to_owned(), "2".to_owned()];
    assert!(charts::bars(words, about("a"), labels(), [nothing(), nothing()], None).is_ok());
    assert!(charts::ranks(words, about("b"), labels(), [nothing(), nothing()]).is_ok());
    let week: Vec<HeatmapCell> = Vec::new();
    let block = super::figures::week(words, "c".to_owned(), "Week".to_owned(), &week).unwrap();
    assert!(matches!(block, super::page::Block::Paragraph { .. }));
}
