//! Mail as others receive it: read by foreign parsers, delivered to a real SMTP server.

mod agenda;
mod calendars;
mod feed;
mod foreign;
mod samples;
mod smtp;
