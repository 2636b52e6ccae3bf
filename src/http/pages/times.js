// Times as the venue's clocks show them, in the page's language.

const inSlovenian = document.documentElement.lang === "sl";
const language = inSlovenian ? "sl-SI" : "en-GB";

const format = (zone, options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
const date = (at, zone) => format(zone, { dateStyle: "full" }).format(at);

// As in the mails: `8.45` in Slovenian, `08:45` in English.
function time(at, zone) {
  const written = format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
  return inSlovenian ? written.replace(/^0/, "").replace(":", ".") : written;
}

// A point in time: `torek, 10. marec 2026, 10.00`.
export function moment(at, zone) {
  const instant = new Date(at);
  return `${date(instant, zone)}, ${time(instant, zone)}`;
}

// From one point in time to another; the date once where it is the same.
export function span({ starts_at, ends_at }, zone) {
  const [start, end] = [new Date(starts_at), new Date(ends_at)];
  const sameDay = date(start, zone) === date(end, zone);
  // The joiner keeps the hours on one line.
  return sameDay ? `${moment(start, zone)}\u2060–\u2060${time(end, zone)}` : `${moment(start, zone)} – ${moment(end, zone)}`;
}

// The zone's names at both ends: they differ where the clocks are changed in between.
export function zoneName({ starts_at, ends_at }, zone) {
  const name = (at) => format(zone, { timeZoneName: "long" }).formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName").value;
  const names = new Set([name(starts_at), name(ends_at)]);
  return `${[...names].join(" / ")} (${zone})`;
}
