// Toasts, alerts and the small windows that ask something.

import { h } from './dom.js';

let shown = 0;

/** A line that passes by. */
export function toast(text, { error = false, milliseconds = 3500 } = {}) {
  const node = h('div', { class: error ? 'toast error' : 'toast' }, text);
  const box = document.getElementById('toasts');
  box.append(node);
  while (box.children.length > 3) box.firstChild.remove();
  setTimeout(() => node.remove(), Math.max(milliseconds, text.length * 60));
}

export const complain = (error) => toast(error.message, { error: true, milliseconds: 6000 });

/**
 * A modal window. `fill(close)` gives its nodes; the promise holds what `close` was called with,
 * or undefined after Esc or a click beside it.
 */
export function modal(label, fill, { kind = 'sheet', anchor = null } = {}) {
  return new Promise((resolve) => {
    let result;
    shown += 1;
    const close = (value) => { result = value; dialog.close(); };
    const back = document.activeElement;
    const title = h('h2', { id: `dialog-${shown}` }, label);
    const dialog = h('dialog', { class: kind, 'aria-labelledby': `dialog-${shown}` });
    dialog.append(h('div', { class: 'dialog-body' }, title, fill(close)));
    dialog.addEventListener('mousedown', (event) => { if (event.target === dialog) close(); });
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (back?.isConnected) back.focus();
      resolve(result);
    });
    document.body.append(dialog);
    dialog.showModal();
    if (anchor) place(dialog, anchor);
  });
}

function place(dialog, anchor) {
  if (window.innerWidth < 700) return;
  const box = anchor.getBoundingClientRect();
  dialog.classList.add('placed');
  const top = box.top > window.innerHeight / 2 ? box.top - dialog.offsetHeight - 8 : box.bottom + 8;
  dialog.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - dialog.offsetWidth - 8))}px`;
  dialog.style.top = `${Math.max(8, top)}px`;
}

/** What answerCallbackQuery with show_alert shows. */
export function alertBox(title, text) {
  return modal(title, (close) => [
    h('p', { class: 'alert-text' }, text),
    h('div', { class: 'dialog-buttons' }, h('button', { type: 'button', class: 'primary', autofocus: true, onclick: () => close(true) }, 'Понятно')),
  ], { kind: 'alert' });
}

export function confirmBox(title, text, yes) {
  return modal(title, (close) => [
    h('p', { class: 'alert-text' }, text),
    h('div', { class: 'dialog-buttons' },
      h('button', { type: 'button', onclick: () => close(false) }, 'Отмена'),
      h('button', { type: 'button', class: 'primary', autofocus: true, onclick: () => close(true) }, yes)),
  ], { kind: 'alert' });
}

/** A short menu at a button: [{label, run, danger}]. */
export async function menu(label, anchor, entries) {
  const chosen = await modal(label, (close) => h('div', { class: 'menu', role: 'menu' },
    entries.filter(Boolean).map((entry) => h('button', {
      type: 'button', role: 'menuitem', class: entry.danger ? 'danger' : '', onclick: () => close(entry),
    }, entry.label))), { kind: 'menu-box', anchor });
  chosen?.run();
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without the permission, the old way: a selected text field.
    const field = h('textarea', { class: 'off-screen', value: text });
    document.body.append(field);
    field.select();
    document.execCommand('copy');
    field.remove();
  }
  toast('Скопировано');
}
