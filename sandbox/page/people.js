// The list of people on the left.

import { avatar, h, reconcile } from './dom.js';
import { ACTIONS } from './header.js';
import { now, store } from './store.js';
import { listMoment } from './time.js';

const shown = new Map(); // person id → {signature, node}

export function drawPeople(list) {
  const ordered = [...store.people];
  const nodes = ordered.map((person) => {
    const action = store.chats.get(person.id)?.action;
    const signature = JSON.stringify([person, person.id === store.current, action?.name, person.last && listMoment(person.last.date, now())]);
    const known = shown.get(person.id);
    if (known?.signature === signature) return known.node;
    const node = known?.node ?? h('li', {});
    node.replaceChildren(row(person, action));
    if (known?.hadFocus) node.firstChild.focus();
    shown.set(person.id, { signature, node });
    return node;
  });
  const focused = document.activeElement?.closest?.('.person')?.dataset.person;
  reconcile(list, nodes);
  if (focused) list.querySelector(`[data-person="${focused}"]`)?.focus();
}

function row(person, action) {
  const line = action ? h('span', { class: 'person-last acting' }, ACTIONS[action.name] ?? 'печатает…')
    : h('span', { class: 'person-last' }, person.last
      ? [person.last.out ? h('span', { class: 'you' }, 'Вы: ') : null, person.last.text]
      : h('span', { class: 'faint' }, person.blocked ? 'Бот заблокирован' : 'Ещё не начат'));
  return h('a', {
    class: person.id === store.current ? 'person current' : 'person', href: `#${person.id}`, 'data-person': person.id,
    'aria-current': person.id === store.current ? 'true' : null,
  },
  avatar(person.id, person.name),
  h('span', { class: 'person-main' },
    h('span', { class: 'person-top' }, h('span', { class: 'person-name' }, person.name),
      person.last ? h('time', {}, listMoment(person.last.date, now())) : null),
    h('span', { class: 'person-bottom' }, line,
      person.unread ? h('span', { class: 'badge', 'aria-label': `Непрочитанных: ${person.unread}` }, String(person.unread)) : null),
    person.note ? h('span', { class: 'person-note' }, person.note) : null));
}
