// What the pages share: their words, their forms, and how results and refusals are told.

import { Refusal, call, isSignedIn, signIn, signOut } from "./api.js";

export const find = (id) => document.getElementById(id);

const result = find("result");
const texts = find("words").content.querySelectorAll("[data-word]");
const words = Object.fromEntries(Array.from(texts, (text) => [text.dataset.word, text.textContent]));

// A text of the page's own, in its language.
export const word = (name) => words[name];

export function element(name, ...content) {
  const made = document.createElement(name);
  made.append(...content);
  return made;
}

// Shows what came of something, read aloud at once. Nothing at all clears it.
export function tell(...content) {
  result.className = "";
  result.replaceChildren(...content);
}

// The same of a refusal: its title, what it says of it, and what could be had instead.
export function complain({ problem }, instead) {
  const title = instead ?? (problem.code === "offline" ? word("offline") : problem.title) ?? word("failed");
  tell(element("p", element("strong", title)));
  result.className = "refused";
  if (problem.detail && !instead) result.append(element("p", problem.detail));
  const reasons = [...(problem.errors ?? []), ...(problem.reasons ?? [])];
  if (reasons.length) result.append(element("ul", ...reasons.map((reason) => element("li", reason.message))));
  for (const { pointer } of problem.errors ?? []) {
    const field = document.querySelector(`form:not([hidden]) [name="${CSS.escape(pointer.slice(1))}"]`);
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", "result");
  }
  result.focus();
}

// Adds the alternatives of a refusal, each written by `describe`.
export async function alternatives({ problem }, describe) {
  if (!problem.alternatives?.length) return;
  const items = await Promise.all(problem.alternatives.map(async (one) => element("li", await describe(one))));
  result.append(element("p", word("alternatives")), element("ul", ...items));
}

// Calls `act` with the fields and the button pressed when a form is sent; not again while that runs.
export function onSubmit(form, act) {
  let running = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (running) return;
    running = true;
    tell();
    for (const field of form.elements) {
      field.removeAttribute("aria-invalid");
      if (field.localName === "button") field.setAttribute("aria-disabled", "true");
    }
    try {
      await act(Object.fromEntries(new FormData(form)), event.submitter);
    } catch (refusal) {
      complain(refusal instanceof Refusal ? refusal : { problem: {} });
      if (!(refusal instanceof Refusal)) throw refusal;
    } finally {
      running = false;
      for (const field of form.elements) field.removeAttribute("aria-disabled");
    }
  });
}

// What is to be done with a code of the authenticator.
let secondStep = null;

onSubmit(find("second-factor"), (fields) => secondStep(fields));

// Signs in with what `path` takes; where the account has a second factor, asks for its code on the page before.
export async function signInFully(path, body) {
  try {
    await signIn(path, body);
  } catch (refusal) {
    if (refusal.problem?.code !== "second_factor_required") throw refusal;
    await goOn(refusal.problem.challenge);
  }
}

function goOn(challenge) {
  const form = find("second-factor");
  form.hidden = false;
  find("second-code").focus();
  return new Promise((resolve) => {
    secondStep = async ({ code }) => {
      try {
        await signIn("/auth/second-factor/verify", { challenge, code });
      } catch (refusal) {
        if (refusal.problem?.code === "credentials_refused") refusal.problem = { title: word("second-code-refused") };
        throw refusal;
      }
      form.hidden = true;
      form.reset();
      resolve();
    };
  });
}

// Names at the top who is signed in; returns their account, `null` where nobody is.
export async function showWho() {
  if (!isSignedIn()) return null;
  const account = await call("GET", "/me");
  find("who").hidden = false;
  find("who").querySelector("span").textContent = account.name || account.email;
  return account;
}

// Nothing of theirs stays on the page.
find("who").querySelector("button").addEventListener("click", async () => {
  await signOut();
  location.replace(location.pathname);
});
