// What a person has typed into a form, as plain pairs. Secrets, files and machine fields stay out.
const NEVER = new Set(['password', 'file', 'hidden', 'submit', 'button', 'image', 'reset']);

function kept(control) {
  return control.name && !NEVER.has(control.type) && !control.disabled && !control.hasAttribute('data-no-draft');
}

/** [[name, value], …] in the order of the form; a box or choice not taken is absent. */
export function serialize(form) {
  const pairs = [];
  for (const control of form.elements) {
    if (!kept(control)) continue;
    if (control.type === 'select-multiple') {
      for (const option of control.selectedOptions) pairs.push([control.name, option.value]);
    } else if ((control.type !== 'checkbox' && control.type !== 'radio') || control.checked) {
      pairs.push([control.name, control.value]);
    }
  }
  return pairs;
}

/** Put pairs back; names the form does not have are ignored. Returns how many controls changed. */
export function restore(form, pairs) {
  const wanted = new Map();
  for (const [name, value] of pairs) wanted.set(name, [...(wanted.get(name) ?? []), value]);
  const left = new Map([...wanted].map(([name, values]) => [name, [...values]]));
  let changed = 0;
  for (const control of form.elements) {
    if (kept(control) && put(control, wanted.get(control.name) ?? [], left.get(control.name) ?? [])) changed += 1;
  }
  return changed;
}

function put(control, values, queue) {
  if (control.type === 'checkbox' || control.type === 'radio') return check(control, values.includes(control.value));
  if (control.type === 'select-multiple') return select(control, values);
  if (!queue.length) return false;
  const value = queue.shift();
  if (control.value === value) return false;
  control.value = value;
  return true;
}

function check(control, wanted) {
  if (control.checked === wanted) return false;
  control.checked = wanted;
  return true;
}

function select(control, values) {
  let changed = false;
  for (const option of control.options) {
    const wanted = values.includes(option.value);
    changed ||= option.selected !== wanted;
    option.selected = wanted;
  }
  return changed;
}
