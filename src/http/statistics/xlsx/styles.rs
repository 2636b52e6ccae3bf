//! How the cells of a workbook look, by what stands in them.

use rust_xlsxwriter::{Format, FormatAlign, FormatBorder};

use crate::{catalogue::text, domain::locale::Locale};

const HEADING: u32 = 0x1F_3A_5F;
const HIDDEN: u32 = 0xE3_E3_E3;

pub(super) struct Styles {
    pub heading: Format,
    pub text: Format,
    pub wrapped: Format,
    pub date: Format,
    pub count: Format,
    pub number: Format,
    pub rate: Format,
    pub flag: Format,
    pub hidden: Format,
}

impl Styles {
    pub fn new(locale: Locale) -> Self {
        Self::of(locale, Format::new())
    }

    pub fn bold(locale: Locale) -> Self {
        Self::of(locale, Format::new().set_bold().set_border_top(FormatBorder::Thin))
    }

    fn of(locale: Locale, plain: Format) -> Self {
        let [yes, no] = ["statistics-yes", "statistics-no"].map(|key| text(locale, key, &[]));
        let plain = || plain.clone();
        Self {
            heading: plain()
                .set_bold()
                .set_font_color(0xFF_FF_FF)
                .set_background_color(HEADING)
                .set_text_wrap()
                .set_align(FormatAlign::VerticalCenter),
            text: plain(),
            wrapped: plain().set_text_wrap().set_align(FormatAlign::Top),
            date: plain().set_num_format("yyyy-mm-dd"),
            count: plain().set_num_format("#,##0"),
            number: plain().set_num_format("#,##0.00"),
            rate: plain().set_num_format("0.0%"),
            // Some readers write a flag as a number: then as a word all the same.
            flag: plain().set_num_format(format!("\"{yes}\";\"{yes}\";\"{no}\"")),
            hidden: plain().set_italic().set_background_color(HIDDEN).set_align(FormatAlign::Right),
        }
    }

    /// An amount as its currency writes it.
    pub fn money(&self, digits: u32, currency: &str) -> Format {
        let decimals = if digits > 0 { format!(".{}", "0".repeat(digits as usize)) } else { String::new() };
        self.number.clone().set_num_format(format!("#,##0{decimals} \"{currency}\""))
    }
}
