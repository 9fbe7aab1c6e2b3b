// The open chat: head, messages, input. Redraws only rows whose messages changed.

import { h, icon, iconButton, reconcile } from './dom.js';
import { bubbleRow, dayRow, rows, serviceRow } from './bubbles.js';
import { Composer } from './composer.js';
import { chatHeader, pinnedBar } from './header.js';
import { now, store } from './store.js';

export class ChatView {
  /** `act` are the things a person can do: press, open, command, copy, more, back, seen. */
  constructor(act) {
    this.act = act;
    this.drawn = new Map(); // row key → {signature, node}
    this.person = null;
    this.fresh = 0; // messages that came while the person was reading above
    this.composer = new Composer();
    this.head = h('header', { class: 'chat-head' });
    this.pinned = h('div', { class: 'pinned-box' });
    this.list = h('ol', { class: 'messages', 'aria-label': 'Сообщения' });
    this.hello = h('div', { class: 'hello' });
    this.scroller = h('div', {
      class: 'scroller', tabindex: '-1', onscroll: () => this.scrolled(),
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => { event.preventDefault(); this.composer.files([...event.dataTransfer.files]); },
    }, this.hello, this.list);
    this.toEnd = iconButton('chevron', 'К последним сообщениям', () => this.scrollToEnd(true), { class: 'icon-button to-end', hidden: true });
    this.announcer = h('div', { class: 'off-screen', 'aria-live': 'polite' });
    this.node = h('section', { class: 'chat-open' }, this.head, this.pinned,
      h('div', { class: 'scroller-box' }, this.scroller, this.toEnd), this.composer.node, this.announcer);
    // Pictures that load late and keyboards that open make the content longer or the window shorter.
    new ResizeObserver(() => { if (this.sticks) this.scrollToEnd(); }).observe(this.list);
    new ResizeObserver(() => { if (this.sticks) this.scrollToEnd(); }).observe(this.scroller);
    this.sticks = true;
    this.lastTop = 0;
  }

  show(person, chat) {
    const other = this.person !== person.id;
    if (other) {
      this.drawn.clear();
      this.list.replaceChildren();
      this.person = person.id;
      this.sticks = true;
      this.fresh = 0;
      this.lastId = null;
    }
    this.chat = chat;
    this.composer.show(person, chat);
    this.drawHead(person);
    this.drawHello(person);
    this.drawPinned();
    this.drawMessages(person);
    this.notice();
    if (this.sticks) this.scrollToEnd();
    if (other && matchMedia('(pointer: fine)').matches) this.composer.focus();
    if (this.sticks && document.visibilityState === 'visible') this.act.seen(person.id);
  }

  drawHead(person) {
    const signature = JSON.stringify([person.id, person.name, store.bot.first_name, this.chat.action?.name]);
    if (this.head.dataset.signature === signature) return;
    const focused = this.head.contains(document.activeElement) ? document.activeElement.getAttribute('aria-label') : null;
    this.head.dataset.signature = signature;
    this.head.replaceChildren(...chatHeader(person, this.chat, { back: this.act.back, more: (event) => this.act.more(event.currentTarget) }));
    if (focused) this.head.querySelector(`[aria-label="${CSS.escape(focused)}"]`)?.focus();
  }

  drawHello(person) {
    const empty = !this.chat.messages.length;
    this.hello.hidden = !empty;
    if (!empty) { this.hello.replaceChildren(); return; }
    const about = store.bot.description;
    this.hello.replaceChildren(h('div', { class: 'hello-card' },
      h('b', {}, about ? 'Что умеет этот бот?' : 'Здесь пока пусто'),
      h('p', {}, about || (person.started ? 'Сообщений ещё нет.' : 'Нажмите «Начать», и бот получит /start.'))));
  }

  drawPinned() {
    const id = this.chat.pinned.at(-1);
    const message = this.chat.messages.find((one) => one.message_id === id);
    this.pinned.replaceChildren(...(message ? [pinnedBar(message, (target) => this.jump(target))] : []));
  }

  drawMessages(person) {
    const focus = this.focusMark();
    const found = rows(this.chat.messages, person.id, now());
    const keys = new Set();
    const nodes = found.map((row) => {
      keys.add(row.key);
      const view = this.viewOf(row);
      const known = this.drawn.get(row.key);
      const signature = [row.marks, row.first, row.last, view.revealed, view.pending?.row, view.pending?.column];
      if (known && same(known.signature, signature) && same(known.messages, row.messages)) return known.node;
      const node = this.rowNode(row, view);
      if (known && row.kind === 'day') node.lastChild.replaceWith(known.node.lastChild);
      if (!known && this.lastId !== null && row.messages[0]?.message_id > this.lastId) node.classList.add('arriving');
      if (known) known.node.replaceWith(node);
      this.drawn.set(row.key, { signature, messages: [...row.messages], node });
      return node;
    });
    for (const key of this.drawn.keys()) if (!keys.has(key)) this.drawn.delete(key);
    const days = [];
    found.forEach((row, index) => {
      if (row.kind === 'day') days.push([nodes[index], []]);
      else days.at(-1)[1].push(nodes[index]);
    });
    reconcile(this.list, days.map(([day]) => day));
    days.forEach(([day, inside]) => reconcile(day.querySelector('.day-rows'), inside));
    this.restoreFocus(focus);
  }

  viewOf(row) {
    const ids = row.messages.map((message) => message.message_id);
    const chat = this.chat;
    return {
      revealed: ids.some((id) => chat.revealed.has(id)),
      pending: ids.map((id) => chat.pending.get(id)).find(Boolean),
      reveal: () => { ids.forEach((id) => chat.revealed.add(id)); this.act.redraw(); },
    };
  }

  rowNode(row, view) {
    const act = { ...this.act, jump: (id) => this.jump(id), reply: (message) => this.composer.reply(message) };
    if (row.kind === 'day') return dayRow(row);
    if (row.kind === 'service') return serviceRow(row, act);
    return bubbleRow(row, act, view);
  }

  // A button that was pressed by key must keep the focus when its message is edited.
  focusMark() {
    const node = document.activeElement;
    const message = node?.closest?.('.messages [data-message]')?.closest('.message');
    if (!message) return null;
    return { key: message.dataset.message, row: node.dataset.row, column: node.dataset.column };
  }

  restoreFocus(mark) {
    if (!mark || this.list.contains(document.activeElement)) return;
    const message = this.list.querySelector(`.message[data-message="${mark.key}"]`);
    const buttons = message?.querySelectorAll('.inline-button');
    if (!buttons?.length) { this.composer.focus(); return; }
    const button = message.querySelector(`[data-row="${mark.row}"][data-column="${mark.column}"]`) ?? buttons[0];
    button.focus({ preventScroll: true });
  }

  notice() {
    const last = this.chat.messages.at(-1);
    const id = last?.message_id ?? 0;
    if (this.lastId !== null && id > this.lastId) {
      const mine = last.from?.id === this.person;
      if (mine) this.sticks = true;
      else {
        if (!this.sticks) this.fresh += 1;
        this.announcer.textContent = last.text ?? last.caption ?? 'Новое сообщение';
      }
    }
    this.lastId = id;
    this.drawToEnd();
  }

  // — scrolling —

  scrolled() {
    const top = this.scroller.scrollTop;
    const rest = this.scroller.scrollHeight - top - this.scroller.clientHeight;
    // Content that grew below is no wish to read above: only a move upwards is.
    const sticks = rest < 40 || (this.sticks && top >= this.lastTop);
    this.lastTop = top;
    if (sticks && !this.sticks) { this.fresh = 0; this.act.seen(this.person); }
    this.sticks = sticks;
    this.drawToEnd(rest);
  }

  drawToEnd(rest = 0) {
    this.toEnd.hidden = this.sticks || (rest < 300 && !this.fresh);
    this.toEnd.replaceChildren(icon('chevron'), ...(this.fresh ? [h('span', { class: 'badge' }, String(this.fresh))] : []));
  }

  scrollToEnd(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth ? 'smooth' : 'instant' });
  }

  jump(id) {
    const node = this.list.querySelector(`[data-message="${id}"]`)?.closest('.message');
    if (!node) return;
    this.sticks = false;
    node.scrollIntoView({ block: 'center' });
    node.classList.remove('flash');
    requestAnimationFrame(() => node.classList.add('flash'));
  }
}

const same = (a, b) => a.length === b.length && a.every((value, index) => value === b[index]);
