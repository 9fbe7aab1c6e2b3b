// Inline keyboards under a message and the reply keyboard under the input.

import { h, icon } from './dom.js';

const MARKS = { url: 'link', copy_text: 'copy', web_app: 'keys', login_url: 'link' };

/**
 * The inline keyboard of a message.
 * @param {Array} rows of InlineKeyboardButton
 * @param {{row: number, column: number} | undefined} pending the button that waits for its answer
 * @param {(button: object, row: number, column: number) => void} tap
 */
export function inlineKeyboard(rows, pending, tap) {
  return h('div', { class: 'inline-keyboard', role: 'group', 'aria-label': 'Кнопки сообщения' },
    rows.map((buttons, row) => h('div', { class: 'inline-row' },
      buttons.map((button, column) => {
        const waiting = pending !== undefined && pending.row === row && pending.column === column;
        const mark = Object.keys(MARKS).find((kind) => kind in button);
        return h('button', {
          type: 'button', class: `inline-button${waiting ? ' waiting' : ''}${button.style ? ` style-${button.style}` : ''}`,
          'data-row': row, 'data-column': column, 'aria-busy': waiting ? 'true' : null, title: button.text,
          onclick: () => tap(button, row, column),
        }, h('span', { class: 'inline-text' }, button.text), mark ? icon(MARKS[mark]) : null);
      }))));
}

/** The message that a force-reply markup asks about: the bot's last, until the person has written. */
export function askedAbout(markup, messages) {
  const last = messages.at(-1);
  return markup?.force_reply && last?.from?.is_bot ? last : null;
}

/** The keys of a reply keyboard; `tap` gets the button. */
export function replyKeyboard(markup, tap) {
  return h('div', { class: `reply-keyboard${markup.resize_keyboard ? '' : ' tall'}`, role: 'group', 'aria-label': 'Клавиатура бота' },
    markup.keyboard.map((buttons) => h('div', { class: 'reply-row' },
      buttons.map((button) => {
        const key = typeof button === 'string' ? { text: button } : button;
        return h('button', { type: 'button', class: 'reply-key', onclick: () => tap(key) },
          key.request_contact ? icon('phone') : null, h('span', {}, key.text));
      }))));
}
