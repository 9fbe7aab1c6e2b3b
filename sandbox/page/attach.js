// The window before files are sent: what they are sent as, and with what caption.

import { h } from './dom.js';
import { modal } from './dialogs.js';
import { fileSize } from './media.js';

const AS_PHOTO = ['image/jpeg', 'image/png', 'image/webp'];

/** A form ready for the door, or undefined if the person thinks better of it. */
export async function chooseHow(files, caption) {
  const pictures = files.every((file) => AS_PHOTO.includes(file.type));
  const sounds = files.length === 1 && files[0].type.startsWith('audio/');
  const kinds = [
    pictures ? ['photo', files.length > 1 ? 'Альбомом фотографий' : 'Фотографией'] : null,
    sounds ? ['voice', 'Голосовым сообщением'] : null,
    ['document', files.length > 1 ? 'Файлами без сжатия' : 'Файлом без сжатия'],
  ].filter(Boolean);
  const urls = pictures ? files.map((file) => URL.createObjectURL(file)) : [];

  const chosen = await modal(files.length > 1 ? `Отправить файлов: ${files.length}` : 'Отправить файл', (close) => {
    const field = h('textarea', { rows: 2, value: caption, placeholder: 'Подпись', 'aria-label': 'Подпись', maxLength: 4096 });
    const options = kinds.map(([kind, label], index) => h('label', { class: 'choice' },
      h('input', { type: 'radio', name: 'kind', value: kind, checked: index === 0 }), h('span', {}, label)));
    const form = h('form', {
      class: 'attach',
      onsubmit: (event) => { event.preventDefault(); close({ kind: new FormData(form).get('kind'), caption: field.value.trim() }); },
      onkeydown: (event) => { if (event.key === 'Enter' && !event.shiftKey && event.target === field) { event.preventDefault(); form.requestSubmit(); } },
    },
    pictures ? h('div', { class: 'previews' }, urls.map((url) => h('img', { src: url, alt: '' })))
      : h('ul', { class: 'names' }, files.map((file) => h('li', {}, h('span', {}, file.name), h('small', {}, fileSize(file.size))))),
    kinds.length > 1 ? h('div', { class: 'choices', role: 'radiogroup', 'aria-label': 'Как отправить' }, options) : h('input', { type: 'hidden', name: 'kind', value: kinds[0][0] }),
    field,
    h('div', { class: 'dialog-buttons' },
      h('button', { type: 'button', onclick: () => close() }, 'Отмена'),
      h('button', { type: 'submit', class: 'primary', autofocus: true }, 'Отправить')));
    return form;
  });
  urls.forEach((url) => URL.revokeObjectURL(url));
  if (!chosen) return undefined;

  const form = new FormData();
  form.append('kind', chosen.kind);
  if (chosen.caption) form.append('caption', chosen.caption);
  files.forEach((file) => form.append('file', file, file.name));
  return form;
}
