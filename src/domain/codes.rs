//! Closed lists of stable snake_case words: one place for the enum, its texts and their reading back.
//!
//! The texts stand in the API, in tables and in the docs, so they never change; `ALL` feeds tables and tests.

use thiserror::Error;

/// A text that is not a word of the list named.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{found}` is not a {list}")]
pub struct UnknownCode {
    pub list: &'static str,
    pub found: String,
}

/// Declares a fieldless enum whose variants have stable texts: `ALL`, `as_str`, `about` (the documentation),
/// `Display`, `FromStr` and serde.
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$($attribute:tt)*])* $variant:ident = $code:literal,)*
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        $vis enum $name {
            $($(#[$($attribute)*])* #[serde(rename = $code)] $variant,)*
        }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The stable text.
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)*
                }
            }

            /// What it means, as its documentation says; empty where it has none.
            #[allow(dead_code, reason = "only some lists are shown to people")]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => concat!($($crate::domain::codes::words!($($attribute)*)),*).trim_ascii(),)*
                }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::codes::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.as_str() == text).ok_or_else(|| {
                    $crate::domain::codes::UnknownCode { list: stringify!($name), found: text.to_owned() }
                })
            }
        }
    };
}

/// The words of an attribute that is documentation.
macro_rules! words {
    (doc = $words:literal) => {
        $words
    };
    ($($other:tt)*) => {
        ""
    };
}

pub(crate) use {codes, words};

#[cfg(test)]
mod tests {
    codes! {
        /// Two words.
        enum Colour {
            /// As wine
            /// is.
            DarkRed = "dark_red",
            Blue = "blue",
        }
    }

    #[test]
    fn texts_are_read_back_and_others_are_refused() {
        for colour in Colour::ALL {
            assert_eq!(colour.as_str().parse(), Ok(*colour));
            let quoted = format!("\"{colour}\"");
            assert_eq!(serde_json::to_string(colour).unwrap(), quoted);
            assert_eq!(serde_json::from_str::<Colour>(&quoted).unwrap(), *colour);
        }
        assert_eq!("DarkRed".parse::<Colour>().unwrap_err().to_string(), "`DarkRed` is not a Colour");
        assert!(serde_json::from_str::<Colour>("\"green\"").is_err());
        assert_eq!((Colour::DarkRed.about(), Colour::Blue.about()), ("As wine is.", ""));
    }
}
