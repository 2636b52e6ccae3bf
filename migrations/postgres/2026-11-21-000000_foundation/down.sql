DROP TABLE settings, audit, idempotency, outbox, occupancies, reservations, blocks, invitations, network_coordinators,
  venue_staff, organisation_members, organisations, signing_keys, tickets, refresh_tokens, sessions, users,
  hours_exceptions, hours_versions, layouts, space_units, space_parts, space_amenities, spaces, units, unit_groups,
  venues, networks;
