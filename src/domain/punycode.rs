//! Punycode (RFC 3492), encoding only: the ASCII form of a domain label with letters beyond `a-z`.
//!
//! Here so that one mailbox under an internationalised domain has one spelling.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;

/// The encoded label without its `xn--`; `None` when a number overflows (RFC 3492, 6.3 and 6.4).
pub fn encode(label: &str) -> Option<String> {
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    let total = u32::try_from(label.chars().count()).ok()?;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias, mut handled) = (128u32, 0u32, 72u32, basic);
    while handled < total {
        let next = label.chars().map(u32::from).filter(|&c| c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in label.chars().map(u32::from) {
            if c < n {
                delta = delta.checked_add(1)?;
            } else if c == n {
                push_integer(&mut out, delta, bias);
                bias = adapt(delta, handled + 1, handled == basic);
                delta = 0;
                handled += 1;
            }
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

/// `value` as a generalised variable-length integer, least significant digit first.
fn push_integer(out: &mut String, mut value: u32, bias: u32) {
    let mut k = BASE;
    loop {
        let threshold = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
        if value < threshold {
            out.push(digit(value));
            return;
        }
        out.push(digit(threshold + (value - threshold) % (BASE - threshold)));
        value = (value - threshold) / (BASE - threshold);
        k += BASE;
    }
}

fn digit(value: u32) -> char {
    char::from(b"abcdefghijklmnopqrstuvwxyz0123456789"[value as usize])
}

fn adapt(delta: u32, points: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (BASE - T_MIN + 1) * delta / (delta + SKEW)
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn the_samples_of_rfc_3492_and_of_the_registry() {
        for (label, encoded) in [
            // RFC 3492, 7.1: (B), (C), (D, lower-cased), (L), (R); then well-known names.
            ("他们为什么不说中文", "ihqwcrb4cv8a8dqg056pqjye"),
            ("他們爲什麽不說中文", "ihqwctvzc91f659drss3x8bo0yb"),
            ("pročprostěnemluvíčesky", "proprostnemluvesky-uyb24dma41a"),
            ("3年b組金八先生", "3b-ww4c5e180e575a65lsy2b"),
            ("そのスピードで", "d9juau41awczczp"),
            ("bücher", "bcher-kva"),
            ("münchen", "mnchen-3ya"),
            ("plain", "plain-"),
        ] {
            assert_eq!(encode(label).as_deref(), Some(encoded), "{label}");
        }
    }

    #[test]
    fn an_overflow_is_refused() {
        assert_eq!(encode(&("a".repeat(4000) + "\u{10FFFF}")), None);
    }
}
