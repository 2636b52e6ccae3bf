// Accepting an invitation: a code proves whose the address is, then the link's token is redeemed. It stands
// behind the # of the address, so that no server's log holds it, and leaves the address once it was used.

import { call } from "./api.js";
import { complain, find, onSubmit, showWho, signInFully, tell, word } from "./dom.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");
let asked = null;
let called = "";

onSubmit(find("ask"), async ({ email, name }) => {
  await (name ? call("POST", "/auth/register", { body: { email, name } }) : call("POST", "/auth/link", { body: { email } }));
  asked = email;
  called = name;
  find("accept").hidden = false;
  find("code-field").hidden = false;
  find("code").disabled = false;
  tell(word("mail-sent"));
  find("code").focus();
});

// A code is good once: who is signed in need not give another.
async function proveAddress(code) {
  if (find("code").disabled) return;
  try {
    // Counts where the address is proved by it: somebody else may have registered it before.
    await signInFully("/auth/link/redeem", { email: asked, code, ...(called && { name: called }) });
  } catch (refusal) {
    if (refusal.problem?.code === "credentials_refused") refusal.problem = { title: word("code-refused") };
    throw refusal;
  }
  find("code-field").hidden = true;
  find("code").disabled = true;
  await showWho();
}

onSubmit(find("accept"), async ({ code }) => {
  await proveAddress(code);
  try {
    await call("POST", "/invitations/redeem", { body: { token } });
  } catch (refusal) {
    if (refusal.problem?.code !== "not_found") throw refusal;
    return complain(refusal, word("invitation-refused"));
  }
  find("ask").hidden = true;
  find("accept").hidden = true;
  history.replaceState(null, "", location.pathname);
  tell(word("invitation-accepted"));
  find("result").focus();
});

find("ask").hidden = false;
