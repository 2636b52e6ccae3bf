// Signing in by the link of a mail, or anew. The token stands behind the # of the address, so that no server's
// log holds it; it leaves the address once it was used. Goes on to `?next=`, a path of ours.

import { isSignedIn } from "./api.js";
import { complain, find, onSubmit, showWho, signInFully, tell, word } from "./dom.js";
import { askedFrom, offer, ours } from "./signing_in.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");
const asked = new URLSearchParams(location.search);
const next = asked.get("next");

async function done() {
  const onwards = ours(next) ?? askedFrom();
  if (onwards) return location.replace(onwards);
  history.replaceState(null, "", location.pathname);
  await showWho();
  tell(word("signed-in"));
  find("result").focus();
}

const offerAgain = () => offer(ours(next) && next, done);

onSubmit(find("redeem"), async ({ name, password }) => {
  const given = Object.entries({ name: name.trim(), password }).filter(([, text]) => text);
  try {
    await signInFully("/auth/link/redeem", { token, ...Object.fromEntries(given) });
  } catch (refusal) {
    if (refusal.problem?.code !== "credentials_refused") throw refusal;
    find("redeem").hidden = true;
    offerAgain();
    complain(refusal, word("link-refused"));
    return;
  }
  find("redeem").hidden = true;
  await done();
});

// The link that proves an address, where one says what one is called.
find("naming").hidden = !asked.has("verify");
if (token) find("redeem").hidden = false;
else if (isSignedIn()) done().catch(offerAgain);
else offerAgain();
