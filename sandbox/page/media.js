// Photos, albums, documents, voice and video inside a bubble; the enlarged picture.

import { h, icon } from './dom.js';
import { fileUrl } from './net.js';

/** «12,3 КБ» */
export function fileSize(bytes) {
  if (bytes === undefined || bytes === null) return '';
  const units = ['Б', 'КБ', 'МБ', 'ГБ'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) { size /= 1024; unit += 1; }
  return `${size.toLocaleString('ru-RU', { maximumFractionDigits: unit ? 1 : 0 })} ${units[unit]}`;
}

const largest = (sizes) => sizes.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best));

/** The media of a message as nodes (none for a message of text). `ui` tells what was revealed. */
export function media(message, ui) {
  if (message.photo) return [picture(message, ui)];
  if (message.video || message.animation || message.video_note) return [video(message)];
  if (message.voice || message.audio) return [sound(message)];
  if (message.document) return [documentRow(message)];
  if (message.sticker) return [h('div', { class: 'sticker' }, message.sticker.emoji ?? 'Стикер')];
  if (message.contact) return [contact(message.contact)];
  if (message.location) return [row('link', 'Место на карте', `${message.location.latitude}, ${message.location.longitude}`)];
  if (message.dice) return [h('div', { class: 'sticker' }, message.dice.emoji)];
  return [];
}

/** The grid of an album. */
export function album(messages, ui) {
  const visual = messages.every((message) => message.photo || message.video);
  if (!visual) return h('div', { class: 'album-files' }, messages.map((message) => media(message, ui)));
  const grid = h('div', { class: `album album-${Math.min(messages.length, 10)}`, role: 'group', 'aria-label': `Альбом, ${messages.length}` },
    messages.map((message) => h('div', { class: 'album-cell', 'data-message': message.message_id }, media(message, ui))));
  return grid;
}

function guarded(message) {
  return message.has_protected_content ? { oncontextmenu: (event) => event.preventDefault(), draggable: false } : {};
}

function picture(message, ui) {
  const size = largest(message.photo);
  const hidden = message.has_media_spoiler && !ui.revealed;
  const image = h('img', {
    src: fileUrl(size.file_id), alt: message.caption ? '' : 'Фотография', loading: 'lazy', decoding: 'async',
    width: size.width || 320, height: size.height || 240, ...guarded(message),
  });
  return h('button', {
    type: 'button', class: hidden ? 'photo veiled' : 'photo',
    'aria-label': hidden ? 'Скрытая фотография, нажмите, чтобы показать' : 'Открыть фотографию',
    onclick: () => (hidden ? ui.reveal() : enlarge(message, size)),
  }, image);
}

function enlarge(message, size) {
  const dialog = h('dialog', { class: 'viewer', 'aria-label': 'Фотография' },
    h('div', { class: 'viewer-bar' },
      message.has_protected_content ? null
        : h('a', { class: 'icon-button', href: fileUrl(size.file_id, true), download: '', 'aria-label': 'Скачать', title: 'Скачать' }, icon('down')),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': 'Закрыть', onclick: () => dialog.close() }, icon('close'))),
    h('img', { src: fileUrl(size.file_id), alt: message.caption ?? 'Фотография', ...guarded(message) }),
    message.caption ? h('p', {}, message.caption) : null);
  dialog.addEventListener('click', (event) => { if (event.target === dialog || event.target.tagName === 'IMG') dialog.close(); });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function video(message) {
  const file = message.video ?? message.animation ?? message.video_note;
  return h('div', { class: 'video' },
    h('video', {
      src: fileUrl(file.file_id), controls: true, preload: 'metadata', playsInline: true, loop: Boolean(message.animation),
      'aria-label': file.file_name ?? 'Видео', ...(message.has_protected_content ? { controlsList: 'nodownload' } : {}), ...guarded(message),
    }));
}

function sound(message) {
  const file = message.voice ?? message.audio;
  const name = message.audio ? (file.title ?? file.file_name ?? 'Аудиозапись') : 'Голосовое сообщение';
  return h('div', { class: 'sound' },
    h('audio', {
      src: fileUrl(file.file_id), controls: true, preload: 'metadata', 'aria-label': name,
      ...(message.has_protected_content ? { controlsList: 'nodownload' } : {}),
    }),
    message.audio ? h('span', { class: 'file-note' }, name) : null);
}

function documentRow(message) {
  const file = message.document;
  const name = file.file_name ?? 'Файл';
  const note = fileSize(file.file_size);
  if (message.has_protected_content) return row('lock', name, [note, 'сохранение запрещено'].filter(Boolean).join(' · '));
  return h('a', {
    class: 'file', href: fileUrl(file.file_id, true), download: name, 'aria-label': `Скачать ${name}`,
  }, h('span', { class: 'file-icon' }, extension(name), icon('down')),
  h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, name), h('span', { class: 'file-note' }, note)));
}

function extension(name) {
  const match = /\.([a-zа-я0-9]{1,4})$/i.exec(name);
  return match ? h('span', { class: 'file-ext' }, match[1].toLowerCase()) : icon('file');
}

function row(iconName, name, note) {
  return h('div', { class: 'file' }, h('span', { class: 'file-icon' }, icon(iconName)),
    h('span', { class: 'file-text' }, h('span', { class: 'file-name' }, name), h('span', { class: 'file-note' }, note)));
}

function contact(value) {
  const name = [value.first_name, value.last_name].filter(Boolean).join(' ');
  const phone = value.phone_number.startsWith('+') ? value.phone_number : `+${value.phone_number}`;
  return row('phone', name, phone);
}
