// The form of one item: what a tap or a keystroke means, what is drawn at once, when it is handed on to be saved.
import { canonical, counted, lacks, read, write } from './answers.js';
import { words } from './words.js';

const PAUSE = 700;

/** startForm({holder, saver, drafts}): hands answers to the saver; `flush` hands on what is still being typed. */
export function startForm({ holder, saver, drafts }) {
  let timer = 0;
  let baseline = '';
  let muted = false; // between panes: a field that goes while it has the focus still fires its change

  const pane = () => holder.querySelector('[data-pane]');
  const form = () => holder.querySelector('[data-answer]');

  holder.addEventListener('submit', (event) => event.preventDefault());
  holder.addEventListener('click', (event) => {
    const tap = event.target.closest('button[data-tap]');
    if (tap) more(tap.closest('[data-rule]'));
  });
  holder.addEventListener('input', (event) => {
    if (muted || !event.target.closest('[data-answer]') || aside(event.target)) return;
    if (event.target.closest('[data-rule]')) deducts(event.target.closest('[data-rule]'));
    draw();
    keep();
    clearTimeout(timer);
    timer = setTimeout(handOn, PAUSE);
  });
  holder.addEventListener('change', (event) => {
    if (!muted && event.target.closest('[data-answer]') && !aside(event.target)) handOn();
  });

  // Pictures lie inside the form but are saved by themselves.
  const aside = (control) => control.type === 'file' || control.matches('[data-caption]');

  function more(row) {
    const input = row.querySelector('[data-count]');
    input.value = String(counted(row) + 1);
    deducts(row);
    draw();
    handOn();
  }

  /** A deduction used means the verdict. */
  function deducts(row) {
    const free = row.querySelector('[data-free]')?.value.trim();
    if (counted(row) || free) form().querySelector('input[value="deducted"]').checked = true;
  }

  function verdict(value) {
    const radio = form()?.querySelector(`input[name="verdict"][value="${value}"]`);
    if (!radio) return;
    radio.checked = true;
    draw();
    handOn();
    if (value === 'not_applicable' && !form().elements.reason.value) form().elements.reason.focus();
  }

  /** Keep what is being typed on this machine, at every stroke. */
  function keep() {
    const answer = read(form());
    if (drafts.load(line()) || canonical(answer) !== baseline) saver.keep(line(), answer);
  }

  function handOn() {
    clearTimeout(timer);
    timer = 0;
    const found = form();
    if (!found) return;
    const answer = read(found);
    if (!drafts.load(line()) && canonical(answer) === baseline) return;
    const lack = lacks(answer, Boolean(found.querySelector('[data-rule]')));
    hint(lack ? words.lacks[lack] : '');
    if (!lack) saver.put(line(), answer);
    else if (canonical(answer) === baseline) drafts.drop(line());
    else saver.keep(line(), answer);
  }

  const line = () => pane().dataset.line;

  function flush() {
    if (timer) handOn();
  }

  function draw() {
    const found = form();
    if (!found) return;
    const { verdict: chosen } = read(found);
    for (const row of found.querySelectorAll('[data-rule]')) drawRule(row, chosen === 'deducted');
    found.querySelector('[data-reason]').hidden = chosen !== 'not_applicable';
  }

  /** Before the pane goes: what is in it is handed on, unless it is given up. */
  function leave({ giveUp = false } = {}) {
    muted = giveUp;
    if (giveUp) clearTimeout(timer);
    if (holder.contains(document.activeElement)) document.activeElement.blur();
    if (!giveUp) flush();
    timer = 0;
    muted = true;
  }

  /** A pane just shown: what the server holds, and over it what was typed here and not yet acknowledged. */
  function enter() {
    muted = false;
    const found = form();
    if (!found) return;
    const early = read(found); // typed before this script was there
    found.reset();
    baseline = canonical(read(found));
    const draft = drafts.load(line());
    saver.versions.set(line(), draft ? draft.base : Number(pane().dataset.version));
    if (draft) restore(found, draft);
    else if (canonical(early) !== baseline) put(early);
    draw();
  }

  function restore(found, draft) {
    write(found, draft.answer);
    hint(draft.ready ? '' : words.lacks[lacks(draft.answer, Boolean(found.querySelector('[data-rule]')))] || words.restored);
  }

  function acknowledged(data) {
    pane().dataset.version = String(data.version);
    if (form() && !drafts.load(line())) baseline = canonical(read(form()));
  }

  function put(answer) {
    write(form(), answer);
    draw();
    keep();
    handOn();
  }

  function hint(text, bad = false) {
    const place = holder.querySelector('[data-hint]');
    if (!place) return;
    place.textContent = text;
    place.hidden = !text;
    place.classList.toggle('is-bad', bad);
  }

  return { enter, leave, resume: () => (muted = false), flush, verdict, acknowledged, put, hint, pane };
}

function drawRule(row, deducted) {
  const free = row.querySelector('[data-free]');
  const count = counted(row);
  const used = deducted && (free ? Boolean(free.value.trim()) : count > 0);
  row.classList.toggle('is-used', used);
  const label = row.querySelector('.deduction-points');
  const amount = free ? Number(free.value) * 1000 : Number(row.dataset.each) * count;
  label.textContent = used && amount > 0 ? `−${+(amount / 1000).toFixed(3)}` : label.dataset.amount;
}
