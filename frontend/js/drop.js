// Pictures: dropped, chosen or taken. Preview at once, sent one after another with progress.
// <div class="drop" data-drop="url" data-name="file" data-into="list id"> <input type="file"> </div>
export const LARGEST = 20 * 1024 * 1024;

/** Why a file will not be taken, as the name of a message; '' if it will. The server looks at the content again. */
export function objection(file, accept, largest = LARGEST) {
  if (file.size === 0) return 'empty';
  if (file.size > largest) return 'large';
  const allowed = accept.split(',').map((part) => part.trim().toLowerCase()).filter(Boolean);
  const fits = (part) =>
    part.startsWith('.') ? file.name.toLowerCase().endsWith(part)
    : part.endsWith('/*') ? file.type.startsWith(part.slice(0, -1))
    : file.type === part;
  return !allowed.length || allowed.some(fits) ? '' : 'kind';
}

export function startDrop() {
  for (const type of ['dragover', 'dragleave', 'drop']) {
    document.addEventListener(type, (event) => {
      const zone = event.target.closest?.('[data-drop]');
      if (!zone) return;
      event.preventDefault();
      zone.classList.toggle('is-over', type === 'dragover');
      if (type === 'drop') take(zone, event.dataTransfer.files);
    });
  }
  document.addEventListener('change', (event) => {
    const zone = event.target.closest('[data-drop]');
    if (zone && event.target.type === 'file') take(zone, event.target.files).then(() => (event.target.value = ''));
  });
}

async function take(zone, files) {
  const accept = zone.querySelector('input[type="file"]')?.accept ?? '';
  for (const file of files) {
    const reason = objection(file, accept);
    if (reason) complain(zone, file, reason);
    else await deliver(zone, file);
  }
}

function complain(zone, file, reason) {
  const words = (zone.dataset[reason] ?? '').replace('{name}', file.name);
  document.dispatchEvent(new CustomEvent('look:toast', { detail: { words, kind: 'bad' } }));
}

async function deliver(zone, file) {
  const row = preview(file);
  document.getElementById(zone.dataset.into)?.append(row);
  try {
    const answer = await send(zone, file, (share) => (row.querySelector('progress').value = share));
    row.querySelector('progress').remove();
    zone.dispatchEvent(new CustomEvent('look:delivered', { bubbles: true, detail: { row, answer, file } }));
  } catch {
    row.remove();
    complain(zone, file, 'failed');
  }
}

function preview(file) {
  const row = document.createElement('li');
  row.className = 'picture';
  row.append(file.type.startsWith('image/') ? thumbnail(file) : blank());
  const name = document.createElement('span');
  name.textContent = file.name;
  const progress = document.createElement('progress');
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute('aria-label', file.name);
  row.append(name, progress);
  return row;
}

function thumbnail(file) {
  const image = document.createElement('img');
  image.alt = file.name;
  image.src = URL.createObjectURL(file);
  // HEIC and the like cannot be shown here: a blank then stands for them.
  image.addEventListener('error', () => image.replaceWith(blank()));
  image.addEventListener('load', () => URL.revokeObjectURL(image.src));
  return image;
}

function blank() {
  const made = document.createElement('span');
  made.className = 'picture-blank';
  return made;
}

// XMLHttpRequest, because fetch tells nothing about the way out.
function send(zone, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append(zone.dataset.name || 'file', file);
    request.upload.addEventListener('progress', (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    request.addEventListener('load', () => (request.status < 300 ? resolve(request.responseText) : reject(request)));
    request.addEventListener('error', () => reject(request));
    request.open('POST', zone.dataset.drop);
    request.setRequestHeader('X-CSRFToken', token());
    request.send(body);
  });
}

function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? '';
}
