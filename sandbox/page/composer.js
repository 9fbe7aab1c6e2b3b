// The input line: text, commands, files, voice, the reply keyboard.

import { h, icon, iconButton } from './dom.js';
import { complain, confirmBox, toast } from './dialogs.js';
import { chooseHow } from './attach.js';
import { summary } from './bubbles.js';
import { askedAbout, replyKeyboard } from './keyboards.js';
import { post } from './net.js';
import { recorder } from './voice.js';

// Where the browser lets a text field grow by itself (style.css), measuring is spared.
const GROWS = CSS.supports('field-sizing', 'content');

/**
 * One composer serves every chat. `show(person, chat)` draws it for a chat; `send` hands texts and
 * files to the door.
 */
export class Composer {
  constructor() {
    this.person = null;
    this.chat = null;
    this.chosen = 0;
    this.field = h('textarea', {
      class: 'field', rows: 1, 'aria-label': 'Сообщение', placeholder: 'Сообщение', maxLength: 20000, enterKeyHint: 'send',
      oninput: () => { this.chat.draft = this.field.value; this.fit(); this.drawCommands(); this.drawButtons(); },
      onkeydown: (event) => this.key(event),
      onpaste: (event) => { if (event.clipboardData.files.length) { event.preventDefault(); this.files([...event.clipboardData.files]); } },
    });
    this.picker = h('input', { type: 'file', multiple: true, hidden: true, 'aria-label': 'Файлы', onchange: () => { this.files([...this.picker.files]); this.picker.value = ''; } });
    this.menuButton = h('button', { type: 'button', class: 'menu-button', 'aria-haspopup': 'listbox', onclick: () => this.toggleCommands() });
    this.keysButton = iconButton('keys', 'Клавиатура бота', () => this.toggleKeyboard());
    this.sendButton = iconButton('send', 'Отправить', () => this.sendText(), { class: 'icon-button send' });
    this.voiceButton = iconButton('mic', 'Записать голосовое сообщение', () => this.voice());
    this.commands = h('div', { class: 'commands', role: 'listbox', 'aria-label': 'Команды бота', hidden: true });
    this.replyBar = h('div', { class: 'reply-bar', hidden: true });
    this.keyboard = h('div', { class: 'keyboard-box' });
    this.line = h('div', { class: 'line' }, this.menuButton,
      iconButton('clip', 'Прикрепить файл', () => this.picker.click()), this.field, this.keysButton, this.voiceButton, this.sendButton);
    this.start = h('button', { type: 'button', class: 'big-button', onclick: () => this.begin() });
    this.node = h('div', { class: 'composer' }, this.commands, this.replyBar, this.line, this.start, this.keyboard, this.picker);
    this.voiceRecorder = null;
  }

  show(person, chat) {
    const other = this.person?.id !== person.id;
    this.person = person;
    this.chat = chat;
    if (other) { this.field.value = chat.draft; this.allCommands = false; this.fit(); }
    const state = person.deactivated ? 'deactivated' : person.blocked ? 'blocked' : person.started ? 'open' : 'new';
    this.line.hidden = state !== 'open';
    this.start.hidden = state === 'open';
    this.start.disabled = state === 'deactivated';
    this.start.textContent = { new: 'Начать', blocked: 'Разблокировать', deactivated: 'Аккаунт удалён', open: '' }[state];
    this.state = state;
    this.drawKeyboard();
    this.drawReply();
    this.drawCommands();
    this.drawButtons();
  }

  focus() {
    if (!this.line.hidden) this.field.focus({ preventScroll: true });
    else if (!this.start.disabled) this.start.focus({ preventScroll: true });
  }

  fit() {
    if (GROWS) return;
    this.field.style.height = 'auto';
    this.field.style.height = `${Math.min(this.field.scrollHeight, 180)}px`;
  }

  async begin() {
    try {
      await post(`people/${this.person.id}/${this.state === 'blocked' ? 'unblock' : 'start'}`, {});
    } catch (error) { complain(error); }
  }

  // — texts —

  async sendText(text = this.field.value.trim(), { keepField = false } = {}) {
    if (!text) return;
    const body = { text };
    const target = this.chat.replyTo ?? this.forced;
    if (target) body.reply_to_message_id = target.message_id;
    const before = this.field.value;
    if (!keepField) { this.field.value = ''; this.chat.draft = ''; this.fit(); }
    this.chat.replyTo = null;
    this.drawReply();
    this.drawCommands();
    this.drawButtons();
    try {
      await post(`people/${this.person.id}/messages`, body);
    } catch (error) {
      if (!keepField) { this.field.value = before; this.chat.draft = before; this.fit(); this.drawButtons(); }
      complain(error);
    }
  }

  key(event) {
    const open = !this.commands.hidden;
    if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      const count = this.commands.children.length;
      this.chosen = (this.chosen + (event.key === 'ArrowDown' ? 1 : count - 1)) % count;
      this.markChosen();
    } else if (open && (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey))) {
      event.preventDefault();
      const name = this.commands.children[this.chosen].dataset.command;
      if (event.key === 'Tab') { this.field.value = `/${name} `; this.chat.draft = this.field.value; this.closeCommands(); } else this.runCommand(name);
    } else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.sendText();
    } else if (event.key === 'Escape') {
      if (open) { event.stopPropagation(); this.closeCommands(); } else if (this.chat.replyTo) { event.stopPropagation(); this.reply(null); }
    }
  }

  // — the bot's commands —

  toggleCommands() {
    this.allCommands = this.commands.hidden;
    this.drawCommands();
    this.field.focus();
  }

  closeCommands() {
    this.allCommands = false;
    this.commands.hidden = true;
    this.menuButton.setAttribute('aria-expanded', 'false');
  }

  runCommand(name) {
    this.closeCommands();
    this.field.value = '';
    this.sendText(`/${name}`);
    this.field.focus();
  }

  drawCommands() {
    const typed = /^\/(\w*)$/.exec(this.field.value);
    const begun = typed?.[1].toLowerCase();
    const list = this.allCommands ? this.chat.commands
      : typed ? this.chat.commands.filter((command) => command.command.startsWith(begun)) : [];
    // What is typed whole is meant: «/me» and Enter is no «/menu».
    if (!this.allCommands) list.sort((one, other) => (other.command === begun) - (one.command === begun));
    this.commands.hidden = !list.length || this.line.hidden;
    this.menuButton.setAttribute('aria-expanded', String(!this.commands.hidden));
    this.chosen = Math.min(this.chosen, Math.max(0, list.length - 1));
    this.commands.replaceChildren(...list.map((command) => h('button', {
      type: 'button', class: 'command', role: 'option', tabIndex: -1, 'data-command': command.command,
      onmousedown: (event) => event.preventDefault(), onclick: () => this.runCommand(command.command),
    }, h('b', {}, `/${command.command}`), h('span', {}, command.description))));
    this.markChosen();
  }

  markChosen() {
    [...this.commands.children].forEach((node, index) => {
      node.setAttribute('aria-selected', String(index === this.chosen));
      if (index === this.chosen && !this.commands.hidden) node.scrollIntoView({ block: 'nearest' });
    });
  }

  drawButtons() {
    const button = this.chat.menu_button ?? { type: 'default' };
    const label = button.type === 'web_app' ? button.text : 'Меню';
    this.menuButton.hidden = !this.chat.commands.length && button.type !== 'web_app';
    if (this.menuButton.dataset.label !== label) {
      this.menuButton.dataset.label = label;
      this.menuButton.replaceChildren(h('span', { class: 'menu-sign', 'aria-hidden': 'true' }, '/'), h('span', { class: 'menu-word' }, label));
      this.menuButton.setAttribute('aria-label', `${label}: команды бота`);
    }
    const typed = this.field.value.trim() !== '';
    this.sendButton.hidden = !typed;
    this.voiceButton.hidden = typed;
  }

  // — the reply keyboard and replies —

  drawKeyboard() {
    const markup = this.chat.keyboard;
    this.forced = askedAbout(markup, this.chat.messages);
    const keys = Boolean(markup?.keyboard);
    const shown = keys && !this.line.hidden && (this.chat.keyboardShown ?? true);
    this.keysButton.hidden = !keys;
    this.keysButton.setAttribute('aria-expanded', String(shown));
    this.keyboard.hidden = !shown;
    const placeholder = markup?.input_field_placeholder ?? 'Сообщение';
    if (!this.voiceRecorder && this.field.placeholder !== placeholder) this.field.placeholder = placeholder;
    const signature = shown ? JSON.stringify(markup) + this.person.id : '';
    if (this.keyboard.dataset.signature !== signature) {
      this.keyboard.dataset.signature = signature;
      this.keyboard.replaceChildren(...(shown ? [replyKeyboard(markup, (key) => this.pressKey(key))] : []));
    }
  }

  toggleKeyboard() {
    this.chat.keyboardShown = this.keyboard.hidden;
    this.drawKeyboard();
    this.field.focus();
  }

  async pressKey(key) {
    if (this.chat.keyboard.one_time_keyboard) { this.chat.keyboardShown = false; this.drawKeyboard(); }
    if (key.request_contact) {
      const agreed = await confirmBox('Поделиться номером?', 'Бот получит ваше имя и номер телефона.', 'Отправить');
      if (agreed) post(`people/${this.person.id}/messages`, { contact: true }).catch(complain);
    } else if (key.request_location || key.request_poll || key.request_users || key.request_chat || key.web_app) {
      toast('Такие кнопки песочница не умеет.');
    } else {
      await this.sendText(key.text, { keepField: true });
    }
  }

  reply(message) {
    this.chat.replyTo = message;
    this.drawReply();
    this.field.focus();
  }

  drawReply() {
    const target = this.chat.replyTo ?? this.forced;
    this.replyBar.hidden = !target || this.line.hidden;
    if (!target) return;
    this.replyBar.replaceChildren(icon('reply'),
      h('span', { class: 'reply-text' }, h('b', {}, 'Ответ на сообщение'), h('span', {}, summary(target))),
      this.chat.replyTo ? iconButton('close', 'Не отвечать на сообщение', () => this.reply(null)) : null);
    if (!this.chat.replyTo) this.replyBar.querySelector('.icon-button')?.remove();
  }

  // — files and voice —

  async files(files) {
    if (!files.length || this.line.hidden) return;
    const caption = this.field.value.trim();
    const form = await chooseHow(files, caption);
    if (!form) return;
    if (caption) { this.field.value = ''; this.chat.draft = ''; this.fit(); this.drawButtons(); }
    await this.upload(form);
  }

  async upload(form) {
    if (this.chat.replyTo) form.append('reply_to_message_id', this.chat.replyTo.message_id);
    this.chat.replyTo = null;
    this.drawReply();
    try {
      await post(`people/${this.person.id}/messages`, form);
    } catch (error) { complain(error); }
    this.field.focus();
  }

  async voice() {
    if (this.voiceRecorder) { this.voiceRecorder.stop(); return; }
    try {
      this.voiceRecorder = await recorder((seconds) => { this.field.placeholder = `Запись… ${seconds} с`; });
    } catch {
      toast('Нет доступа к микрофону. Голосовое можно прикрепить файлом.', { error: true });
      return;
    }
    this.voiceButton.replaceChildren(icon('stop'));
    this.voiceButton.classList.add('recording');
    this.voiceButton.setAttribute('aria-label', 'Закончить и отправить голосовое');
    const record = await this.voiceRecorder.done;
    this.voiceRecorder = null;
    this.voiceButton.replaceChildren(icon('mic'));
    this.voiceButton.classList.remove('recording');
    this.voiceButton.setAttribute('aria-label', 'Записать голосовое сообщение');
    this.field.placeholder = this.chat.keyboard?.input_field_placeholder ?? 'Сообщение';
    const form = new FormData();
    form.append('kind', 'voice');
    form.append('duration', String(record.seconds));
    form.append('file', record.blob, 'voice.ogg');
    await this.upload(form);
  }
}
