// What was typed and not yet acknowledged, kept on this machine, per person, sheet and line.
const PREFIX = 'dabiao.sheet';

/** createDrafts(store, 7, 12): of account 7 on sheet 12. A store that refuses keeps things in memory only. */
export function createDrafts(store, account, sheet) {
  const prefix = `${PREFIX}.${account}.${sheet}.`;
  const kept = new Map();

  function load(line) {
    return kept.get(line) ?? null;
  }

  function put(line, draft) {
    kept.set(line, draft);
    try {
      store.setItem(prefix + line, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function drop(line) {
    kept.delete(line);
    try {
      store.removeItem(prefix + line);
    } catch {
      // Nothing was kept there either.
    }
  }

  for (const [line, draft] of stored(store, prefix)) kept.set(line, draft);
  return { load, put, drop, lines: () => [...kept.keys()] };
}

function stored(store, prefix) {
  const found = [];
  try {
    for (let index = 0; index < store.length; index += 1) {
      const key = store.key(index);
      if (!key.startsWith(prefix)) continue;
      const draft = JSON.parse(store.getItem(key));
      if (draft?.answer && Number.isInteger(draft.base)) found.push([key.slice(prefix.length), draft]);
    }
  } catch {
    // Unreadable or refused: what was typed since is still in memory.
  }
  return found;
}
