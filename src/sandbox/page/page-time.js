// Times as the partnership reads them: its zone, British words, and sums on the wall clock.

const LOCALE = "en-GB";

/** Pieces of a date and time, put together below as the clock at the top of the page reads. */
const PIECES = {
  weekday: { weekday: "long" },
  day: { day: "numeric", month: "long", year: "numeric" },
  shortDay: { day: "2-digit", month: "2-digit", year: "numeric" },
  time: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
  seconds: { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" },
};

/** The styles of Discord's `<t:seconds:style>`; `R` is relative and told apart below. */
const STYLES = {
  t: ({ time }) => time,
  T: ({ seconds }) => seconds,
  d: ({ shortDay }) => shortDay,
  D: ({ day }) => day,
  f: ({ day, time }) => `${day}, ${time}`,
  F: ({ weekday, day, time }) => `${weekday} ${day}, ${time}`,
};

/** Seconds in a unit, largest first. */
const UNITS = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** The words of a Discord timestamp in `zone`; `now` is what the partnership's clock says. */
export function timestampWords(date, style, zone, now) {
  if (style === "R") return relativeWords(date, now);
  const pieces = Object.entries(PIECES).map(([name, format]) => [
    name,
    new Intl.DateTimeFormat(LOCALE, { ...format, timeZone: zone }).format(date),
  ]);
  return (STYLES[style] ?? STYLES.f)(Object.fromEntries(pieces));
}

function relativeWords(date, now) {
  const seconds = Math.round((date - now) / 1000);
  const words = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
  for (const [unit, length] of UNITS) {
    if (Math.abs(seconds) >= length) return words.format(Math.trunc(seconds / length), unit);
  }
  return words.format(seconds, "second");
}

/** What the wall clock in `zone` shows at an instant, as `2020-10-26T09:00`. */
export function wallClock(instant, zone) {
  const parts = new Intl.DateTimeFormat(LOCALE, {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(new Date(instant));
  const { year, month, day, hour, minute } = Object.fromEntries(
    parts.map(({ type, value }) => [type, value]),
  );
  return `${year}-${month}-${day}T${hour}:${minute}`;
}

/** The same time of day some days later, whatever the clocks do in between. */
export function daysLater(wall, days) {
  const date = new Date(`${wall}Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 16);
}
