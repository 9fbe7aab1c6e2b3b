// What the page knows: people, the open chats, the clock. Filled by snapshots, kept up by events.

import { get, post } from './net.js';

const watchers = new Set();

export const store = {
  bot: null,
  people: [], // in the order of the list
  clock: { now: Date.now() / 1000, readAt: performance.now() },
  faults: {},
  chats: new Map(), // person id → chat
  current: null, // the id of the person whose chat is open
};

/** Calls `watcher(topic, detail)` after every change; topics: people, chat, clock, faults, answer, action. */
export const watch = (watcher) => watchers.add(watcher);
const tell = (topic, detail) => watchers.forEach((watcher) => watcher(topic, detail));

export const personOf = (id) => store.people.find((person) => person.id === id);
export const currentPerson = () => personOf(store.current);

/** The sandbox's moment, in Unix seconds: the last one told plus what has passed here since. */
export const now = () => store.clock.now + (performance.now() - store.clock.readAt) / 1000;

function setClock(clock) {
  store.clock = { ...clock, readAt: performance.now() };
  tell('clock');
}

// Events that come while a snapshot is on its way are applied after it: each carries things as they
// stood when it was sent, so that applying one twice, or late, ends in the right state.
let reading = 0;
const held = [];

async function snapshot(path, use) {
  reading += 1;
  try {
    use(await get(path));
  } finally {
    reading -= 1;
    if (!reading) held.splice(0).forEach(apply);
  }
}

export const readState = () => snapshot('state', (state) => {
  store.bot = state.bot;
  store.people = state.people;
  store.faults = state.faults;
  setClock(state.clock);
  tell('faults');
  tell('people');
});

export const readChat = (id) => snapshot(`people/${id}/history`, (chat) => {
  const known = store.chats.get(id);
  store.chats.set(id, {
    ...chat,
    action: known?.action ?? null,
    pending: known?.pending ?? new Map(), // message id → {row, column, query}
    revealed: known?.revealed ?? new Set(), // message ids whose spoilers are open
    draft: known?.draft ?? '',
    replyTo: known?.replyTo ?? null,
    // Whether the person folded or unfolded the bot's keyboard; null: as the bot says.
    keyboardShown: known && JSON.stringify(known.keyboard) === JSON.stringify(chat.keyboard) ? known.keyboardShown : null,
  });
  tell('chat', id);
});

/** Reads all anew: after a (re)connection, when events may have been missed. */
export async function resync() {
  const open = store.current;
  store.chats.forEach((chat, id) => { if (id !== open) store.chats.delete(id); });
  await readState();
  if (open !== null && personOf(open)) await readChat(open);
}

export function apply(event) {
  if (reading) { held.push(event); return; }
  if (event.kind === 'clock') { setClock(event.clock); return; }
  if (event.kind === 'faults') { store.faults = event.faults; tell('faults'); return; }
  if (event.kind === 'state') { resync().catch(() => {}); return; } // the next (re)connection tries again
  if (event.person) {
    const index = store.people.findIndex((person) => person.id === event.person.id);
    if (index < 0) store.people.push(event.person);
    else store.people[index] = event.person;
  }
  const id = event.person_id;
  const chat = store.chats.get(id);
  if (chat) change(chat, event);
  if (event.kind === 'answer') tell('answer', event);
  tell('people');
  if (chat) tell('chat', id);
}

function change(chat, event) {
  if (event.kind === 'message') {
    chat.messages = [...chat.messages.filter((other) => other.message_id !== event.message.message_id), event.message]
      .sort((a, b) => a.message_id - b.message_id);
    if (event.message.from?.is_bot) chat.action = null;
  } else if (event.kind === 'edited') {
    chat.messages = chat.messages.map((other) => (other.message_id === event.message.message_id ? event.message : other));
  } else if (event.kind === 'deleted') {
    chat.messages = chat.messages.filter((other) => !event.message_ids.includes(other.message_id));
  } else if (event.kind === 'pinned') {
    chat.pinned = event.pinned;
  } else if (event.kind === 'keyboard') {
    chat.keyboard = event.keyboard;
    chat.keyboardShown = null;
  } else if (event.kind === 'commands') {
    chat.commands = event.commands;
    chat.menu_button = event.menu_button;
  } else if (event.kind === 'action') {
    const action = { name: event.action, until: performance.now() + 5000 };
    chat.action = action;
    setTimeout(() => { if (chat.action === action) { chat.action = null; tell('chat', event.person_id); } }, 5050);
  } else if (event.kind === 'answer') {
    for (const [messageId, press] of chat.pending) if (press.query === event.query_id) chat.pending.delete(messageId);
  }
}

/** Tells the door that the person has seen everything up to this message. */
export function markRead(id) {
  const person = personOf(id);
  const chat = store.chats.get(id);
  if (!person?.unread || !chat?.messages.length) return;
  person.unread = 0;
  tell('people');
  post(`people/${id}/read`, { message_id: chat.messages.at(-1).message_id }).catch(() => {});
}
