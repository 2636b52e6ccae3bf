// Signing in on any page: an address, then the code or the link that was mailed to it; or a password. And where
// to go on: the link in the mail opens a tab of its own, which has to know.

import { call, recall, remember } from "./api.js";
import { find, onSubmit, signInFully, tell, word } from "./dom.js";

const NEXT = "prostor.next";
// As long as a link is good, milliseconds.
const REMEMBERED = 10 * 60_000;

// The page of ours that a path names, `null` where it leads elsewhere. What browsers make of a path counts
// (`/\host`, `/.//host`), so the whole address is what to go to.
export function ours(path) {
  if (!/^\/(?![/\\])/.test(path ?? "")) return null;
  const address = new URL(path, location.origin);
  return address.origin === location.origin && !address.pathname.startsWith("//") ? address.href : null;
}

// Where whoever asked for a link came from, once.
export function askedFrom() {
  const asked = recall("localStorage", NEXT);
  remember("localStorage", NEXT, null);
  return asked?.until > Date.now() ? ours(asked.path) : null;
}

// The address that a code was sent to, and what to do once somebody is signed in.
let asked = null;
let goal = null;

// Shows the forms, and calls `done` once somebody is signed in; a link takes them to `next`.
export function offer(next, done) {
  find("sign-in").hidden = false;
  if (!goal) listen();
  goal = { next, done };
}

function listen() {
  onSubmit(find("ask"), async ({ email }) => {
    await call("POST", "/auth/link", { body: { email } });
    asked = email;
    if (goal.next) remember("localStorage", NEXT, { path: goal.next, until: Date.now() + REMEMBERED });
    find("enter").hidden = false;
    find("ask").querySelector("button").className = "second";
    tell(word("mail-sent"));
    find("code").focus();
  });
  onSubmit(find("enter"), ({ code }) => enter("/auth/link/redeem", { email: asked, code }, "code-refused"));
  onSubmit(find("log-in"), (fields) => enter("/auth/login", fields, "password-refused"));
}

async function enter(path, body, refused) {
  try {
    await signInFully(path, body);
  } catch (refusal) {
    if (refusal.problem?.code === "credentials_refused") refusal.problem = { title: word(refused) };
    throw refusal;
  }
  find("sign-in").hidden = true;
  find("enter").hidden = true;
  for (const name of ["ask", "enter", "log-in"]) find(name).reset();
  await goal.done();
}
