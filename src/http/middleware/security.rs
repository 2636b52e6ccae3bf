//! Headers that keep browsers from doing with our answers what nobody asked for.

use actix_web::middleware::DefaultHeaders;

/// Pages load nothing from elsewhere, run no inline script, stand in nobody's frame.
const CONTENT: &str =
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
/// Two years (RFC 6797), only where the public address is https.
const TRANSPORT: &str = "max-age=63072000; includeSubDomains";

/// What every answer carries.
pub fn headers(https: bool) -> DefaultHeaders {
    let headers = DefaultHeaders::new()
        .add(("Content-Security-Policy", CONTENT))
        .add(("X-Content-Type-Options", "nosniff"))
        .add(("X-Frame-Options", "DENY"))
        .add(("Referrer-Policy", "no-referrer"))
        .add(("Permissions-Policy", "camera=(), geolocation=(), microphone=()"))
        .add(("Cross-Origin-Opener-Policy", "same-origin"));
    if https { headers.add(("Strict-Transport-Security", TRANSPORT)) } else { headers }
}
