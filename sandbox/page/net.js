// The HTTP door: JSON in and out, and the stream of events.

/** A refusal of the door, with a sentence that can be shown. */
export class Refusal extends Error {}

async function call(path, options) {
  let response;
  try {
    response = await fetch(path, { cache: 'no-store', ...options });
  } catch {
    throw new Refusal('Песочница не отвечает. Проверьте, что она запущена.');
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refusal(body.error ?? `Песочница ответила ошибкой ${response.status}.`);
  return body;
}

export const get = (path) => call(`/page/${path}`, {});

export function post(path, body = {}) {
  if (body instanceof FormData) return call(`/page/${path}`, { method: 'POST', body });
  return call(`/page/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export const fileUrl = (fileId, download = false) =>
  `/page/file/${encodeURIComponent(fileId)}${download ? '?download=1' : ''}`;

/**
 * Listens to the events for as long as the page lives. `onopen` runs at every (re)connection, when
 * whatever was missed has to be read anew; `onlost` when the line breaks.
 */
export function listen({ onopen, onevent, onlost }) {
  const connect = (delay) => {
    const source = new EventSource('/page/events');
    source.onopen = () => { delay = 500; onopen(); };
    source.onmessage = (event) => onevent(JSON.parse(event.data));
    source.onerror = () => {
      // The browser gives up for good after some answers (a refusal, a restart); we do not.
      source.close();
      onlost();
      setTimeout(() => connect(Math.min(delay * 1.6, 5000)), delay);
    };
  };
  connect(500);
}
