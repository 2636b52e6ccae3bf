//! What came of each line, in the reader's language.

use std::collections::BTreeSet;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::error::FieldError,
    catalogue,
    domain::{
        decision::{Decision, Outcome},
        import::{LineOutcome, Mode},
        locale::Locale,
        zone::Zone,
    },
};

/// What came of a line.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImportLine)]
pub struct LineView {
    /// In the file, the header being 1; of a calendar where the event begins.
    pub line: u64,
    /// The line's own id: `external_id`, or an event's UID, with the start of the occurrence where it repeats.
    pub external_id: Option<String>,
    pub outcome: LineOutcome,
    /// What it became, now or when it was brought in before; null where nothing was kept.
    #[schema(example = "rsv_01h455vb4pex5vsknk084sn02q")]
    pub id: Option<String>,
    /// Why not, or why nothing had to be done.
    pub reasons: Vec<LineReason>,
}

/// One reason.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ImportReason)]
pub struct LineReason {
    /// A field code, or the code of a rule.
    #[schema(value_type = String, example = "slot_taken")]
    pub code: &'static str,
    /// Of the table; of a calendar a property.
    pub column: Option<String>,
    /// In the reader's language.
    pub message: String,
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ImportSummary)]
pub struct Summary {
    /// Whether anything of it was kept: not where it was only tried, or where one line stood against all.
    pub applied: bool,
    pub created: u64,
    pub unchanged: u64,
    pub conflict: u64,
    pub refused: u64,
    pub invalid: u64,
}

/// All that came of an import.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Import)]
pub struct Report {
    pub mode: Mode,
    pub summary: Summary,
    /// In the order of the file.
    pub lines: Vec<LineView>,
}

impl Summary {
    pub(super) fn count(&mut self, line: &LineView) {
        *match line.outcome {
            LineOutcome::Created => &mut self.created,
            LineOutcome::Unchanged => &mut self.unchanged,
            LineOutcome::Conflict => &mut self.conflict,
            LineOutcome::Refused => &mut self.refused,
            LineOutcome::Invalid => &mut self.invalid,
        } += 1;
    }

    /// Whether every line could be had.
    pub const fn is_whole(&self) -> bool {
        self.conflict + self.refused + self.invalid == 0
    }
}

/// What came of a line, before it is put into words.
#[derive(Debug)]
pub(super) enum Came {
    /// As what; nothing where it was only tried.
    Created(Option<String>),
    /// It was brought in before; or nothing takes place.
    Unchanged(Option<String>, Option<Remark>),
    Conflict(Option<String>, Remark),
    Refused(Box<Decision>, Zone),
    Invalid(Vec<FieldError>),
}

/// Why nothing came of a line that can be read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Remark {
    Code(&'static str),
    /// An earlier line of the same file is about the same.
    Repeats(u64),
}

impl Came {
    /// Of what is there already and says the same or something else: `otherwise` where not this file brought it.
    pub fn known(id: Option<String>, same: bool, repeats: Option<u64>, otherwise: &'static str) -> Self {
        let repeats = repeats.map(Remark::Repeats);
        if same {
            Self::Unchanged(id, repeats)
        } else {
            Self::Conflict(id, repeats.unwrap_or(Remark::Code(otherwise)))
        }
    }
}

impl LineView {
    pub(super) fn new(line: u64, external_id: Option<String>, came: Came, locale: Locale) -> Self {
        let plain = |remark| match remark {
            Remark::Code(code) => reason(locale, code, None),
            Remark::Repeats(line) => repeats(locale, line),
        };
        let (outcome, id, reasons) = match came {
            Came::Created(id) => (LineOutcome::Created, id, Vec::new()),
            Came::Unchanged(id, why) => (LineOutcome::Unchanged, id, why.map(plain).into_iter().collect()),
            Came::Conflict(id, remark) => (LineOutcome::Conflict, id, vec![plain(remark)]),
            Came::Refused(decision, zone) => {
                (LineOutcome::Refused, None, of_decision(&decision, zone, locale))
            }
            Came::Invalid(faults) => {
                let reasons = faults.iter().map(|fault| of_field(fault, locale)).collect();
                (LineOutcome::Invalid, None, reasons)
            }
        };
        Self { line, external_id, outcome, id, reasons }
    }
}

fn reason(locale: Locale, code: &'static str, column: Option<String>) -> LineReason {
    let words = |area: &str| catalogue::find(locale, &format!("{area}-{code}"), &[]);
    let message = words("field").or_else(|| words("reason")).unwrap_or_else(|| code.to_owned());
    LineReason { code, column, message }
}

fn repeats(locale: Locale, line: u64) -> LineReason {
    let message = catalogue::text(locale, "field-repeats_line", &[("line", line.to_string().into())]);
    LineReason { code: "repeats_line", column: None, message }
}

/// The ids of what was made and then undone: nothing has them.
pub(super) fn undone(lines: &mut [LineView]) {
    let made = |line: &&mut LineView| line.outcome == LineOutcome::Created;
    let gone: BTreeSet<String> = lines.iter_mut().filter(made).filter_map(|line| line.id.take()).collect();
    for line in lines.iter_mut().filter(|line| line.id.as_ref().is_some_and(|id| gone.contains(id))) {
        line.id = None;
    }
}

fn of_field(fault: &FieldError, locale: Locale) -> LineReason {
    let column = fault.pointer.trim_start_matches('/').to_owned();
    reason(locale, fault.code, Some(column).filter(|column| !column.is_empty()))
}

/// The rules that stand against it; what staff may go beyond does not.
fn of_decision(decision: &Decision, zone: Zone, locale: Locale) -> Vec<LineReason> {
    let standing =
        decision.reasons.iter().filter(|reason| !reason.waived && reason.outcome == Outcome::Refuse);
    let worded = standing.map(|reason| LineReason {
        code: reason.code.as_str(),
        column: None,
        message: catalogue::of_decision(locale, reason, zone).unwrap_or_else(|| reason.code.to_string()),
    });
    worded.collect()
}
