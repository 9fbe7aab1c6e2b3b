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

/** Asks for a link to the bot and follows it as this person. */
export async function openInvitation(person) {
  const payload = await modal('Открыть ссылку', (close) => {
    const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
    const address = h('input', {
      placeholder: `https://t.me/${store.bot.username}?start=…`, autocomplete: 'off', inputMode: 'url', spellcheck: false, autofocus: true,
    });
    const submit = (event) => {
      event.preventDefault();
      const found = deepLink(address.value.trim(), store.bot.username);
      if (found !== null) { close(found); return; }
      problem.textContent = `Это не ссылка на @${store.bot.username}.`;
      problem.hidden = false;
      address.focus();
    };
    return h('form', { class: 'form', onsubmit: submit },
      h('label', {}, h('span', {}, `Ссылка на бота, которую открывает ${person.name}`), address),
      problem,
      h('div', { class: 'dialog-buttons' },
        h('button', { type: 'button', onclick: () => close() }, 'Отмена'),
        h('button', { type: 'submit', class: 'primary' }, 'Открыть')));
  });
  if (payload !== undefined) post(`people/${person.id}/start`, payload ? { payload } : {}).catch(complain);
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

// name, label, [limits of the field, its units in one unit of the door]
const FAULTS = [
  ['latency', 'Задержка ответа, секунд', [{ min: 0, max: 30, step: 0.1 }, 1]],
  ['slow_sending', 'Новые сообщения уходят медленно, секунд', [{ min: 0, max: 30, step: 0.1 }, 1]],
  ['server_errors', 'Ошибки сервера 502, % вызовов', [{ min: 0, max: 100, step: 1 }, 100]],
  ['dropped_connections', 'Обрывы связи, % вызовов', [{ min: 0, max: 100, step: 1 }, 100]],
  ['too_many_requests', 'Отказ 429, % вызовов', [{ min: 0, max: 100, step: 1 }, 100]],
  ['silence', 'Молчание: бот не получает событий', null],
];

export function faultsPanel(anchor) {
  return modal('Неполадки', (close) => {
    const fields = FAULTS.map(([name, label, number]) => {
      const field = number
        ? h('input', { type: 'number', value: Math.round(store.faults[name] * number[1] * 10) / 10, ...number[0] })
        : h('input', { type: 'checkbox', checked: store.faults[name] });
      return { name, number, field, line: h('label', { class: number ? 'fault' : 'fault switch' }, h('span', {}, label), field) };
    });
    const send = async (values) => {
      try {
        await post('faults', values);
        close();
      } catch (error) { complain(error); }
    };
    const read = () => Object.fromEntries(fields.map(({ name, number, field }) => [name, number ? Number(field.value) / number[1] : field.checked]));
    return [
      h('p', { class: 'dialog-note' }, 'Так бот видит плохую связь. Людей это не касается: их сообщения доходят всегда. Заблокировать бота можно в чате: «Ещё».'),
      h('form', { class: 'form', onsubmit: (event) => { event.preventDefault(); send(read()); } },
        fields.map(({ line }) => line),
        h('div', { class: 'dialog-buttons' },
          h('button', { type: 'button', onclick: () => send({}) }, 'Всё исправно'),
          h('button', { type: 'submit', class: 'primary' }, 'Включить'))),
    ];
  }, { kind: 'panel', anchor });
}
