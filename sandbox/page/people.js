// The list of people on the left.

import { summary } from './bubbles.js';
import { avatar, h, reconcile } from './dom.js';
import { ACTIONS } from './header.js';
import { now, store } from './store.js';
import { listMoment } from './time.js';

const shown = new Map(); // person id → {signature, node}

export function drawPeople(list) {
  const focused = document.activeElement?.closest?.('.person')?.dataset.person;
  const nodes = store.people.map((person) => {
    const action = store.chats.get(person.id)?.action;
    const signature = JSON.stringify([person, person.id === store.current, action?.name, person.last && listMoment(person.last.date, now())]);
    const known = shown.get(person.id);
    if (known?.signature === signature) return known.node;
    const node = known?.node ?? h('li', {});
    node.replaceChildren(row(person, action));
    shown.set(person.id, { signature, node });
    return node;
  });
  reconcile(list, nodes);
  // A row that was drawn anew keeps the focus of who works by keys.
  if (focused && !list.contains(document.activeElement)) list.querySelector(`[data-person="${focused}"]`)?.focus();
}

function row(person, action) {
  const line = action ? h('span', { class: 'person-last acting' }, ACTIONS[action.name] ?? 'печатает…') : lastLine(person);
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

function lastLine(person) {
  const quiet = person.deactivated ? 'Аккаунт удалён' : person.blocked ? 'Бот заблокирован' : person.last ? null : 'Ещё не начат';
  if (quiet) return h('span', { class: 'person-last' }, h('span', { class: 'faint' }, quiet));
  return h('span', { class: 'person-last' },
    person.last.from?.id === person.id ? h('span', { class: 'you' }, 'Вы: ') : null, summary(person.last));
}
