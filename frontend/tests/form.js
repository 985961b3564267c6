// Just enough of a form for the modules that read and fill one: named controls in order.
export function form(...controls) {
  return { elements: controls.map(control) };
}

function control(given) {
  const plain = { type: 'text', value: '', disabled: false, hasAttribute: () => false };
  return Object.defineProperties(plain, Object.getOwnPropertyDescriptors(given));
}

export function store(entries = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, String(value)),
    removeItem: (key) => kept.delete(key),
    key: (index) => [...kept.keys()][index] ?? null,
    get length() {
      return kept.size;
    },
  };
}
