//! Proofs on the real program: started, killed and asked as an operator would.

#[path = "../support/database.rs"]
mod database;
mod program;

mod broken;
mod imports;
mod kills;
mod restored;
mod walkthrough;

/// A number from the environment, so that `make proof` does more than `make test`.
#[expect(clippy::disallowed_methods, reason = "the test's own environment")]
fn number(variable: &str, default: usize) -> usize {
    std::env::var(variable).ok().map_or(default, |text| text.parse().expect("a number"))
}
