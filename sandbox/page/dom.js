// Building nodes. Text always becomes a text node: nothing here or elsewhere parses HTML.

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element with properties and children. `class`, `data-*`, `aria-*`, `role` and the like become
 * attributes, `on…` listeners, everything else properties. Children that are null or false are left out.
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (name === 'class' || name.includes('-') || name === 'role' || name === 'for') {
      node.setAttribute(name, value === true ? '' : value);
    } else node[name] = value;
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An icon of the sprite in index.html. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#i-${name}`);
  svg.append(use);
  svg.setAttribute('aria-hidden', 'true');
  return svg;
}

export function iconButton(name, label, onclick, extra = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...extra }, icon(name));
}

/** Makes the children of `parent` be exactly `nodes`, touching only what differs. */
export function reconcile(parent, nodes) {
  let at = parent.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else parent.insertBefore(node, at);
  }
  while (at) {
    const next = at.nextSibling;
    at.remove();
    at = next;
  }
}

const HUES = [204, 168, 28, 268, 340, 46, 232, 120];

/** A round picture with initials, its colour fixed by the id. */
export function avatar(id, name) {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join('');
  const node = h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials.toUpperCase());
  node.style.setProperty('--hue', HUES[Math.abs(id) % HUES.length]);
  return node;
}
