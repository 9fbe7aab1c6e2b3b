// Where links lead: to this bot again (t.me deep links) or outside.

import { h } from './dom.js';
import { complain, confirmBox, modal } from './dialogs.js';
import { post } from './net.js';
import { safe } from './rich.js';
import { store } from './store.js';

/** The start parameter of a link to this bot; '' for a link without one; null for any other link. */
export function deepLink(url, username) {
  let parsed;
  try {
    parsed = new URL(/^[a-z]+:/i.test(url) ? url : `https://${url}`);
  } catch {
    return null;
  }
  const here = (name) => name?.toLowerCase() === username.toLowerCase();
  if (parsed.protocol === 'tg:' && parsed.href.startsWith('tg://resolve')) {
    return here(parsed.searchParams.get('domain')) ? parsed.searchParams.get('start') ?? '' : null;
  }
  if (!['t.me', 'telegram.me', 'www.t.me'].includes(parsed.hostname)) return null;
  return here(parsed.pathname.split('/')[1]) ? parsed.searchParams.get('start') ?? '' : null;
}

/** Follows a link as `store.current`: a deep link starts the bot for somebody, others open outside. */
export async function follow(url, shown, { goTo, newPerson }) {
  const payload = deepLink(url, store.bot.username);
  if (payload === null) {
    const plain = shown && (shown === url || `https://${shown}` === url || shown.replace(/\/$/, '') === url.replace(/\/$/, ''));
    if (plain || await confirmBox('Открыть ссылку?', url, 'Открыть')) window.open(safe(url), '_blank', 'noopener,noreferrer');
    return;
  }
  const who = await whoOpens(payload);
  if (who === 'new') { newPerson(url); return; }
  if (who === undefined) return;
  try {
    await post(`people/${who}/start`, payload ? { payload } : {});
    goTo(who);
  } catch (error) { complain(error); }
}

function whoOpens(payload) {
  return modal('Кто открывает ссылку?', (close) => [
    h('p', { class: 'dialog-note' }, payload ? ['Ссылка на этого бота с меткой ', h('code', {}, payload)] : 'Ссылка на этого бота.'),
    h('div', { class: 'menu' },
      [...store.people].sort((a, b) => (b.id === store.current) - (a.id === store.current)).map((person) => h('button', {
        type: 'button', onclick: () => close(person.id), autofocus: person.id === store.current,
      }, h('span', {}, person.name), h('small', {}, person.id === store.current ? 'сейчас открыт этот чат' : person.note ?? ''))),
      h('button', { type: 'button', class: 'accent', onclick: () => close('new') }, 'Новый человек')),
  ]);
}
