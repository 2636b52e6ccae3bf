//! The whole route table on a page.
