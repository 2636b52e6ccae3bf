"""Seeds a fresh server for scripts/load, through the public API alone, and prints the targets as a Lua table:
members' tokens, spaces open round the clock, a week with ordinary bookings, and the instant from which all is free.
"""

import email
import email.policy
import json
import os
import pathlib
import re
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta, timezone

URL = os.environ["LOAD_URL"] + "/api/v1"
PASSWORD = os.environ["LOAD_PASSWORD"]
MAILBOX = pathlib.Path(os.environ["PROSTOR_MAIL_URL"].removeprefix("file:"))
MEMBERS = int(os.environ["LOAD_MEMBERS"])
SPACES = 64
BOOKINGS_A_WEEK = 42  # six a day in every space


def call(method, path, body=None, token=None, **headers):
    """One request; returns (body, headers). Waits where the server says Retry-After, fails on any other refusal."""
    data = None if body is None else json.dumps(body).encode()
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    headers["Content-Type"] = "application/json"
    if token:
        headers["Authorization"] = f"Bearer {token}"
    while True:
        try:
            request = urllib.request.Request(URL + path, data, headers, method=method)
            with urllib.request.urlopen(request, timeout=30) as answer:
                text = answer.read()
                return (json.loads(text) if text else None), answer.headers
        except urllib.error.HTTPError as refusal:
            if refusal.code not in (429, 503) or "Retry-After" not in refusal.headers:
                raise SystemExit(f"seed: {method} {path}: {refusal.code} {refusal.read().decode()}")
            time.sleep(int(refusal.headers["Retry-After"]))


def letters():
    """The mailbox as {address: text}, the newest letter of each address last."""
    found = {}
    for path in sorted(MAILBOX.rglob("*.eml"), key=lambda path: path.stat().st_mtime):
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        text = letter.get_body(preferencelist=("plain", "html"))
        for address in letter["To"].addresses if letter["To"] else ():
            found[address.addr_spec] = text.get_content() if text else ""
    return found


def members():
    """Registers the members, reads the links they were sent, and returns their access tokens."""
    addresses = [f"member{n}@example.org" for n in range(MEMBERS)]
    for n, address in enumerate(addresses):
        call("POST", "/auth/register", {"email": address, "name": f"Member {n}", "password": PASSWORD, "locale": "en"})
    deadline = time.monotonic() + 60
    links = {}
    while len(links) < MEMBERS:
        if time.monotonic() > deadline:
            raise SystemExit(f"seed: {MEMBERS - len(links)} of {MEMBERS} sign-in mails did not arrive in {MAILBOX}")
        time.sleep(0.2)
        for address, text in letters().items():
            if address in addresses and (link := re.search(r"#token=([\w.~%-]+)", text)):
                links[address] = link[1]
    return [
        call("POST", "/auth/link/redeem", {"token": links[address], "password": PASSWORD})[0]["access_token"]
        for address in addresses
    ]


def spaces(admin):
    """A venue open day and night, with rooms; returns the rooms' ids."""
    network, _ = call(
        "POST", "/networks", {"name": "Load", "slug": "load", "country": "SI", "time_zone": "Europe/Ljubljana"}, admin
    )
    venue, _ = call("POST", "/venues", {
        "network_id": network["id"], "name": "Load", "slug": "load", "time_zone": "Europe/Ljubljana",
        "address": {"street": "Glavni trg 1", "postcode": "4000", "city": "Kranj", "municipality": "Kranj"},
        "contact_email": "venue@example.org",
    }, admin)
    hours = f"/venues/{venue['id']}/opening-hours"
    _, current = call("GET", hours, token=admin)
    call("PUT", hours, {
        "weekly": [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "opens": "00:00", "closes": "24:00"}],
        "seasons": [], "holidays": "open", "exceptions": [],
    }, admin, If_Match=current["ETag"])
    return [
        call("POST", f"/venues/{venue['id']}/spaces", {
            "name": f"Room {n}", "kind": "meeting_room", "capacity": 10, "allocation": "whole",
            "units": [{"label": f"Room {n}"}],
        }, admin)[0]["id"]
        for n in range(SPACES)
    ]


def main():
    admin = call("POST", "/auth/login", {"email": "load@example.org", "password": PASSWORD})[0]["access_token"]
    rooms = spaces(admin)
    tokens = members()
    midnight = datetime.now(timezone.utc).replace(hour=0, minute=0, second=0, microsecond=0)
    week = midnight + timedelta(days=2)
    for room in rooms:
        for n in range(BOOKINGS_A_WEEK):
            start = week + timedelta(days=n // 6, hours=8 + 2 * (n % 6))
            call("POST", "/reservations", {
                "space_id": room, "starts_at": start.isoformat(), "ends_at": (start + timedelta(hours=1)).isoformat(),
                "title": "Ordinary", "purpose": "meeting", "attendees": 4,
            }, tokens[n % MEMBERS])

    def quoted(items):
        return ", ".join(json.dumps(item) for item in items)

    print(
        f"return {{ tokens = {{ {quoted(tokens)} }},\n  spaces = {{ {quoted(rooms)} }},\n"
        f"  week_from = {json.dumps(str(week.date()))}, week_to = {json.dumps(str((week + timedelta(days=7)).date()))},\n"
        f"  first_start = {int((midnight + timedelta(days=14)).timestamp())} }}"
    )


main()
