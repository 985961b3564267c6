// Which line comes next, and how many there are of a kind: over plain rows {key, element, tags: Set}.

export function passes(row, filter) {
  return !filter || row.tags.has(filter);
}

/** The next (+1) or previous (-1) row that passes, seen from the row `key`; null at the end. */
export function neighbour(rows, key, step, filter = '') {
  const place = rows.findIndex((row) => row.key === key);
  for (let at = place + step; at >= 0 && at < rows.length; at += step) {
    if (passes(rows[at], filter)) return rows[at];
  }
  return null;
}

/** The next one carrying a tag, going round; mine before others'. */
export function following(rows, key, tag) {
  const place = rows.findIndex((row) => row.key === key);
  const round = [...rows.slice(place + 1), ...rows.slice(0, Math.max(place, 0))].filter((row) => row.tags.has(tag));
  return round.find((row) => row.tags.has('mi')) ?? round[0] ?? null;
}

/** Tag -> how many rows carry it. */
export function tally(rows) {
  const counts = new Map();
  for (const row of rows) for (const tag of row.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return counts;
}

/** How many lines still want something before the sheet can be closed. */
export function wanting(rows) {
  return rows.filter((row) => ['un', 'nw', 'np', 'co'].some((tag) => row.tags.has(tag))).length;
}
