// Doing without a kind of mail, by the link that each of them holds. Without this script the form does the same.

import { complain, find, onSubmit, tell, word } from "./dom.js";

onSubmit(find("unsubscribe"), async (fields) => {
  let response;
  try {
    response = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(fields) });
  } catch {
    return complain({ problem: { code: "offline" } });
  }
  if (response.status === 404) return complain({ problem: {} }, word("link-refused"));
  if (!response.ok) return complain({ problem: {} });
  find("unsubscribe").hidden = true;
  tell(word("done"));
  find("result").focus();
});
