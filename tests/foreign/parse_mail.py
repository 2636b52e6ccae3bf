"""Reads mails (.eml) and calendar files (.ics) with other people's parsers and prints what they saw.

    python parse_mail.py FILE...      one JSON object per file, one per line
                                      (of a calendar of many events, NAME.feed.ics, the list of them)

Python's own email package reads the mail, the icalendar package the calendar object. Times are also
worked out from the object's own VTIMEZONE (through dateutil), never from this machine's zone data.
"""

import email
import email.policy
import io
import json
import re
import sys
from datetime import timezone

import icalendar
from dateutil import tz


def main(paths):
    for path in paths:
        with open(path, "rb") as file:
            content = file.read()
        read = feed if path.endswith(".feed.ics") else calendar if path.endswith(".ics") else mail
        seen = read(content)
        print(json.dumps(seen, ensure_ascii=False))


def mail(content):
    message = email.message_from_bytes(content, policy=email.policy.default)
    seen = {
        "subject": message["Subject"],
        "from": addresses(message["From"]),
        "to": addresses(message["To"]),
        "reply_to": addresses(message["Reply-To"]),
        "message_id": message["Message-ID"],
        "date": message["Date"].datetime.isoformat(),
        "auto_submitted": message["Auto-Submitted"],
        "language": message["Content-Language"],
        "type": message.get_content_type(),
        "headers": sorted(message.keys()),
        "defects": [repr(defect) for part in message.walk() for defect in part.defects],
        "parts": [part.get_content_type() for part in message.walk() if not part.is_multipart()],
        "seven_bit": all(byte < 128 for byte in content),
        "bare_line_ends": bare_line_ends(content),
        "longest_line": max(len(line) for line in content.split(b"\r\n")),
        "text": body(message, "text/plain"),
        "html": body(message, "text/html"),
    }
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            seen["content_type_method"] = part["Content-Type"].params.get("method")
            object_bytes = part.get_payload(decode=True)
            seen |= calendar(object_bytes)
            seen["attached_the_same"] = [
                other.get_payload(decode=True) == object_bytes
                for other in message.walk()
                if other.get_filename() == "invite.ics"
            ]
    return seen


def addresses(header):
    return [{"name": a.display_name, "email": a.addr_spec} for a in header.addresses] if header else []


def body(message, kind):
    found = (part.get_content() for part in message.walk() if part.get_content_type() == kind)
    content = next(found, None)
    return content and content.replace("\r\n", "\n")


def bare_line_ends(content):
    rest = content.replace(b"\r\n", b"")
    return rest.count(b"\r") + rest.count(b"\n")


def calendar(content):
    parsed = icalendar.Calendar.from_ical(content)
    event = parsed.walk("VEVENT")[0]
    start, end = event["DTSTART"], event["DTEND"]
    return {
        "first_property": content.decode().split("\r\n")[1],
        "method": str(parsed["METHOD"]),
        "prodid": str(parsed["PRODID"]),
        "uid": str(event["UID"]),
        "sequence": int(event["SEQUENCE"]),
        "dtstamp": event["DTSTAMP"].dt.isoformat(),
        "dtstart": start.dt.isoformat(),
        "dtend": end.dt.isoformat(),
        "dtstart_utc": utc(content, start),
        "dtend_utc": utc(content, end),
        "tzid": start.params.get("TZID"),
        "status": str(event["STATUS"]),
        "summary": str(event["SUMMARY"]),
        "location": str(event["LOCATION"]),
        "description": str(event.get("DESCRIPTION", "")),
        "url": str(event.get("URL", "")),
        "organizer": person(event["ORGANIZER"]),
        "attendees": [person(one) for one in several(event.get("ATTENDEE"))],
        "longest_octets": max(len(line) for line in content.split(b"\r\n")),
        "calendar_bare_line_ends": bare_line_ends(content),
    }


def feed(content):
    parsed = icalendar.Calendar.from_ical(content)
    return {
        "method": str(parsed["METHOD"]),
        # icalendar does not know that this is TEXT (RFC 7986, 5.1) and leaves it escaped.
        "name": re.sub(r"\\(.)", r"\1", str(parsed["NAME"])),
        "refresh_seconds": parsed["REFRESH-INTERVAL"].dt.total_seconds(),
        "zones": sorted(str(zone["TZID"]) for zone in parsed.walk("VTIMEZONE")),
        "longest_octets": max(len(line) for line in content.split(b"\r\n")),
        "calendar_bare_line_ends": bare_line_ends(content),
        "events": [
            {
                "uid": str(event["UID"]),
                "start": utc(content, event["DTSTART"]),
                "end": utc(content, event["DTEND"]),
                "last_modified": event["LAST-MODIFIED"].dt.isoformat(),
                "status": str(event["STATUS"]),
                "summary": str(event["SUMMARY"]),
                "description": str(event.get("DESCRIPTION", "")),
                "location": str(event.get("LOCATION", "")),
                "url": str(event.get("URL", "")),
                "organizer": person(event["ORGANIZER"]),
                "attendees": several(event.get("ATTENDEE")),
            }
            for event in parsed.walk("VEVENT")
        ],
        "free_busy": [
            {
                "uid": str(about["UID"]),
                "start": utc(content, about["DTSTART"]),
                "end": utc(content, about["DTEND"]),
                "organizer": person(about["ORGANIZER"]),
                "periods": [period(one) for one in several(about.get("FREEBUSY"))],
            }
            for about in parsed.walk("VFREEBUSY")
        ],
    }


def period(one):
    shown = [at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ") for at in (one.start, one.end)]
    return [one.params.get("FBTYPE"), *shown]


def person(address):
    return {
        "email": str(address).removeprefix("mailto:"),
        # icalendar leaves RFC 6868's escapes to the reader.
        "name": unescaped(address.params.get("CN")),
        "partstat": address.params.get("PARTSTAT"),
    }


def unescaped(text):
    if text is None or '"' in text:
        return text
    marks = {"^'": '"', "^n": "\n", "^^": "^"}
    out, rest = "", text
    while rest:
        mark = marks.get(rest[:2])
        out, rest = (out + mark, rest[2:]) if mark else (out + rest[0], rest[1:])
    return out


def several(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def utc(content, time):
    """The instant as the object itself defines it: by its VTIMEZONE, or written in UTC."""
    name = time.params.get("TZID")
    local = time.dt
    if name is not None:
        zone = tz.tzical(io.StringIO(content.decode().replace("\r\n ", ""))).get(name)
        local = local.replace(tzinfo=zone, fold=0)
    return local.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


if __name__ == "__main__":
    main(sys.argv[1:])
