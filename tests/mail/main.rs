//! Mail as others receive it: read by foreign parsers, delivered to a real SMTP server.

use prostor::domain;

mod agenda;
mod calendars;
mod feed;
mod foreign;
mod letters;
mod samples;
mod smtp;
