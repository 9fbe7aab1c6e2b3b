// The windows of the sandbox itself: a new person, the clock, faults.

import { h } from './dom.js';
import { complain, modal } from './dialogs.js';
import { deepLink } from './links.js';
import { post } from './net.js';
import { now, store } from './store.js';
import { fromLocalInput, fullMoment, localInput, nextMondayMorning } from './time.js';

/** Makes a person; the promise holds the id, or undefined. */
export function newPerson(link = '') {
  return modal('Новый человек', (close) => {
    const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    const complainHere = (text) => { problem.textContent = text; problem.hidden = false; };
    const name = h('input', { name: 'name', placeholder: 'Например, Вера Полевая', maxLength: 64, autocomplete: 'off', autofocus: true });
    const address = h('input', {
      name: 'link', value: link, placeholder: `https://t.me/${store.bot.username}?start=…`, autocomplete: 'off', inputMode: 'url', spellcheck: false,
    });
    const submit = async (event) => {
      event.preventDefault();
      const typed = address.value.trim();
      const payload = typed ? deepLink(typed, store.bot.username) : '';
      if (!name.value.trim()) { complainHere('Как зовут человека?'); name.focus(); return; }
      if (payload === null) { complainHere(`Это не ссылка на @${store.bot.username}.`); address.focus(); return; }
      try {
        const made = await post('people', { name: name.value.trim(), ...(typed ? { link: typed } : {}) });
        close(made.person.id);
      } catch (error) { complainHere(error.message); }
    };
    return h('form', { class: 'form', onsubmit: submit },
      h('label', {}, h('span', {}, 'Имя и фамилия'), name),
      h('label', {}, h('span', {}, 'Ссылка-приглашение, если есть'), address),
      h('p', { class: 'dialog-note' }, 'Со ссылкой человек сразу начнёт разговор с её меткой.'),
      problem,
      h('div', { class: 'dialog-buttons' },
        h('button', { type: 'button', onclick: () => close() }, 'Отмена'),
        h('button', { type: 'submit', class: 'primary' }, 'Добавить')));
  });
}

export function clockPanel(anchor) {
  return modal('Часы песочницы', (close) => {
    const move = async (body) => {
      try {
        await post('clock', body);
        close();
      } catch (error) { complain(error); }
    };
    const own = h('input', { type: 'datetime-local', value: localInput(now() + 3600), min: localInput(now()), 'aria-label': 'Свой момент' });
    const go = (event) => {
      event.preventDefault();
      const to = fromLocalInput(own.value);
      if (to === null) complain(new Error('Укажите день и час.'));
      else if (to <= now()) complain(new Error('Часы идут только вперёд.'));
      else move({ to });
    };
    return [
      h('p', { class: 'clock-now' }, fullMoment(now()), h('small', {}, 'московское время')),
      h('div', { class: 'menu' },
        h('button', { type: 'button', autofocus: true, onclick: () => move({ seconds: 3600 }) }, h('span', {}, '+1 час'), h('small', {}, fullMoment(now() + 3600))),
        h('button', { type: 'button', onclick: () => move({ seconds: 86400 }) }, h('span', {}, '+1 день'), h('small', {}, fullMoment(now() + 86400))),
        h('button', { type: 'button', onclick: () => move({ to: nextMondayMorning(now()) }) },
          h('span', {}, 'До понедельника 09:00'), h('small', {}, fullMoment(nextMondayMorning(now()))))),
      h('form', { class: 'form inline', onsubmit: go }, own, h('button', { type: 'submit', class: 'primary' }, 'Перейти')),
      h('p', { class: 'dialog-note' }, 'Назад часы не идут: напоминания, которые уже ушли, не вернуть.'),
    ];
  }, { kind: 'panel', anchor });
}

const FAULTS = [
  ['latency', 'Задержка ответа, секунд', { min: 0, max: 30, step: 0.1 }],
  ['server_errors', 'Ошибки сервера 5xx, доля', { min: 0, max: 1, step: 0.05 }],
  ['dropped_connections', 'Обрывы связи, доля', { min: 0, max: 1, step: 0.05 }],
  ['too_many_requests', 'Отказ 429, доля', { min: 0, max: 1, step: 0.05 }],
  ['malformed_updates', 'Испорченные события, доля', { min: 0, max: 1, step: 0.05 }],
  ['silence', 'Молчание: бот не получает событий', null],
  ['rate_limits', 'Настоящие лимиты: 30 в секунду, 1 в чат', null],
];

/** Is this fault on, and not merely Telegram's own rule? */
export const isOn = (name, value) => name !== 'rate_limits' && Boolean(value);

export function faultsPanel(anchor) {
  return modal('Неполадки', (close) => {
    const known = FAULTS.filter(([name]) => name in store.faults);
    const fields = known.map(([name, label, number]) => {
      const field = number
        ? h('input', { type: 'number', name, value: store.faults[name], ...number })
        : h('input', { type: 'checkbox', name, checked: store.faults[name] });
      return [name, number, field, h('label', { class: number ? 'fault' : 'fault switch' }, h('span', {}, label), field)];
    });
    const send = async (values) => {
      try {
        await post('faults', values);
        close();
      } catch (error) { complain(error); }
    };
    const read = () => Object.fromEntries(fields.map(([name, number, field]) => [name, number ? Number(field.value) : field.checked]));
    const none = () => Object.fromEntries(fields.map(([name, number]) => [name, name === 'rate_limits' ? store.faults[name] : number ? 0 : false]));
    return [
      h('p', { class: 'dialog-note' }, 'Так бот видит плохую связь. Людей это не касается: их сообщения доходят всегда.'),
      h('form', { class: 'form', onsubmit: (event) => { event.preventDefault(); send(read()); } },
        fields.map((field) => field[3]),
        h('div', { class: 'dialog-buttons' },
          h('button', { type: 'button', onclick: () => send(none()) }, 'Всё исправно'),
          h('button', { type: 'submit', class: 'primary' }, 'Включить'))),
    ];
  }, { kind: 'panel', anchor });
}
