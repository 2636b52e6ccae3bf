//! Figures as JSON, or as a file to keep: CSV or a workbook, named by what it holds.

use actix_web::{
    HttpResponse,
    http::{StatusCode, header},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{csv, demand, heatmap, table::Table, users, utilisation, xlsx, xlsx::About};
use crate::{
    app::{
        error::Error,
        statistics::{Heatmap, Users, Utilisation, demand::Demand},
    },
    domain::locale::Locale,
    http::{
        answer::{self, Answer},
        call::{Call, Context},
    },
};

/// How a table is answered.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Json,
    /// RFC 4180, one header row of stable names; without totals.
    Csv,
    /// A workbook with typed cells, a chart and a sheet of definitions, in the reader's language.
    Xlsx,
}

/// Figures of a scope and a range, which can be filed.
pub(super) trait Filed: Serialize + Send + 'static {
    fn about(&self) -> About<'_>;
    fn table(&self) -> Table;
}

macro_rules! filed {
    ($($figures:ty: $table:path),*) => {$(
        impl Filed for $figures {
            fn about(&self) -> About<'_> {
                About {
                    scope: &self.slug,
                    from: &self.from,
                    to: &self.to,
                    time_zone: self.time_zone,
                    as_of: &self.as_of,
                }
            }

            fn table(&self) -> Table {
                $table(self)
            }
        }
    )*};
}

filed!(Utilisation: utilisation::table, Heatmap: heatmap::table, Demand: demand::table, Users: users::table);

/// Reads figures, and answers them as they are asked for.
pub(super) async fn answered<T: Filed>(
    call: Call,
    format: Format,
    read: impl FnOnce(&Context) -> Result<T, Error> + Send + 'static,
) -> Answer {
    let written = call.run(move |context, ()| {
        let figures = read(&context)?;
        let file = format.file(|| figures.table(), &figures.about(), context.locale)?;
        Ok(Written::new(file, figures))
    });
    Ok(written.await?.answer())
}

/// Written on the blocking thread: a table can be long.
pub(super) enum Written<T> {
    Data(Box<T>),
    File(File),
}

impl<T: Serialize> Written<T> {
    pub fn new(file: Option<File>, data: T) -> Self {
        file.map_or_else(|| Self::Data(Box::new(data)), Self::File)
    }

    pub fn answer(self) -> HttpResponse {
        match self {
            Self::Data(data) => answer::data(&data),
            Self::File(file) => file.answer(),
        }
    }
}

/// A table to keep.
pub(super) struct File {
    name: String,
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl File {
    fn answer(self) -> HttpResponse {
        answer::private(StatusCode::OK)
            .insert_header((header::CONTENT_TYPE, self.media_type))
            .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", self.name)))
            .body(self.bytes)
    }
}

impl Format {
    /// The table as a file; `None` for what is answered as JSON. Slugs are ASCII without quotes, and so are dates.
    pub(super) fn file(
        self,
        table: impl FnOnce() -> Table,
        about: &About<'_>,
        locale: Locale,
    ) -> Result<Option<File>, Error> {
        if self == Self::Json {
            return Ok(None);
        }
        let table = table();
        let (media_type, ending, bytes) = match self {
            Self::Json | Self::Csv => (csv::MEDIA_TYPE, "csv", csv::write(&table)?),
            Self::Xlsx => (
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                "xlsx",
                xlsx::write(&table, about, locale)?,
            ),
        };
        let date = |time: &str| time.split_once('T').map_or(time, |(date, _)| date).to_owned();
        let (from, to) = (date(about.from), date(about.to));
        let time = if from == to { from } else { format!("{from}-to-{to}") };
        let name = format!("{}-{}-{time}.{ending}", table.name, about.scope);
        Ok(Some(File { name, media_type, bytes }))
    }
}
