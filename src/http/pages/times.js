// Times as the venue's clocks show them, in the page's language.

const LANGUAGES = { sl: "sl-SI", en: "en-GB" };
const language = LANGUAGES[document.documentElement.lang];

const format = (zone, options) => new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
const date = (at, zone) => format(zone, { dateStyle: "full" }).format(at);
const time = (at, zone) => format(zone, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);

// A point in time: `torek, 10. marec 2026, 10:00`.
export function moment(at, zone) {
  const instant = new Date(at);
  return `${date(instant, zone)}, ${time(instant, zone)}`;
}

// From one point in time to another; the date once where it is the same.
export function span({ starts_at, ends_at }, zone) {
  const [start, end] = [new Date(starts_at), new Date(ends_at)];
  const sameDay = date(start, zone) === date(end, zone);
  return `${moment(start, zone)} – ${sameDay ? time(end, zone) : moment(end, zone)}`;
}

// The zone's names at both ends: they differ where the clocks are changed in between.
export function zoneName({ starts_at, ends_at }, zone) {
  const name = (at) => format(zone, { timeZoneName: "long" }).formatToParts(new Date(at)).find(({ type }) => type === "timeZoneName").value;
  const names = new Set([name(starts_at), name(ends_at)]);
  return `${[...names].join(" / ")} (${zone})`;
}
