// Puts the parts together: routing by the hash, events, what a tap does.

import { ChatView } from './chat.js';
import { alertBox, complain, copy, menu, toast } from './dialogs.js';
import { follow } from './links.js';
import { listen, post, Refusal } from './net.js';
import { clockPanel, faultsPanel, newPerson, openInvitation } from './panels.js';
import { drawPeople } from './people.js';
import { apply, currentPerson, markRead, now, personOf, readChat, readState, resync, store, watch } from './store.js';
import { fullMoment } from './time.js';

const $ = (id) => document.getElementById(id);
const app = $('app');

// — what a person can do —

const goTo = (id) => { location.hash = `#${id}`; };

async function addPerson(link) {
  const id = await newPerson(link);
  if (id === undefined) return;
  goTo(id);
}

const openLink = (url, shown) => follow(url, shown, { goTo, newPerson: addPerson });

async function press(message, button, row, column) {
  if (button.callback_data !== undefined) {
    const chat = store.chats.get(store.current);
    const id = store.current;
    if (chat.pending.has(message.message_id)) return;
    const mark = { row, column, query: null };
    chat.pending.set(message.message_id, mark);
    redraw();
    const forget = () => { if (chat.pending.get(message.message_id) === mark) { chat.pending.delete(message.message_id); redraw(); } };
    try {
      const answer = await post(`people/${id}/press`, { message_id: message.message_id, row, column });
      mark.query = answer.query_id;
      if (answered.has(mark.query)) forget();
      setTimeout(forget, 30000); // a client stops waiting, whatever the bot does
    } catch (error) {
      forget();
      complain(error);
    }
  } else if (button.url) openLink(button.url);
  else if (button.copy_text) copy(button.copy_text.text);
  else toast('Такие кнопки песочница не умеет.');
}

async function sendMalformed(person) {
  try {
    const { count } = await post(`people/${person.id}/malformed`);
    toast(`Испорченных событий в очереди бота: ${count}`);
  } catch (error) { complain(error); }
}

function more(anchor) {
  const person = currentPerson();
  menu('Чат', anchor, [
    !person.blocked && !person.deactivated && { label: 'Отправить /start', run: () => post(`people/${person.id}/start`, {}).catch(complain) },
    !person.deactivated && { label: 'Открыть ссылку на бота…', run: () => openInvitation(person) },
    { label: 'Прислать боту испорченные события', run: () => sendMalformed(person) },
    person.blocked
      ? { label: 'Разблокировать бота', run: () => post(`people/${person.id}/unblock`, {}).catch(complain) }
      : { label: 'Заблокировать бота', danger: true, run: () => post(`people/${person.id}/block`, {}).catch(complain) },
  ]);
}

const view = new ChatView({
  press, more, back: () => goTo(''), seen: markRead, redraw: () => redraw(),
  nameOf: (message) => (message.from?.id === store.current ? 'Вы' : message.from?.first_name ?? store.bot.first_name),
  links: { open: openLink, copy, command: (text) => view.composer.sendText(text, { keepField: true }) },
});

// — drawing —

function redraw() {
  const person = currentPerson();
  const chat = store.chats.get(store.current);
  app.classList.toggle('in-chat', Boolean(person));
  if (person && chat) {
    if (!view.node.isConnected) $('chat').replaceChildren(view.node);
    view.show(person, chat);
  } else if (!person && view.node.isConnected) {
    view.person = null;
    $('chat').replaceChildren(noChat);
  }
}
const noChat = $('no-chat');

let asked = false;
/** Draws once per frame, however many events came. */
function drawSoon() {
  if (asked) return;
  asked = true;
  // A hidden tab gets no frames, yet its title and counters must go on.
  const draw = () => { asked = false; redraw(); drawPeople($('people')); drawTitle(); };
  if (document.visibilityState === 'visible') requestAnimationFrame(draw);
  else setTimeout(draw, 50);
}

function drawTitle() {
  const unread = store.people.reduce((sum, person) => sum + (person.unread ?? 0), 0);
  document.title = `${unread ? `(${unread}) ` : ''}${store.bot?.first_name ?? 'Песочница Telegram'}`;
  $('bot-title').textContent = store.bot?.first_name ?? 'Песочница';
  $('bot-handle').textContent = store.bot ? `@${store.bot.username} · песочница` : '';
}

function drawClock() {
  const text = fullMoment(now());
  if ($('clock').textContent !== text) $('clock').textContent = text;
}
setInterval(drawClock, 1000);

function drawFaults() {
  const count = Object.values(store.faults).filter(Boolean).length;
  $('faults-on').hidden = !count;
  $('faults-on').textContent = String(count);
}

const answered = new Set();

function answer(event) {
  answered.add(event.query_id);
  if (event.person_id !== store.current) return;
  if (event.url) openLink(event.url);
  if (!event.text) return;
  if (event.show_alert) alertBox(store.bot.first_name, event.text);
  else toast(event.text);
}

watch((topic, detail) => {
  if (topic === 'clock') drawClock();
  else if (topic === 'faults') drawFaults();
  else if (topic === 'answer') answer(detail);
  drawSoon();
});

// — the address: #<person id> —

async function route() {
  const asked = location.hash.slice(1);
  const id = Number(asked);
  try {
    // Somebody just made may be known to the door before the event of it has come here.
    if (asked && !personOf(id)) await readState();
    if (asked && personOf(id) && !store.chats.has(id)) await readChat(id);
  } catch (error) { complain(error); }
  if (asked !== location.hash.slice(1)) return; // another chat was chosen in the meantime
  store.current = personOf(id)?.id ?? null;
  drawSoon();
}
addEventListener('hashchange', route);
document.addEventListener('visibilitychange', drawSoon);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && store.current !== null && !document.querySelector('dialog[open]')) {
    if (matchMedia('(max-width: 700px)').matches) goTo('');
    else view.composer.focus();
  }
});

$('new-person').addEventListener('click', () => addPerson(''));
$('open-clock').addEventListener('click', (event) => clockPanel(event.currentTarget));
$('open-faults').addEventListener('click', (event) => faultsPanel(event.currentTarget));

listen({
  onopen: async () => {
    try {
      await resync();
      await route();
      $('offline').hidden = true;
      document.documentElement.dataset.ready = 'yes';
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      complain(error);
    }
  },
  onevent: apply,
  onlost: () => { $('offline').hidden = false; },
});
