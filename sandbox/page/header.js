// The head of a chat: the bot, what it is doing, whose eyes we look through; the pinned bar.

import { avatar, h, icon, iconButton } from './dom.js';
import { summary } from './bubbles.js';
import { store } from './store.js';

export const ACTIONS = {
  typing: 'печатает…', upload_photo: 'отправляет фото…', record_video: 'записывает видео…', upload_video: 'отправляет видео…',
  record_voice: 'записывает голосовое…', upload_voice: 'отправляет голосовое…', upload_document: 'отправляет файл…',
  choose_sticker: 'выбирает стикер…', find_location: 'ищет место…', record_video_note: 'записывает видео…', upload_video_note: 'отправляет видео…',
};

export function chatHeader(person, chat, act) {
  const doing = chat.action ? ACTIONS[chat.action.name] ?? 'печатает…' : null;
  return [
    iconButton('back', 'К списку людей', act.back, { class: 'icon-button back' }),
    avatar(store.bot.id, store.bot.first_name),
    h('div', { class: 'chat-title' },
      h('h2', {}, store.bot.first_name),
      h('p', { class: doing ? 'acting' : '', role: 'status' }, doing ? [doing, dots()] : ['бот', h('span', { class: 'whose-short' }, ` · вы — ${person.name}`)])),
    h('span', { class: 'whose', title: 'Вы смотрите глазами этого человека' }, h('span', { class: 'whose-word' }, 'вы — '), person.name),
    iconButton('more', 'Ещё', act.more, { 'aria-haspopup': 'menu' }),
  ];
}

const dots = () => h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'));

export function pinnedBar(message, jump) {
  return h('button', { type: 'button', class: 'pinned', onclick: () => jump(message.message_id) },
    icon('pin'), h('span', { class: 'pinned-text' }, h('b', {}, 'Закреплённое сообщение'), h('span', {}, summary(message))));
}
