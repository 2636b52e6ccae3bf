//! What happens around every request, whatever its route.

pub mod client;
pub mod conditional;
pub mod head;
pub mod observe;
pub mod rate_limit;
pub mod request_id;
pub mod security;
