// Taking a change of address back by the link that the old address got. Its token stands behind the # of the address, so
// that no server's log holds it.

import { call } from "./api.js";
import { complain, find, onSubmit, tell, word } from "./dom.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");

onSubmit(find("restore"), async () => {
  try {
    await call("POST", "/auth/email/restore", { body: { token } });
  } catch (refusal) {
    if (refusal.problem?.code !== "credentials_refused") throw refusal;
    return complain(refusal, word("link-refused"));
  }
  find("restore").hidden = true;
  history.replaceState(null, "", location.pathname);
  tell(word("done"));
  find("result").focus();
});

if (token) find("restore").hidden = false;
else complain({ problem: {} }, word("link-refused"));
