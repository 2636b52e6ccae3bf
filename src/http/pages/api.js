// The public API, and the session: its tokens live in this tab alone (sessionStorage), and go with it.

const KEPT = "prostor.session";
// Before its end by so many milliseconds an access token is renewed.
const MARGIN = 30_000;

// What a browser keeps for us. One that keeps nothing is no reason not to go on: the page remembers while it is open.
export function recall(storage, name) {
  try {
    return JSON.parse(window[storage].getItem(name));
  } catch {
    return null;
  }
}

export function remember(storage, name, value) {
  try {
    if (value === null) window[storage].removeItem(name);
    else window[storage].setItem(name, JSON.stringify(value));
  } catch {
    // As said.
  }
}

let session = recall("sessionStorage", KEPT);

// What the service (or the way to it) refuses; `problem` as in RFC 9457.
export class Refusal extends Error {
  constructor(problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export const isSignedIn = () => session !== null;

export function keep({ access_token, refresh_token, expires_in }) {
  session = { access: access_token, refresh: refresh_token, until: Date.now() + expires_in * 1000 };
  remember("sessionStorage", KEPT, session);
}

function forget() {
  session = null;
  remember("sessionStorage", KEPT, null);
}

async function request(method, path, { body, version, key } = {}) {
  const headers = { "Accept-Language": document.documentElement.lang };
  if (body) headers["Content-Type"] = "application/json";
  if (version) headers["If-Match"] = `"${version}"`;
  if (key) headers["Idempotency-Key"] = key;
  if (session) headers.Authorization = `Bearer ${session.access}`;
  let response, text;
  try {
    response = await fetch(`/api/v1${path}`, { method, headers, body: body && JSON.stringify(body) });
    text = await response.text();
  } catch {
    throw new Refusal({ code: "offline" });
  }
  const isJson = response.headers.get("Content-Type")?.includes("json");
  const answer = isJson ? JSON.parse(text) : text;
  if (!response.ok) throw new Refusal({ status: response.status, ...(isJson && answer) });
  return answer;
}

// A refresh token is good once, so all who wait for a new one wait for the same.
let renewal = null;

function renew() {
  const body = { refresh_token: session.refresh };
  renewal ??= request("POST", "/auth/refresh", { body }).then(keep, (refusal) => {
    if (refusal.problem.status !== 401) throw refusal;
    forget();
    throw new Refusal({ status: 401, code: "signed_out" });
  }).finally(() => { renewal = null; });
  return renewal;
}

// One request of whoever is signed in: the answer, JSON or text. Throws a `Refusal`.
export async function call(method, path, options) {
  if (session && session.until - Date.now() < MARGIN) await renew();
  try {
    return await request(method, path, options);
  } catch (refusal) {
    if (refusal.problem?.code !== "unauthenticated" || !session) throw refusal;
    await renew();
    return request(method, path, options);
  }
}

// Signs in with what `path` takes, and stays signed in.
export async function signIn(path, body) {
  forget();
  keep(await request("POST", path, { body }));
}

// Ends the session here, and on the service if it can be reached.
export async function signOut() {
  const body = { refresh_token: session.refresh };
  forget();
  await request("POST", "/auth/logout", { body }).catch(() => {});
}

// A key under which a request can be repeated without being done twice.
export function newKey() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (octet) => octet.toString(16).padStart(2, "0")).join("");
}
