//! The command line: arguments only. What the commands do lives in the library.

fn main() {}
