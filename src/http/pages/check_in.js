// Checking in by the link of a mail. Its token stands behind the # of the address, so that no server's log holds it.

import { call } from "./api.js";
import { complain, find, onSubmit, tell, word } from "./dom.js";
import { moment } from "./times.js";

const token = new URLSearchParams(location.hash.slice(1)).get("token");

onSubmit(find("arrive"), async ({ headcount }) => {
  const body = headcount ? { token, headcount: Number(headcount) } : { token };
  let arrival;
  try {
    arrival = await call("POST", "/check-in", { body });
  } catch (refusal) {
    if (refusal.problem?.code !== "credentials_refused") throw refusal;
    return complain(refusal, word("link-refused"));
  }
  find("arrive").hidden = true;
  tell(`${word("done")} ${arrival.space}. ${word("until")} ${moment(arrival.ends_at, arrival.time_zone)}.`);
  find("result").focus();
});

if (token) find("arrive").hidden = false;
else complain({ problem: {} }, word("link-refused"));
