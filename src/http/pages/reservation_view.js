// How a reservation looks: every fact and state as text, and only the actions that can be had.

import { element, find, word } from "./dom.js";
import { moment, span, zoneName } from "./times.js";

// A fact of the list, left out where there is nothing to say.
function fact(id, ...content) {
  const said = content.filter((each) => each !== null && each !== undefined && each !== "");
  find(id).hidden = said.length === 0;
  find(id).querySelector("dd").replaceChildren(...said.map((each) => element("div", each)));
}

function link(address, text) {
  const made = element("a", text);
  made.href = address;
  return made;
}

const mail = (address) => address && link(`mailto:${address}`, address);
const call = (number) => number && link(`tel:${number.replaceAll(" ", "")}`, number);

const listed = (equipment) => equipment.map(({ name, quantity }) => `${quantity} × ${name}`).join(", ");

function facts({ reservation, space, venue }) {
  const { street, postcode, city } = venue.address;
  const taken = space.allocation === "each" ? space.units.filter(({ id }) => reservation.unit_ids.includes(id)) : [];
  fact("decide-by", reservation.decide_by && moment(reservation.decide_by, venue.time_zone));
  fact("held-until", reservation.hold_expires_at && moment(reservation.hold_expires_at, venue.time_zone));
  const awaited = reservation.status === "confirmed" && reservation.check_in.no_show_at;
  fact("arrive-by", awaited && moment(awaited, venue.time_zone));
  fact("space", space.name);
  fact("units", taken.map(({ label }) => label).join(", "));
  fact("venue", venue.name, `${street}, ${postcode} ${city}`, mail(venue.contact_email), call(venue.phone));
  fact("purpose", word(reservation.purpose));
  fact("attendees", reservation.attendees);
  fact("equipment", listed(reservation.equipment));
  fact("organiser", reservation.organiser.name, mail(reservation.organiser.email));
  fact("notes", reservation.notes);
  fact("internal-notes", reservation.internal_notes);
  fact("reference", reservation.id);
}

function requestedChange({ reservation: { change }, venue }) {
  find("change").hidden = !change;
  if (!change) return;
  find("change").querySelector("time").textContent = span(change, venue.time_zone);
  fact("change-attendees", change.attendees);
  fact("change-equipment", listed(change.equipment));
}

function actions({ reservation, venue, account }) {
  const isStaff = account.staff_of.some(({ venue_id }) => venue_id === venue.id);
  const decides = isStaff || account.decides_for.some(({ venue_id }) => venue_id === venue.id);
  const isOwn = account.id === reservation.organiser.id;
  const owns = account.organisations.some(({ id, role }) => id === reservation.organisation_id && role === "owner");
  const stands = ["held", "pending", "confirmed"].includes(reservation.status);
  const ahead = new Date(reservation.starts_at) > new Date();
  const now = new Date();
  const mayArrive = reservation.status === "confirmed"
    ? new Date(reservation.check_in.opens_at) <= now && now < new Date(reservation.ends_at)
    : isStaff && reservation.status === "no_show";
  find("check-in").hidden = !mayArrive || !(isStaff || isOwn || owns);
  find("check-out").hidden = reservation.status !== "checked_in" || ahead || !(isStaff || isOwn || owns);
  find("decide").hidden = !decides || !(reservation.status === "pending" || reservation.change);
  const held = reservation.status === "held";
  find("confirm").hidden = !held || !(isStaff || isOwn || owns);
  find("calendar").hidden = held || (!stands && reservation.status !== "checked_in");
  find("give-up").hidden = !stands || !ahead || !(isStaff || isOwn || owns);
  find("cancel").hidden = true;
  find("cancel-words").hidden = !isStaff || isOwn;
  const counts = reservation.status === "confirmed" && (isOwn || !isStaff);
  const late = new Date(reservation.cancel_by) < new Date();
  // Nothing is free of charge any more where a late change kept a fee.
  const said = reservation.cancel_by !== reservation.starts_at && (late || !reservation.kept_fee);
  const notice = said ? word(late ? "cancel-late" : "cancel-free") : "";
  if (account.byLink) for (const action of ["check-in", "check-out", "confirm", "calendar"]) find(action).hidden = true;
  find("cancel-notice").textContent = counts && notice ? `${notice} ${moment(reservation.cancel_by, venue.time_zone)}.` : "";
}

// Shows all of it.
export function show(shown) {
  const { reservation, venue } = shown;
  const state = [word(`state-${reservation.status}`), reservation.cancelled_late && word("was-late")];
  document.title = `${reservation.title} · Prostor`;
  document.querySelector("h1").textContent = reservation.title;
  find("status").textContent = word(`status-${reservation.status}`);
  find("status").className = reservation.status;
  find("state").textContent = state.filter(Boolean).join(" ");
  find("when").querySelector("time").textContent = span(reservation, venue.time_zone);
  find("when").querySelector("small").textContent = zoneName(reservation, venue.time_zone);
  find("access").hidden = !reservation.access_instructions;
  find("access").querySelector("p").textContent = reservation.access_instructions ?? "";
  facts(shown);
  requestedChange(shown);
  actions(shown);
  find("reservation").hidden = false;
}
