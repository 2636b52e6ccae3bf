"""Reads the calendar objects of mails (.eml) with two foreign parsers and prints what each makes of them.

    python parse_calendars.py FILE...     one JSON object per mail, one per line:
                                          {NAME: {"icalendar": [EVENT...], "ical": [EVENT...]}, ...}

NAME is that of the attached file: invite.ics is the invitation, series.ics the whole series to be opened.

An EVENT is when something is: recurring ones are expanded, changed occurrences take the place of those that the rule
gives. icalendar is Plone's; its times are worked out from the object's own VTIMEZONE by dateutil, and its rules too.
ical is Home Assistant's, which expands by itself.
"""

import email
import email.policy
import io
import json
import sys
from datetime import timezone

import icalendar
from dateutil import tz
from dateutil.rrule import rrulestr
from ical.calendar_stream import IcsCalendarStream


def main(paths):
    for path in paths:
        with open(path, "rb") as file:
            message = email.message_from_binary_file(file, policy=email.policy.default)
        files = {part.get_filename(): part.get_payload(decode=True).decode() for part in message.iter_attachments()}
        seen = {name: {"icalendar": with_icalendar(text), "ical": with_ical(text)} for name, text in files.items() if name}
        print(json.dumps(seen, ensure_ascii=False))


def event(uid, start, end, sequence, status, summary):
    return {"uid": uid, "start": utc(start), "end": utc(end), "sequence": sequence, "status": status, "summary": summary}


def utc(time):
    return time.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_icalendar(text):
    zones = "VTIMEZONE" in text and tz.tzical(io.StringIO(text.replace("\r\n ", "")))

    def at(time, value=None):
        name = time.params.get("TZID")
        local = time.dt if value is None else value
        return local if name is None else local.replace(tzinfo=zones.get(name))

    def described(part, start, end):
        told = (str(part["UID"]), start, end, int(part["SEQUENCE"]), str(part["STATUS"]), str(part["SUMMARY"]))
        return event(*told)

    parts = icalendar.Calendar.from_ical(text).walk("VEVENT")
    changed = {utc(at(part["RECURRENCE-ID"])) for part in parts if "RECURRENCE-ID" in part}
    events = []
    for part in parts:
        start, end = at(part["DTSTART"]), at(part["DTEND"])
        if "RRULE" not in part:
            events.append(described(part, start, end))
            continue
        excluded = part.get("EXDATE", [])
        excluded = excluded if isinstance(excluded, list) else [excluded]
        gone = {utc(at(dates, date.dt)) for dates in excluded for date in dates.dts} | changed
        length = part["DTEND"].dt.replace(tzinfo=None) - part["DTSTART"].dt.replace(tzinfo=None)
        for each in rrulestr(part["RRULE"].to_ical().decode(), dtstart=start):
            if utc(each) not in gone:
                # As long on the clock: both ends are local times of the same rule.
                events.append(described(part, each, each + length))
    return sorted(events, key=lambda one: (one["start"], one["uid"]))


def with_ical(text):
    calendar = IcsCalendarStream.calendar_from_ics(text)
    return [
        event(one.uid, one.start, one.end, one.sequence, one.status and one.status.value, one.summary)
        for one in calendar.timeline
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
