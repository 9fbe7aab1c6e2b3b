// Moments as a person in the network's zone reads them. Moments are Unix seconds.

export const ZONE = 'Europe/Moscow';
const format = (options) => new Intl.DateTimeFormat('ru-RU', { timeZone: ZONE, ...options });

const HOUR_MINUTE = format({ hour: '2-digit', minute: '2-digit' });
const DAY_MONTH = format({ day: 'numeric', month: 'long' });
const DAY_MONTH_YEAR = format({ day: 'numeric', month: 'long', year: 'numeric' });
const SHORT = format({ day: '2-digit', month: '2-digit', year: '2-digit' });
const WEEKDAY = format({ weekday: 'short' });
const PARTS = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
});

const date = (seconds) => new Date(seconds * 1000);

export const hourMinute = (seconds) => HOUR_MINUTE.format(date(seconds));

const days = new Map(); // quarter of an hour → its local day: zones differ by whole quarters

/** «2026-10-12», the local day, as a key. Asked for every message at every redrawing, so kept. */
export function dayKey(seconds) {
  const quarter = Math.floor(seconds / 900);
  if (!days.has(quarter)) days.set(quarter, localInput(seconds).slice(0, 10));
  return days.get(quarter);
}

/** «2026-10-12T09:05», what <input type=datetime-local> holds, in the zone. */
export function localInput(seconds) {
  const part = Object.fromEntries(PARTS.formatToParts(date(seconds)).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day}T${part.hour}:${part.minute}`;
}

/** The moment that the zone calls so; the zone's offset at that moment is found by one correction. */
export function fromLocalInput(text) {
  const asUtc = Date.parse(`${text}:00Z`) / 1000;
  if (Number.isNaN(asUtc)) return null;
  const seenAs = Date.parse(`${localInput(asUtc)}:00Z`) / 1000;
  return asUtc - (seenAs - asUtc);
}

/** The day's caption over its messages: «Сегодня», «12 октября», «12 октября 2025». */
export function dayCaption(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return 'Сегодня';
  if (dayKey(seconds) === dayKey(now - 86400)) return 'Вчера';
  const sameYear = dayKey(seconds).slice(0, 4) === dayKey(now).slice(0, 4);
  return sameYear ? DAY_MONTH.format(date(seconds)) : DAY_MONTH_YEAR.format(date(seconds)).replace(' г.', '');
}

/** A moment in the list of chats: the hour today, the weekday within a week, else the date. */
export function listMoment(seconds, now) {
  if (dayKey(seconds) === dayKey(now)) return hourMinute(seconds);
  return now - seconds < 6 * 86400 ? WEEKDAY.format(date(seconds)) : SHORT.format(date(seconds));
}

/** «пн, 12 октября, 09:05» */
export function fullMoment(seconds) {
  return `${WEEKDAY.format(date(seconds))}, ${DAY_MONTH.format(date(seconds))}, ${hourMinute(seconds)}`;
}

/** The next Monday 09:00 local after `now`. */
export function nextMondayMorning(now) {
  for (let ahead = 0; ahead <= 8; ahead += 1) {
    const day = localInput(now + ahead * 86400).slice(0, 10);
    const moment = fromLocalInput(`${day}T09:00`);
    if (moment > now && new Date(`${day}T00:00Z`).getUTCDay() === 1) return moment;
  }
  return now;
}
