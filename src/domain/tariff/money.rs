//! Amounts: whole minor units of one currency, never a float, and the one rounding there is.
//!
//! **Rounding**: to the nearest minor unit, half away from zero. Union law leaves the method of rounding VAT to
//! national law (CJEU C-484/06 Ahold, C-302/07 Wetherspoon); halves go up where euro law does say how (Regulation
//! (EC) 1103/97, article 5) and in the rules that check EN 16931 invoices. Half to even is nowhere expected.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A currency by its ISO 4217 code; the euro unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency([u8; 3]);

/// The text is no currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an ISO 4217 currency code of three capital letters, such as EUR, was expected")]
pub struct UnknownCurrency;

/// An amount in minor units of its currency (cents of the euro).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// ISO 4217 list one, without funds, metals and test codes.
const CODES: &str = "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
    CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD \
    HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD \
    MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN \
    PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY \
    TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG";

impl Currency {
    pub const EURO: Self = Self(*b"EUR");

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only codes of the list are made")
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::EURO
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    /// By its code in capitals.
    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let known = CODES.split_ascii_whitespace().find(|code| *code == text).ok_or(UnknownCurrency)?;
        known.as_bytes().try_into().map(Self).map_err(|_| UnknownCurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

/// `amount · numerator / denominator`, rounded half away from zero: the only rounding of amounts. `None` when the
/// result does not fit or the denominator is not positive.
pub fn share(amount: i64, numerator: i64, denominator: i64) -> Option<i64> {
    if denominator <= 0 {
        return None;
    }
    // The product of two i64 fits into an i128, and twice a remainder does too.
    let (product, denominator) = (i128::from(amount) * i128::from(numerator), i128::from(denominator));
    let (whole, rest) = (product / denominator, product % denominator);
    let away = if 2 * rest.abs() >= denominator { product.signum() } else { 0 };
    i64::try_from(whole + away).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_rounded_away_from_zero() {
        for (amount, numerator, denominator, wanted) in [
            (0, 22, 100, Some(0)),
            (1, 1, 2, Some(1)),
            (2, 1, 2, Some(1)),
            (3, 1, 2, Some(2)),
            (5, 1, 2, Some(3)),
            (-1, 1, 2, Some(-1)),
            (-3, 1, 2, Some(-2)),
            (1, 49, 100, Some(0)),
            (-1, 49, 100, Some(0)),
            (1, 51, 100, Some(1)),
            (i64::MAX, i64::MAX, i64::MAX, Some(i64::MAX)),
            (i64::MIN, 1, 1, Some(i64::MIN)),
            (i64::MAX, 2, 1, None),
            (i64::MIN, i64::MIN, 1, None),
            (1, 1, 0, None),
            (1, 1, -1, None),
        ] {
            assert_eq!(
                share(amount, numerator, denominator),
                wanted,
                "{amount} · {numerator} / {denominator}"
            );
        }
    }

    #[test]
    fn currencies_are_those_of_iso_4217() {
        for code in CODES.split_ascii_whitespace() {
            assert_eq!(code.parse::<Currency>().unwrap().to_string(), code);
        }
        for text in ["", "eur", "EU", "EURO", "€", "EUR GBP", "XXX", "HRK", "XAU"] {
            assert_eq!(text.parse::<Currency>(), Err(UnknownCurrency), "{text}");
        }
        let money: Money = serde_json::from_str(r#"{"minor":1500,"currency":"EUR"}"#).unwrap();
        assert_eq!(money, Money { minor: 1500, currency: Currency::EURO });
        assert!(serde_json::from_str::<Money>(r#"{"minor":15.5,"currency":"EUR"}"#).is_err());
    }
}
