// Confirming a new address by the link of a mail: as who asked for it, with the session of the tab or a new one. The
// token stands behind the # of the address, so that no server's log holds it.

import { call, isSignedIn } from "./api.js";
import { complain, find, onSubmit, showWho, tell, word } from "./dom.js";
import { offer } from "./signing_in.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");
let account = null;

async function signedIn() {
  account = await showWho();
  find("confirm").hidden = false;
}

onSubmit(find("confirm"), async () => {
  try {
    await call("POST", "/auth/email/confirm", { body: { token } });
  } catch (refusal) {
    if (refusal.problem?.code !== "credentials_refused") throw refusal;
    return complain(refusal, `${word("link-refused")} ${word("who")} ${account.email}.`);
  }
  find("confirm").hidden = true;
  history.replaceState(null, "", location.pathname);
  tell(word("done"));
  find("result").focus();
});

// A link of the mail that signs in opens a tab of its own, without this token: the code does not.
const offerAgain = () => offer(null, signedIn);

if (!token) complain({ problem: {} }, word("link-refused"));
else if (isSignedIn()) signedIn().catch(offerAgain);
else offerAgain();
