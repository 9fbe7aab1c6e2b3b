// Text with Telegram's entities → nodes. Offsets are UTF-16 units, as JavaScript's own.

import { h, icon } from './dom.js';

const TAGS = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's' };

/**
 * Nodes of a text.
 * @param {string} text
 * @param {Array} entities Telegram's MessageEntity objects
 * @param {{open: (url: string, shown: string) => void, command: (text: string) => void,
 *          copy: (text: string) => void, revealed: boolean, reveal: () => void}} act what links do
 */
export function rich(text, entities, act) {
  const sorted = [...(entities ?? [])]
    .filter((entity) => entity.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  return range(text, 0, text.length, sorted, act);
}

function range(text, start, end, entities, act) {
  const nodes = [];
  let at = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    index += 1;
    if (from >= to) continue;
    if (from > at) nodes.push(document.createTextNode(text.slice(at, from)));
    const inner = [];
    while (index < entities.length && entities[index].offset < to) inner.push(entities[index++]);
    nodes.push(wrap(entity, text.slice(from, to), range(text, from, to, [...inner], act), act));
    at = to;
    // Entities that reach over the end of this one go on behind it.
    entities.splice(index, 0, ...inner.filter((other) => other.offset + other.length > to)
      .map((other) => ({ ...other, offset: to, length: other.offset + other.length - to })));
    if (['pre', 'blockquote', 'expandable_blockquote'].includes(entity.type) && text[at] === '\n') at += 1;
  }
  if (at < end) nodes.push(document.createTextNode(text.slice(at, end)));
  return nodes;
}

function link(url, shown, children, act) {
  return h('a', {
    href: safe(url), class: 'link', rel: 'noopener noreferrer', target: '_blank', title: url,
    onclick: (event) => { event.preventDefault(); event.stopPropagation(); act.open(url, shown); },
  }, children);
}

function command(text, act) {
  return h('a', { href: '#', class: 'link', onclick: (event) => { event.preventDefault(); event.stopPropagation(); act.command(text); } }, text);
}

/** Only addresses of these kinds may stand in a link; others lead nowhere. */
export function safe(url) {
  const full = /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : `https://${url}`;
  return /^(https?|tg|mailto|tel):/i.test(full) ? full : '#';
}

function wrap(entity, text, inside, act) {
  switch (entity.type) {
    case 'bold': case 'italic': case 'underline': case 'strikethrough':
      return h(TAGS[entity.type], {}, inside);
    case 'code':
      return h('code', { title: 'Нажмите, чтобы скопировать', onclick: () => act.copy(text) }, inside);
    case 'pre':
      return h('pre', { tabindex: '0' },
        h('div', { class: 'pre-head' }, h('span', {}, entity.language ?? ''),
          h('button', { type: 'button', 'aria-label': 'Скопировать код', onclick: () => act.copy(text) }, icon('copy'))),
        h('code', {}, inside));
    case 'blockquote':
      return h('blockquote', {}, inside);
    case 'expandable_blockquote':
      return expandable(inside);
    case 'spoiler':
      return spoiler(inside, act);
    case 'text_link':
      return link(entity.url, text, inside, act);
    case 'url':
      return link(text, text, inside, act);
    case 'email':
      return link(`mailto:${text}`, text, inside, act);
    case 'phone_number':
      return link(`tel:${text.replace(/[^+\d]/g, '')}`, text, inside, act);
    case 'bot_command':
      return command(text, act);
    case 'mention':
      return link(`https://t.me/${text.slice(1)}`, text, inside, act);
    case 'text_mention': case 'hashtag': case 'cashtag':
      return h('span', { class: 'link' }, inside);
    default:
      return h('span', {}, inside);
  }
}

function expandable(children) {
  const body = h('div', { class: 'quote-body' }, children);
  const button = h('button', {
    type: 'button', class: 'quote-more', 'aria-expanded': 'false', 'aria-label': 'Показать цитату целиком',
    onclick: () => {
      const open = quote.classList.toggle('open');
      button.setAttribute('aria-expanded', String(open));
      button.setAttribute('aria-label', open ? 'Свернуть цитату' : 'Показать цитату целиком');
    },
  }, icon('chevron'));
  const quote = h('blockquote', { class: 'expandable' }, body, button);
  return quote;
}

function spoiler(children, act) {
  const node = h('span', { class: act.revealed ? 'spoiler shown' : 'spoiler' }, h('span', { class: 'spoiler-text' }, children));
  if (act.revealed) return node;
  node.setAttribute('role', 'button');
  node.setAttribute('tabindex', '0');
  node.setAttribute('aria-label', 'Скрытый текст, нажмите, чтобы показать');
  node.firstChild.setAttribute('aria-hidden', 'true');
  const show = (event) => {
    if (event.type === 'keydown' && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    event.stopPropagation();
    act.reveal();
  };
  node.addEventListener('click', show, true);
  node.addEventListener('keydown', show);
  return node;
}
