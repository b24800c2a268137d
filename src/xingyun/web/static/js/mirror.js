// What is typed and not yet saved, kept in this browser for the same person and the same form.

const PREFIX = "xingyun-draft";

/** The drafts of one form and one person; every method is quiet when storage is blocked or full. */
export class Mirror {
  constructor(owner, url) {
    this.prefix = `${PREFIX}|${owner}|${url}|`;
  }

  keep(field, raw, seen) {
    quietly((store) => store.setItem(this.prefix + field, JSON.stringify({ raw, seen })));
  }

  drop(field) {
    quietly((store) => store.removeItem(this.prefix + field));
  }

  get(field) {
    return quietly((store) => JSON.parse(store.getItem(this.prefix + field)));
  }

  fields() {
    return keys(this.prefix).map((key) => key.slice(this.prefix.length));
  }
}

/** How many drafts of this person are left, of all forms. */
export function left(owner) {
  return keys(`${PREFIX}|${owner}|`).length;
}

/** Nothing of this person stays on the computer. */
export function forget(owner) {
  keys(`${PREFIX}|${owner}|`).forEach((key) => quietly((store) => store.removeItem(key)));
}

function keys(prefix) {
  const all = quietly((store) => Object.keys(store)) ?? [];
  return all.filter((key) => key.startsWith(prefix));
}

function quietly(act) {
  try {
    return act(localStorage);
  } catch {
    return null; // blocked or full: saving on the server goes on as before
  }
}
