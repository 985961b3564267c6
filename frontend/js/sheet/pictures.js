// Pictures of an item: sent one after another with progress and count; what fails says why and can be tried again.
import { objection } from '../drop.js';
import { toast } from '../toast.js';
import { postForm, token } from './wire.js';
import { words } from './words.js';

const MIB = 1024 * 1024;
const ACCEPT = 'image/jpeg,image/png,.heic,.heif,image/heic,image/heif,.mp4,video/mp4,.pdf,application/pdf,.jpg,.jpeg,.png';

/** startPictures({holder, changed, restore}): `changed(line, data)` draws what the server answers. */
export function startPictures({ holder, changed, restore }) {
  holder.addEventListener('change', (event) => {
    if (event.target.type === 'file') take(event.target.closest('[data-pane]'), event.target);
    if (event.target.matches('[data-caption]')) describe(event.target);
  });
  for (const type of ['dragover', 'dragleave', 'drop']) {
    holder.addEventListener(type, (event) => {
      const pane = event.target.closest('[data-pane][data-editable]');
      if (!pane || !event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      pane.querySelector('[data-upload]').classList.toggle('is-over', type === 'dragover');
      if (type === 'drop') deliver(pane, [...event.dataTransfer.files]);
    });
  }
  holder.addEventListener('click', (event) => {
    const remove = event.target.closest('[data-remove]');
    if (remove) takeOff(remove);
    const link = event.target.closest('[data-enlarge]');
    if (link) enlarge(event, link);
  });

  function take(pane, input) {
    const files = [...input.files];
    input.value = '';
    deliver(pane, files);
  }

  async function deliver(pane, files) {
    const box = pane.querySelector('[data-upload]');
    let done = 0;
    for (const [index, file] of files.entries()) {
      const fault = objection(file, ACCEPT, file.type.startsWith('image/') ? 30 * MIB : 200 * MIB);
      if (fault) complain(pane, file, words.uploadRefused(file.name, words[fault]), false);
      else if (await deliverOne(pane, file, index + 1, files.length)) done += 1;
    }
    say(box, done ? words.uploaded(done) : '');
  }

  async function deliverOne(pane, file, at, count) {
    const box = pane.querySelector('[data-upload]');
    const { status, data } = await send(pane.dataset.attachUrl, file, (share) =>
      say(box, share < 1 ? words.uploading(at, count, file.name, Math.floor(share * 100)) : words.keeping(at, count, file.name)),
    );
    if (status === 200) changed(pane.dataset.line, data);
    else if (status === 0) complain(pane, file, words.uploadOffline(file.name), true);
    else complain(pane, file, words.uploadRefused(file.name, data.text ?? words.failedHere), status >= 500);
    return status === 200;
  }

  function complain(pane, file, text, again) {
    const line = document.createElement('li');
    line.append(text);
    if (again) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-sm';
      button.textContent = words.retry;
      button.addEventListener('click', () => {
        line.remove();
        deliver(pane, [file]);
      });
      line.append(button);
    }
    pane.querySelector('[data-upload-faults]').append(line);
  }

  async function describe(input) {
    const line = input.closest('[data-pane]').dataset.line;
    const { status, data } = await postForm(input.dataset.caption, { caption: input.value }).catch(() => ({ status: 0, data: {} }));
    if (status === 200) changed(line, { ...data, pictures: undefined });
    else toast(data.text ?? words.loadFailed, { kind: 'bad' });
  }

  async function takeOff(button) {
    const { line } = button.closest('[data-pane]').dataset;
    const { status, data } = await postForm(button.dataset.remove, {}).catch(() => ({ status: 0, data: {} }));
    if (status !== 200) return toast(data.text ?? words.loadFailed, { kind: 'bad' });
    changed(line, data);
    return toast(words.removed, { undo: () => putBack(line, data.undo), undoLabel: words.undo });
  }

  async function putBack(line, undo) {
    const { status, data } = await postForm(restore, { undo }).catch(() => ({ status: 0, data: {} }));
    if (status === 200) changed(line, data);
    toast(status === 200 ? words.back : (data.text ?? words.loadFailed), { kind: status === 200 ? 'good' : 'bad' });
  }
}

function say(box, text) {
  const state = box.querySelector('[data-upload-state]');
  state.textContent = text;
  state.hidden = !text;
}

function enlarge(event, link) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const dialog = document.getElementById('lightbox');
  const image = dialog.querySelector('[data-lightbox]');
  image.src = link.href;
  image.alt = link.querySelector('img').alt;
  dialog.querySelector('[data-lightbox-words]').textContent = image.alt;
  dialog.showModal();
}

// XMLHttpRequest, because fetch tells nothing about the way out.
function send(url, file, onProgress) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append('file', file);
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('load', () => resolve({ status: request.status, data: parsed(request.responseText) }));
    request.addEventListener('error', () => resolve({ status: 0, data: {} }));
    request.open('POST', url);
    request.setRequestHeader('X-CSRFToken', token());
    request.send(body);
  });
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
