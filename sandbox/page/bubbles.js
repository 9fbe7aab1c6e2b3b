// A chat's messages → rows: days, groups, bubbles, albums.

import { h, icon } from './dom.js';
import { inlineKeyboard } from './keyboards.js';
import { album, media } from './media.js';
import { rich } from './rich.js';
import { dayCaption, dayKey, hourMinute } from './time.js';

const GROUP_SECONDS = 300; // messages of one side within this stand close together

/**
 * Rows to be shown, in order: {key, kind: 'day' | 'service' | 'bubble', messages, first, last, …}.
 * `marks` is what a row's picture depends on besides its messages.
 */
export function rows(messages, personId, now) {
  const found = [];
  let day = null;
  for (const message of messages) {
    const key = dayKey(message.date);
    if (key !== day) {
      day = key;
      found.push({ key: `day-${key}`, kind: 'day', messages: [], marks: dayCaption(message.date, now) });
    }
    const before = found.at(-1);
    if (message.media_group_id && before.kind === 'bubble' && before.group === message.media_group_id) {
      before.messages.push(message);
      continue;
    }
    const service = serviceText(message);
    found.push(service === null
      ? { key: `message-${message.message_id}`, kind: 'bubble', messages: [message], group: message.media_group_id, out: message.from?.id === personId }
      : { key: `message-${message.message_id}`, kind: 'service', messages: [message], marks: service });
  }
  found.forEach((row, index) => {
    if (row.kind !== 'bubble') return;
    const joins = (other) => other?.kind === 'bubble' && other.out === row.out
      && Math.abs(other.messages[0].date - row.messages[0].date) < GROUP_SECONDS;
    row.first = !joins(found[index - 1]);
    row.last = !joins(found[index + 1]);
  });
  return found;
}

function serviceText(message) {
  if (message.pinned_message) return 'Закреплено сообщение';
  if (message.new_chat_title) return message.new_chat_title;
  if (message.write_access_allowed) return 'Боту разрешено писать';
  return null;
}

/** One line that stands for a message: in the list, the pinned bar, a reply. */
export function summary(message) {
  const text = message.text ?? message.caption;
  if (text) return text.replace(/\s+/g, ' ').slice(0, 160);
  const kinds = {
    photo: 'Фотография', document: message.document?.file_name ?? 'Файл', voice: 'Голосовое сообщение', audio: 'Аудиозапись',
    video: 'Видео', animation: 'GIF', sticker: 'Стикер', contact: 'Контакт', location: 'Место', pinned_message: 'Закреплено сообщение',
  };
  return kinds[Object.keys(kinds).find((kind) => message[kind])] ?? 'Сообщение';
}

/** A day with a list for its rows (`.day-rows`); its caption stays in sight while they are read. */
export function dayRow(row) {
  return h('li', { class: 'day' }, h('div', { class: 'day-caption' }, h('span', {}, row.marks)), h('ol', { class: 'day-rows' }));
}

export function serviceRow(row, act) {
  const target = row.messages[0].pinned_message;
  return h('li', { class: 'service' }, target
    ? h('button', { type: 'button', onclick: () => act.jump(target.message_id) }, row.marks) : h('span', {}, row.marks));
}

/** A bubble with its keyboard. `act` are the things a person can do with it, `view` what was pressed or revealed. */
export function bubbleRow(row, act, view) {
  const [message] = row.messages;
  const captioned = row.messages.find((one) => one.caption) ?? message;
  const text = message.text ?? captioned.caption ?? '';
  const entities = message.text ? message.entities : captioned.caption_entities;
  const guarded = row.messages.some((one) => one.has_protected_content);
  const pictures = row.messages.length > 1 ? [album(row.messages, view)] : media(message, view);
  const visual = row.messages.every((one) => one.photo || one.video);
  const bare = pictures.length > 0 && !text;

  const footer = foot(row, captioned, guarded);
  const emotions = reactions(row.messages, footer);

  const bubble = h('div', {
    class: ['bubble', visual ? 'visual' : '', bare ? 'bare' : '', guarded ? 'guarded' : ''].filter(Boolean).join(' '),
    ...(guarded ? { oncopy: (event) => event.preventDefault(), oncontextmenu: (event) => event.preventDefault() } : {}),
  },
  forwarded(message), reply(message, act), pictures,
  text ? h('div', { class: 'text', dir: 'auto' }, rich(text, entities, { ...act.links, revealed: view.revealed, reveal: view.reveal }), emotions ? null : footer) : null,
  emotions, text || emotions ? null : footer);

  const keyboard = row.messages.find((one) => one.reply_markup?.inline_keyboard);
  return h('li', {
    class: ['message', row.out ? 'out' : 'in', row.first ? 'first' : '', row.last ? 'last' : ''].filter(Boolean).join(' '),
    'data-message': message.message_id, id: `m${message.message_id}`,
  },
  h('div', { class: 'stack' }, bubble,
    keyboard ? inlineKeyboard(keyboard.reply_markup.inline_keyboard, view.pending, (button, line, column) => act.press(keyboard, button, line, column)) : null),
  h('div', { class: 'message-tools' },
    h('button', { type: 'button', class: 'tool', 'aria-label': 'Ответить на сообщение', title: 'Ответить', onclick: () => act.reply(message) }, icon('reply')),
    text && !guarded ? h('button', { type: 'button', class: 'tool', 'aria-label': 'Скопировать текст', title: 'Скопировать', onclick: () => act.links.copy(text) }, icon('copy')) : null));
}

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const name = origin.sender_user?.first_name ?? origin.sender_user_name ?? origin.chat?.title ?? '';
  return h('div', { class: 'forwarded' }, `Переслано: ${name}`);
}

function reply(message, act) {
  const target = message.reply_to_message;
  if (!target) return null;
  return h('button', { type: 'button', class: 'reply', onclick: () => act.jump(target.message_id) },
    h('b', {}, act.nameOf(target)), h('span', {}, summary(target)));
}

function reactions(messages, footer) {
  const all = messages.flatMap((message) => message.reactions ?? []);
  if (!all.length) return null;
  return h('div', { class: 'reactions' },
    all.map((emoji) => h('span', { class: 'reaction', role: 'img', 'aria-label': `Реакция ${emoji}` }, emoji)), footer);
}

function foot(row, message, guarded) {
  const edited = row.messages.some((one) => one.edit_date && !one.edit_hide);
  return h('span', { class: 'foot' },
    guarded ? h('span', { class: 'foot-mark', title: 'Копировать и сохранять нельзя' }, icon('lock')) : null,
    edited ? h('span', { class: 'edited' }, 'изменено ') : null,
    h('time', { dateTime: new Date(message.date * 1000).toISOString() }, hourMinute(message.date)),
    row.out ? h('span', { class: 'foot-mark' }, icon('check')) : null);
}
