//! What people do with series: one file a verb, the same judgement and the same path to the database as for one
//! reservation (DESIGN 4).

pub mod cancel;
pub mod create;
pub mod decide;
pub mod edit;
pub(super) mod expire;
pub mod list;
pub(super) mod notices;
mod plan;
pub mod preview;
mod refit;
mod request;
mod standing;
pub mod view;

pub use request::{NewSeries, SeriesCancellation, SeriesChange};
