// Telling how many people came, by the link of a mail. Its token stands behind the # of the address.

import { call } from "./api.js";
import { complain, find, onSubmit, tell, word } from "./dom.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");

onSubmit(find("count"), async ({ count }) => {
  try {
    await call("POST", "/headcount", { body: { token, count: Number(count) } });
  } catch (refusal) {
    if (refusal.problem?.code !== "credentials_refused") throw refusal;
    return complain(refusal, word("link-refused"));
  }
  find("count").hidden = true;
  tell(word("done"));
  find("result").focus();
});

if (token) find("count").hidden = false;
else complain({ problem: {} }, word("link-refused"));
