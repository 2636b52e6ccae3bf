//! VAT of a price: the code of its rate, the legal text an invoice needs, and the tax inside or on top of it.
//!
//! Rates are Slovenia's (ZDDV-1, article 41). A quote keeps the rate it was made with, so a new one changes no old quote.

use serde::{Deserialize, Serialize};

use super::money::share;
use crate::domain::{codes::codes, text::Line};

codes! {
    /// What VAT a price bears.
    pub enum VatCode {
        /// 22 %.
        Standard = "standard",
        /// 9.5 %.
        Reduced = "reduced",
        /// 5 %.
        Special = "special",
        /// The supply is exempt, such as the letting of immovable property (ZDDV-1, article 44, point 2).
        Exempt = "exempt",
        /// The supplier is a small taxable person who charges no VAT (ZDDV-1, article 94).
        NotLiable = "not_liable",
    }
}

/// The VAT of one item of a tariff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vat {
    pub code: VatCode,
    /// The provision by which no VAT is charged, as the invoice must name it (Directive 2006/112/EC, article
    /// 226(11)); of taxed prices whatever the venue wants said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub legal: Option<Line<300>>,
}

impl VatCode {
    /// Hundredths of a per cent: 22 % is 2200.
    pub const fn basis_points(self) -> u32 {
        match self {
            Self::Standard => 2200,
            Self::Reduced => 950,
            Self::Special => 500,
            Self::Exempt | Self::NotLiable => 0,
        }
    }

    /// Whether the price needs a legal text.
    pub const fn is_untaxed(self) -> bool {
        matches!(self, Self::Exempt | Self::NotLiable)
    }

    /// The tax inside (`included`) or on top of `listed`, minor units. `None` when it does not fit.
    pub fn tax(self, listed: i64, included: bool) -> Option<i64> {
        let rate = i64::from(self.basis_points());
        share(listed, rate, if included { 10_000 + rate } else { 10_000 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_inside_and_on_top() {
        use VatCode::*;
        for (code, listed, inside, on_top) in [
            (Standard, 12_200, 2200, 2684),
            (Standard, 10_000, 1803, 2200),
            // 2.7049…; 3.3
            (Standard, 15, 3, 3),
            // Exactly half a cent goes up: 25 · 22 % = 5.5.
            (Standard, 25, 5, 6),
            // 86.7579…; 95
            (Reduced, 1000, 87, 95),
            // 0.8676…; 0.95
            (Reduced, 10, 1, 1),
            (Special, 2100, 100, 105),
            (Special, 10, 0, 1),
            (Exempt, 12_200, 0, 0),
            (NotLiable, 12_200, 0, 0),
        ] {
            assert_eq!(code.tax(listed, true), Some(inside), "{code} in {listed}");
            assert_eq!(code.tax(listed, false), Some(on_top), "{code} on {listed}");
        }
        assert_eq!(Standard.tax(i64::MAX, false), Some(2_029_141_848_108_050_678));
    }

    #[test]
    fn an_unknown_code_is_not_read() {
        for json in [r#"{"code":"SI-S"}"#, r#"{"code":22}"#, r#"{"code":"standard","rate":22}"#, "{}"] {
            assert!(serde_json::from_str::<Vat>(json).is_err(), "{json}");
        }
    }
}
