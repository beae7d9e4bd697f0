// The JavaScript Graph client in plain node. It brings no sign-in of its own, only a place for
// whatever gives it tokens; the walk is the one of walk.py.
"use strict";

const assert = require("node:assert");
const { execFileSync } = require("node:child_process");
const { Client, GraphError, PageIterator } = require("@microsoft/microsoft-graph-client");

const { SANDBOX_URL, SANDBOX_CLIENT_ID, SANDBOX_CLIENT_SECRET, SANDBOX_PERSON } = process.env;
const AUTHORITY = `${SANDBOX_URL}/common/oauth2/v2.0`;
const REDIRECT = "https://localhost:5000/callback";
const SCOPE = "openid offline_access User.Read Calendars.ReadWrite";
const WINDOW = { startDateTime: "2031-05-05T00:00:00Z", endDateTime: "2031-05-12T00:00:00Z" };
const [BEFORE, AFTER] = ["Consultation", "Consultation, moved upstairs"];

async function signIn() {
  const asked = { client_id: SANDBOX_CLIENT_ID, response_type: "code", redirect_uri: REDIRECT };
  const url = `${AUTHORITY}/authorize?${new URLSearchParams({ ...asked, scope: SCOPE })}`;
  const [python, ...words] = JSON.parse(SANDBOX_PERSON);
  const back = new URL(execFileSync(python, [...words, url], { encoding: "utf8" }).trim());
  const code = back.searchParams.get("code");
  const first = await tokens({ grant_type: "authorization_code", code, redirect_uri: REDIRECT });
  const { refresh_token } = first;
  return (await tokens({ grant_type: "refresh_token", refresh_token, scope: SCOPE })).access_token;
}

async function tokens(fields) {
  const secret = { client_id: SANDBOX_CLIENT_ID, client_secret: SANDBOX_CLIENT_SECRET };
  const body = new URLSearchParams({ ...secret, ...fields });
  const answer = await fetch(`${AUTHORITY}/token`, { method: "POST", body });
  const told = await answer.json();
  assert.ok(answer.ok, told.error_description);
  return told;
}

async function read(client, id) {
  try {
    return (await client.api(`/me/events/${id}`).get()).subject;
  } catch (refused) {
    if (refused instanceof GraphError && refused.statusCode === 404) return null;
    throw refused;
  }
}

async function delta(client, link) {
  const headers = { Prefer: "odata.maxpagesize=2" };
  const first = link ? client.api(link) : client.api("/me/calendarView/delta").query(WINDOW);
  const found = {};
  const note = (event) => {
    found[event.id] = "@removed" in event ? null : event.subject;
    return true;
  };
  const pages = new PageIterator(client, await first.headers(headers).get(), note, { headers });
  await pages.iterate();
  return [found, pages.getDeltaLink()];
}

async function walk() {
  const token = await signIn();
  const client = Client.init({
    authProvider: (done) => done(null, token),
    baseUrl: `${SANDBOX_URL}/`,
    customHosts: new Set([new URL(SANDBOX_URL).hostname]),
  });
  assert.equal((await client.api("/me").get()).userPrincipalName, "anna@contoso.test");
  console.log("sign-in");

  const at = (dateTime) => ({ dateTime, timeZone: "UTC" });
  const event = { subject: BEFORE, start: at("2031-05-06T09:00:00"), end: at("2031-05-06T10:30:00") };
  const { id } = await client.api("/me/events").post(event);
  assert.equal(await read(client, id), BEFORE);
  console.log("create");

  await client.api(`/me/events/${id}`).patch({ subject: AFTER });
  assert.equal(await read(client, id), AFTER);
  console.log("change");

  let [found, link] = await delta(client, "");
  assert.deepEqual(found, { [id]: AFTER });
  [found, link] = await delta(client, link);
  assert.deepEqual(found, {});
  console.log("delta");

  await client.api(`/me/events/${id}`).delete();
  assert.equal(await read(client, id), null);
  [found] = await delta(client, link);
  assert.deepEqual(found, { [id]: null });
  console.log("delete");
}

walk().catch((wrong) => {
  console.error(wrong);
  console.error(`${wrong.name}: ${wrong.message}`.split("\n")[0]);
  process.exitCode = 1;
});
