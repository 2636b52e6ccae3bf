//! `openapi.yaml`: the route table's operations, completed with what holds for all of them: error answers,
//! the idempotency and precondition headers, security.

use std::collections::BTreeMap;

use utoipa::{
    Modify, OpenApi,
    openapi::{
        ContentBuilder, HttpMethod, InfoBuilder, LicenseBuilder, OpenApi as Document, PathItem, Ref, RefOr,
        Required, ResponseBuilder, ServerBuilder,
        path::{Operation, ParameterBuilder, ParameterIn},
        schema::{ObjectBuilder, Schema, Type},
        security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme},
        tag::TagBuilder,
    },
};

use super::{
    call, idempotency_key, middleware::conditional, problem::ProblemBody, routes::Operations, statistics,
};
use crate::domain::zone::DateOrTime;

/// Where the API lives.
pub const BASE: &str = "/api/v1";

/// For machines, which sign in nowhere.
const SERVICE: [&str; 3] = ["/health/live", "/health/ready", "/metrics"];

const TAGS: &[(&str, &str)] = &[
    ("auth", "Registering, signing in, staying signed in"),
    ("people", "One's own account, organisations, staff and coordination bodies"),
    ("places", "Networks, venues, spaces, their hours and policies"),
    ("availability", "What is free"),
    ("reservations", "Reserving, moving, approving, cancelling"),
    ("series", "Reserving repeatedly: preview, make, change from an occurrence on, cancel"),
    ("import", "Bringing in what a venue kept elsewhere, and calendars that it still keeps there"),
    ("events", "What is on, for everybody"),
    ("calendars", "Links for calendar programs, free and busy times"),
    ("statistics", "How the infrastructure is used"),
    ("service", "Health, metrics, the audit and who looked at whose data"),
];

/// The complete document.
pub fn document() -> Document {
    let mut document = Operations::openapi();
    document.info = InfoBuilder::new()
        .title("Prostor")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(include_str!("openapi.md")))
        .license(Some(LicenseBuilder::new().name("EUPL-1.2").identifier(Some("EUPL-1.2")).build()))
        .build();
    document.servers = Some(vec![ServerBuilder::new().url(BASE).build()]);
    let tags = TAGS.iter().map(|(name, text)| TagBuilder::new().name(*name).description(Some(*text)).build());
    document.tags = Some(tags.collect());
    Complete.modify(&mut document);
    document
}

/// The document as `openapi.yaml` holds it.
///
/// # Errors
/// When the document can't be written as YAML.
pub fn yaml() -> Result<String, String> {
    document().to_yaml().map_err(|error| error.to_string())
}

struct Complete;

impl Modify for Complete {
    fn modify(&self, document: &mut Document) {
        use utoipa::ToSchema;
        let components = document.components.get_or_insert_default();
        let mut schemas = Vec::new();
        ProblemBody::schemas(&mut schemas);
        components.schemas.extend(schemas);
        components.schemas.insert("Problem".to_owned(), <ProblemBody as utoipa::PartialSchema>::schema());
        // Only parameters use them, and the schemas of parameters are not gathered.
        for (name, schema) in [
            of_parameters::<DateOrTime>(),
            of_parameters::<statistics::Format>(),
            of_parameters::<statistics::RowFormat>(),
        ] {
            components.schemas.insert(name, schema);
        }
        components.add_security_scheme(
            "bearer",
            SecurityScheme::Http(
                HttpBuilder::new().scheme(HttpAuthScheme::Bearer).bearer_format("JWT").build(),
            ),
        );
        let versioned = versioned(&components.schemas);
        for (path, item) in &mut document.paths.paths {
            for (method, operation) in operations(item) {
                if method == HttpMethod::Get && conditional::is_tagged(path) {
                    unchanged(operation, &versioned);
                }
                complete(path, method, operation);
            }
        }
    }
}

/// References to the schemas whose answers have their version for an entity tag.
fn versioned(schemas: &BTreeMap<String, RefOr<Schema>>) -> Vec<Ref> {
    let versioned = schemas.iter().filter(|(_, schema)| match schema {
        RefOr::T(Schema::Object(object)) => object.properties.contains_key("version"),
        _ => false,
    });
    versioned.map(|(name, _)| Ref::from_schema_name(name)).collect()
}

/// Says of an answer that has a tag of its text that it may be one that says no more than that.
fn unchanged(operation: &mut Operation, versioned: &[Ref]) {
    let Some(RefOr::T(found)) = operation.responses.responses.get("200") else { return };
    let Some(RefOr::T(json)) = found.content.get("application/json") else { return };
    if matches!(&json.schema, Some(RefOr::Ref(body)) if versioned.contains(body)) {
        return;
    }
    let response = ResponseBuilder::new().description("As it was: `If-None-Match` names its entity tag");
    operation.responses.responses.insert("304".to_owned(), response.build().into());
}

fn of_parameters<T: utoipa::ToSchema>() -> (String, RefOr<Schema>) {
    (T::name().into_owned(), T::schema())
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = (HttpMethod, &mut Operation)> {
    [
        (HttpMethod::Get, &mut item.get),
        (HttpMethod::Post, &mut item.post),
        (HttpMethod::Put, &mut item.put),
        (HttpMethod::Patch, &mut item.patch),
        (HttpMethod::Delete, &mut item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| operation.as_mut().map(|operation| (method, operation)))
}

fn complete(path: &str, method: HttpMethod, operation: &mut Operation) {
    let unsafe_method = method != HttpMethod::Get;
    let auth = path.starts_with("/auth/");
    let replaces = matches!(method, HttpMethod::Put | HttpMethod::Patch | HttpMethod::Delete)
        && !auth
        && !path.contains("/sessions")
        && !path.contains("/staff/")
        && !path.contains("/coordinators/")
        && !path.contains("/members/")
        && !path.contains("/delegates/")
        && !path.contains("/guests/")
        && !path.contains("/invitations/")
        && !path.contains("/join-requests/")
        && !path.contains("/calendars/")
        && !path.ends_with("/closures");
    let must_match = replaces || path.ends_with("/approve");
    if unsafe_method && !auth {
        header(
            operation,
            "Idempotency-Key",
            false,
            idempotency_key::PATTERN,
            "Repeating the request with the same key repeats its answer",
        );
    }
    if must_match {
        header(
            operation,
            "If-Match",
            true,
            call::TAGS_PATTERN,
            "The entity tag of the version to be changed, or `*`",
        );
    } else if unsafe_method && !auth && path.contains("{id}") {
        header(operation, "If-Match", false, call::TAGS_PATTERN, "The entity tag of the version acted on");
    }
    errors(path, operation, unsafe_method, auth, must_match);
}

/// The problems that every operation of its kind can answer with.
fn errors(path: &str, operation: &mut Operation, unsafe_method: bool, auth: bool, must_match: bool) {
    let mut errors = vec![
        (400, "The request can't be read"),
        (401, "Not signed in, or the token no longer counts"),
        (403, "The function is not yours, or the key for programs is not for it"),
        (408, "The request did not arrive in time"),
        (422, "Understood but refused: fields, limits, local times"),
        (429, "Too many requests; see Retry-After"),
        (503, "Busy; see Retry-After"),
    ];
    // Open to all, and shows more to some of those who are signed in.
    if operation.security.is_none() && !auth && !SERVICE.contains(&path) {
        operation.security = Some(vec![SecurityRequirement::default(), bearer()]);
    }
    if path.contains('{') || unsafe_method || operation.parameters.is_some() {
        errors.push((404, "Absent, or not yours to see"));
    }
    if unsafe_method {
        errors.push((409, "A conflict: taken, a state, a duplicate, a request still running"));
        errors.push((413, "The body is too large"));
        errors.push((415, "The body is not application/json"));
    }
    if unsafe_method && !auth {
        errors.push((412, "If-Match names a version that is no longer current"));
    }
    if must_match {
        errors.push((428, "If-Match is missing"));
    }
    for (status, description) in errors {
        let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build();
        let response =
            ResponseBuilder::new().description(description).content("application/problem+json", content);
        operation.responses.responses.entry(status.to_string()).or_insert_with(|| response.build().into());
    }
}

fn bearer() -> SecurityRequirement {
    SecurityRequirement::new("bearer", Vec::<String>::new())
}

fn header(operation: &mut Operation, name: &str, required: bool, pattern: &str, description: &str) {
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required { Required::True } else { Required::False })
        .description(Some(description))
        .schema(Some(ObjectBuilder::new().schema_type(Type::String).pattern(Some(pattern))))
        .build();
    operation.parameters.get_or_insert_default().push(parameter.into());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_the_document_points_to_is_in_it() {
        let document = serde_json::to_value(document()).unwrap();
        let text = document.to_string();
        for reference in text.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert!(document.pointer(reference).is_some(), "{reference} is missing");
        }
    }
}
