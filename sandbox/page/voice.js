// Recording a voice message with the browser's microphone.

/** Starts recording; `{stop(), done: Promise<{blob, seconds}>}`. Throws where there is no microphone. */
export async function recorder(tick) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const type = ['audio/ogg;codecs=opus', 'audio/webm;codecs=opus'].find((kind) => MediaRecorder.isTypeSupported(kind));
  const media = new MediaRecorder(stream, type ? { mimeType: type } : {});
  const parts = [];
  const began = performance.now();
  const passed = () => Math.max(1, Math.round((performance.now() - began) / 1000));
  const timer = setInterval(() => tick(passed()), 500);
  media.ondataavailable = (event) => parts.push(event.data);
  const done = new Promise((resolve) => {
    media.onstop = () => {
      clearInterval(timer);
      stream.getTracks().forEach((track) => track.stop());
      resolve({ blob: new Blob(parts, { type: media.mimeType }), seconds: passed() });
    };
  });
  media.start();
  tick(0);
  return { stop: () => media.stop(), done };
}
