// Saving answers: each line's newest answer, one at a time, until the server has said that it has it.
import { createQueue } from '../autosave.js';
import { canonical } from './answers.js';

/**
 * createSaver({post, drafts, told, wait}): `post(line, answer, version)` gives {status, data}, and rejects where
 * nothing answers. `told` has saved(line, data), conflict(line, data), refused(line, text), signedOut(), state(name, waiting).
 * `versions` holds, per line, the version that the person has seen.
 */
export function createSaver({ post, drafts, told, wait }) {
  const versions = new Map();
  const attempted = new Map();
  const conflicts = new Map();
  const queue = createQueue({ send, onState: told.state, pause: 0, ...(wait ? { wait } : {}) });

  async function send(line, answer) {
    if (!drafts.load(line)) return undefined; // given up meanwhile
    const base = versions.get(line) ?? 0;
    const tried = attempted.get(line) ?? new Set();
    attempted.set(line, tried.add(canonical(answer)));
    const { status, data } = await post(line, answer, base).catch(() => {
      throw { offline: true };
    });
    if (status === 200) return acknowledge(line, answer, data);
    if (status === 409 && data.conflict) return settle(line, answer, data, base);
    if (status === 401) told.signedOut();
    if (status === 401 || status === 429 || status >= 500) throw { failed: true };
    return refuse(line, answer, data);
  }

  // Refused as it stands: tried again only when the person changes it, which may have happened meanwhile.
  function refuse(line, answer, data) {
    const newer = drafts.load(line)?.answer;
    if (newer && canonical(newer) !== canonical(answer)) setTimeout(() => queue.put(line, newer));
    told.refused(line, data.text ?? '');
    throw { conflict: true };
  }

  function acknowledge(line, answer, data) {
    versions.set(line, data.version);
    attempted.delete(line);
    conflicts.delete(line);
    const draft = drafts.load(line);
    if (draft && canonical(draft.answer) === canonical(answer)) drafts.drop(line);
    else if (draft) drafts.put(line, { ...draft, base: data.version });
    told.saved(line, data);
  }

  // What stands may be our own answer whose acknowledgement was lost on the way: then there is no conflict.
  function settle(line, answer, data, base) {
    if (!drafts.load(line) || (versions.get(line) ?? 0) !== base) return undefined; // the person was quicker
    if (data.own && data.theirs && attempted.get(line).has(canonical(data.theirs))) {
      versions.set(line, data.version);
      return send(line, answer);
    }
    conflicts.set(line, data);
    told.conflict(line, data);
    throw { conflict: true };
  }

  function put(line, answer) {
    drafts.put(line, { answer, base: versions.get(line) ?? 0, ready: true });
    queue.put(line, answer); // during a conflict too: both sides come back as they are now
  }

  /** Keep what cannot be sent yet on this machine. */
  function keep(line, answer) {
    drafts.put(line, { answer, base: versions.get(line) ?? 0, ready: false });
  }

  /** What an earlier visit left unsent goes out first. */
  function resume() {
    for (const line of drafts.lines()) {
      const { answer, base, ready } = drafts.load(line);
      versions.set(line, base);
      if (ready) queue.put(line, answer);
    }
  }

  /** The person has seen both sides and goes on from the version that stands. */
  function resolve(line) {
    const data = conflicts.get(line);
    conflicts.delete(line);
    attempted.delete(line);
    if (data) versions.set(line, data.version);
    return data;
  }

  return { put, keep, resume, resolve, versions, conflicts, settled: queue.settled, get waiting() { return queue.size; } };
}
