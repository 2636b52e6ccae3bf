// A reservation, for whoever organises it and for the venue's staff: shown, confirmed where it is only held, put into a
// calendar, cancelled, approved or declined. Nothing happens before a button is pressed; what may happen is the service's to say.
// Who comes by the link of a mail sees it without signing in, and can cancel it; the link's token stands behind the #.

import { Refusal, call, isSignedIn, newKey } from "./api.js";
import { alternatives, complain, element, find, onSubmit, showWho, tell, word } from "./dom.js";
import { offer } from "./signing_in.js";
import { span } from "./times.js";
import { show } from "./reservation_view.js";

const path = location.pathname.replace(/\/$/, "");
const heading = document.querySelector("h1");
let token = new URLSearchParams(location.hash.slice(1)).get("token");

// What is shown: the reservation, its space and venue, and who looks at it.
let shown = null;
// Of the action begun last: repeated, it is not done twice.
let attempt = { what: null, key: null };

const nameOf = async (space) => (space === shown.space?.id ? shown.space : await call("GET", `/spaces/${space}`)).name;
const describe = async (one) => `${await nameOf(one.space_id)}, ${span(one, shown.venue.time_zone)}`;

function draw(reservation) {
  shown = { ...shown, reservation };
  show(shown);
}

// As it is now, by the link or for who is signed in.
const current = () => (token ? call("POST", "/manage", { body: { token } }) : call("GET", path));

async function load() {
  tell(word("loading"));
  let account = token ? null : await showWho();
  let reservation;
  try {
    reservation = await current();
  } catch (refusal) {
    if (token) return linkRefused(refusal);
    complain(refusal);
    if (refusal.problem?.status === 404) find("result").append(element("p", `${word("who-else")} ${account.email}`));
    return;
  }
  account ??= { id: reservation.organiser.id, byLink: true, staff_of: [], decides_for: [], organisations: [] };
  find("by-link").hidden = !account.byLink;
  const [space, venue] = await Promise.all([
    call("GET", `/spaces/${reservation.space_id}`), call("GET", `/venues/${reservation.venue_id}`),
  ]);
  shown = { account, space, venue };
  draw(reservation);
  tell();
}

// Loads it, or offers to sign in where nobody is signed in (any more).
async function begin() {
  try {
    await load();
  } catch (refusal) {
    complain(refusal instanceof Refusal ? refusal : { problem: {} });
    if (!(refusal instanceof Refusal)) throw refusal;
    if (!token && !isSignedIn()) askWho(word("signed-out"));
  }
}

// A link that is over: who signs in sees it all the same.
function linkRefused(refusal) {
  if (refusal.problem?.code !== "credentials_refused") throw refusal;
  const entering = enterOtherwise();
  if (!entering) complain(refusal, word("link-refused"));
  return entering;
}

// From the link to signing in, or to the session that there is.
function enterOtherwise() {
  token = null;
  history.replaceState(null, "", path);
  if (isSignedIn()) return begin();
  askWho();
  return null;
}

function askWho(why) {
  find("reservation").hidden = true;
  find("by-link").hidden = true;
  find("who").hidden = true;
  offer(path, async () => {
    await begin();
    heading.focus();
  });
  if (why) tell(why);
}

// Does something to it. What somebody else did meanwhile is shown before it is tried again.
async function act(action, fields, done) {
  const body = fields.message?.trim() ? { message: fields.message.trim() } : {};
  const what = JSON.stringify([action, body, shown.reservation.version]);
  if (attempt.what !== what) attempt = { what, key: newKey() };
  const version = shown.reservation.version;
  try {
    draw(token
      ? await call("POST", `/manage/${action}`, { body: { token }, version, key: attempt.key })
      : await call("POST", `${path}/${action}`, { body, version, key: attempt.key }));
  } catch (refusal) {
    return refused(refusal);
  }
  for (const form of ["cancel", "decide"]) find(form).reset();
  tell(word(typeof done === "function" ? done(shown.reservation) : done));
  find("result").focus();
}

async function refused(refusal) {
  if (!(refusal instanceof Refusal)) throw refusal;
  if (!token && !isSignedIn()) return askWho(word("signed-out"));
  if (["precondition_failed", "state_conflict", "hold_expired"].includes(refusal.problem.code)) {
    draw(await current());
    refusal.problem.detail ??= word("changed-meanwhile");
  }
  complain(refusal);
  await alternatives(refusal, describe);
}

function ask(open) {
  find("cancel").hidden = !open;
  find("give-up").hidden = open;
  tell();
  if (open) return find("cancel").querySelector("h2").focus();
  find("give-up").focus();
}

find("check-in").addEventListener("click", () => act("check-in", {}, "checked-in"));
find("check-out").addEventListener("click", () => act("check-out", {}, "checked-out"));
find("give-up").addEventListener("click", () => ask(true));
find("keep").addEventListener("click", () => ask(false));
onSubmit(find("cancel"), (fields) => act("cancel", fields, shown.reservation.status === "held" ? "let-go" : "cancelled"));
find("confirm").addEventListener("click", () =>
  act("confirm", {}, ({ status }) => (status === "pending" ? "requested" : "confirmed")));
onSubmit(find("decide"), (fields, button) => {
  const decided = button?.value === "decline" ? "decline" : "approve";
  const done = `${decided}d`;
  return act(decided, fields, shown.reservation.change ? `change-${done}` : done);
});

find("calendar").addEventListener("click", async () => {
  tell();
  try {
    const file = new Blob([await call("GET", `${path}/calendar.ics`)], { type: "text/calendar" });
    const link = element("a");
    link.href = URL.createObjectURL(file);
    link.download = "prostor.ics";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  } catch (refusal) {
    await refused(refusal);
  }
});

find("by-link").querySelector("button").addEventListener("click", enterOtherwise);

if (token || isSignedIn()) begin(); else askWho();
