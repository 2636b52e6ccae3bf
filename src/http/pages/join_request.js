// A request to join an organisation: its owners accept or decline it, who asked may take it back. Nothing happens before a
// button is pressed.

import { Refusal, call, isSignedIn } from "./api.js";
import { complain, element, find, onSubmit, showWho, tell, word } from "./dom.js";
import { offer } from "./signing_in.js";

const path = location.pathname.replace(/\/$/, "");

let account = null;

function fact(name, text) {
  find(name).hidden = !text;
  find(name).querySelector("dd").textContent = text;
}

function draw({ organisation, person, message, state }) {
  find("request").hidden = false;
  find("state").textContent = word(state);
  fact("organisation", organisation.name);
  fact("person", `${person.name} <${person.email}>`);
  fact("message", message);
  const asked = person.id === account.id;
  find("decide").hidden = asked || state !== "waiting";
  find("withdraw").hidden = !asked || state !== "waiting";
}

async function load() {
  tell(word("loading"));
  account = await showWho();
  try {
    draw(await call("GET", path));
    tell();
  } catch (refusal) {
    complain(refusal);
    if (refusal.problem?.status === 404) find("result").append(element("p", `${word("who-else")} ${account.email}`));
  }
}

// What somebody else answered meanwhile is shown beside the refusal.
async function act(method, action) {
  try {
    await call(method, `${path}${action}`);
  } catch (refusal) {
    if (refusal instanceof Refusal && refusal.problem.code === "state_conflict") draw(await call("GET", path));
    throw refusal;
  }
  draw(await call("GET", path));
  find("result").focus();
}

onSubmit(find("decide"), (_, button) => act("POST", button?.value === "decline" ? "/decline" : "/accept"));
onSubmit(find("withdraw"), () => act("DELETE", ""));

const askWho = () => offer(path, load);

if (isSignedIn()) load().catch(askWho);
else askWho();
