// What mail links open: shows a form, and acts only when its button is pressed. The token stands behind
// the # of the address, so that no server's log holds it; it leaves the address once it was used.
"use strict";

const token = new URLSearchParams(location.hash.slice(1)).get("token");
const result = document.getElementById("result");
const forms = Object.fromEntries([...document.forms].map((form) => [form.id, form]));

async function post(path, body, bearer) {
  const headers = { "Content-Type": "application/json", "Accept-Language": document.documentElement.lang };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const response = await fetch(`/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  const text = await response.text();
  const answer = text ? JSON.parse(text) : {};
  if (!response.ok) throw answer;
  return answer;
}

const say = (text) => { result.textContent = text; };

// The refusal in words: of the field where one was refused, else `otherwise`, else the problem's title.
const why = (problem, otherwise) => {
  if (problem.code === "credentials_refused" || problem.code === "not_found") return otherwise;
  return problem.errors?.[0]?.message ?? problem.detail ?? problem.title ?? result.dataset.failed;
};

const show = (name, shown = true) => { if (forms[name]) forms[name].hidden = !shown; };

function onSubmit(name, act) {
  const form = forms[name];
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    say("");
    try {
      await act(form, Object.fromEntries(new FormData(form)));
    } finally {
      button.disabled = false;
    }
  });
}

function done(form) {
  for (const name of Object.keys(forms)) show(name, false);
  history.replaceState(null, "", location.pathname);
  say(form.dataset.done);
}

onSubmit("redeem", async (form, { password }) => {
  try {
    await post("/auth/link/redeem", password ? { token, password } : { token });
    done(form);
  } catch (problem) {
    say(why(problem, form.dataset.lost));
    if (problem.code === "credentials_refused") { show("redeem", false); show("ask"); }
  }
});

onSubmit("ask", async (form, { email, name }) => {
  try {
    await (name ? post("/auth/register", { email, name }) : post("/auth/link", { email }));
    say(result.dataset.sent);
    show("accept");
  } catch (problem) {
    say(why(problem, result.dataset.failed));
  }
});

onSubmit("accept", async (form, { code }) => {
  try {
    accept.access ??= (await post("/auth/link/redeem", { email: forms.ask.elements.email.value, code })).access_token;
  } catch (problem) {
    say(why(problem, form.dataset.wrong));
    return;
  }
  try {
    await post("/invitations/redeem", { token }, accept.access);
    done(form);
  } catch (problem) {
    say(why(problem, form.dataset.lost));
  }
});

// The sign-in made by a code is good once: it is kept while the page is open.
const accept = { access: null };

if (token && forms.redeem) show("redeem"); else show("ask");
