// An answer as plain values: read from the form, written back, compared, merged. Only read and write know the DOM.

/** {verdict, words, reason, deductions: [{rule, count, points, words}]} as the server takes it. */
export function read(form) {
  const verdict = form.querySelector('input[name="verdict"]:checked')?.value ?? '';
  const deductions = verdict === 'deducted' ? [...form.querySelectorAll('[data-rule]')].map(used).filter(Boolean) : [];
  return {
    verdict,
    deductions,
    words: form.elements.words.value,
    reason: verdict === 'not_applicable' ? form.elements.reason.value : '',
  };
}

function used(row) {
  const points = row.querySelector('[data-free]')?.value.trim() ?? '';
  const count = row.dataset.effect === 'free' ? Number(points !== '' && points !== '0') : counted(row);
  return count > 0 ? { rule: row.dataset.rule, count, points, words: row.dataset.words } : null;
}

export function counted(row) {
  const control = row.querySelector('[data-count]');
  if (!control) return 0;
  return control.type === 'checkbox' ? Number(control.checked) : Math.max(0, Math.trunc(Number(control.value) || 0));
}

/** Put an answer into the form; rules it does not name are set to nothing. */
export function write(form, answer) {
  for (const radio of form.querySelectorAll('input[name="verdict"]')) radio.checked = radio.value === answer.verdict;
  for (const row of form.querySelectorAll('[data-rule]')) {
    const deduction = answer.deductions.find((each) => each.rule === row.dataset.rule);
    const control = row.querySelector('[data-count]');
    if (control?.type === 'checkbox') control.checked = Boolean(deduction);
    else if (control) control.value = String(deduction?.count ?? 0);
    const free = row.querySelector('[data-free]');
    if (free) free.value = deduction?.points ?? '';
    row.dataset.words = deduction?.words ?? '';
  }
  form.elements.words.value = answer.words;
  form.elements.reason.value = answer.reason;
}

/** Why an answer cannot be sent yet: 'verdict', 'rules', or '' if it can. */
export function lacks(answer, hasRules) {
  if (!answer.verdict) return 'verdict';
  return answer.verdict === 'deducted' && hasRules && !answer.deductions.length ? 'rules' : '';
}

/** One text per answer, the same for equal answers whatever their order or spelling of amounts. */
export function canonical(answer) {
  const amount = (text) => (text ? String(Number(text)) : '');
  const deductions = answer.deductions.map((each) => [each.rule, each.count, amount(each.points), each.words ?? '']);
  deductions.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([answer.verdict, deductions, answer.words.replace(/\r\n/g, '\n'), answer.reason]);
}

/** Both sides in one: the severer verdict, the larger counts, all the words. For a person to look through. */
export function merge(mine, theirs) {
  const severity = ['not_applicable', 'conforms', 'deducted'];
  const verdict = severity[Math.max(severity.indexOf(mine.verdict), severity.indexOf(theirs.verdict))] ?? '';
  return {
    verdict,
    deductions: verdict === 'deducted' ? mergeDeductions(mine.deductions, theirs.deductions) : [],
    words: mergeWords(mine.words, theirs.words),
    reason: verdict === 'not_applicable' ? mergeWords(mine.reason, theirs.reason) : '',
  };
}

function mergeDeductions(mine, theirs) {
  const merged = new Map(theirs.map((each) => [each.rule, { ...each }]));
  for (const each of mine) {
    const other = merged.get(each.rule);
    merged.set(each.rule, other ? larger(each, other) : { ...each });
  }
  return [...merged.values()];
}

function larger(one, other) {
  const points = Number(one.points || 0) >= Number(other.points || 0) ? one.points : other.points;
  return { rule: one.rule, count: Math.max(one.count, other.count), points, words: mergeWords(one.words ?? '', other.words ?? '') };
}

function mergeWords(mine, theirs) {
  const [one, other] = [mine.trim(), theirs.trim()];
  if (one.includes(other)) return mine;
  return other.includes(one) ? theirs : `${other}\n${one}`;
}
