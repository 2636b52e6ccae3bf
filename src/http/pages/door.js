// The door of a space: whoever stands before it checks in, by the code of the mail or signed in. The QR code at the
// door leads here; nothing happens before a button is pressed.

import { call, isSignedIn } from "./api.js";
import { complain, find, onSubmit, showWho, tell, word } from "./dom.js";
import { moment } from "./times.js";
import { offer } from "./signing_in.js";

const path = location.pathname.replace(/\/$/, "");
const space = path.split("/").pop();

async function arrive(body, refused) {
  let arrival;
  try {
    arrival = await call("POST", `/spaces/${space}/check-in`, { body });
  } catch (refusal) {
    const instead = refused[refusal.problem?.code];
    if (!instead) throw refusal;
    return complain(refusal, instead);
  }
  find("with-code").hidden = true;
  find("own").hidden = true;
  find("sign-in").hidden = true;
  tell(`${word("done")} ${arrival.space}. ${word("until")} ${moment(arrival.ends_at, arrival.time_zone)}.`);
  find("result").focus();
}

const wrong = { credentials_refused: word("code-refused"), rate_limited: word("door-too-often") };
onSubmit(find("with-code"), ({ code }) => arrive({ code }, wrong));
onSubmit(find("own"), () => arrive({}, { not_found: word("door-nothing") }));

async function known() {
  await showWho();
  find("own").hidden = false;
}

async function begin() {
  try {
    const { name } = await call("GET", `/spaces/${space}`);
    find("place").textContent = name;
    if (isSignedIn()) await known();
  } catch (refusal) {
    complain(refusal.problem ? refusal : { problem: {} });
  }
  if (!isSignedIn()) offer(path, known);
}

begin();
