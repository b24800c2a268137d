// What is typed and not yet saved, kept in this browser for the same person and the same form.

const PREFIX = "xingyun-draft";

/** The drafts of one form and one person; every method is quiet when storage is blocked or full. */
export class Mirror {
  constructor(owner, url) {
    this.prefix = `${PREFIX}|${owner}|${url}|`;
  }

  keep(field, raw, seen) {
    this.quietly((store) => store.setItem(this.prefix + field, JSON.stringify({ raw, seen })));
  }

  drop(field) {
    this.quietly((store) => store.removeItem(this.prefix + field));
  }

  get(field) {
    return this.quietly((store) => JSON.parse(store.getItem(this.prefix + field)));
  }

  fields() {
    const keys = this.quietly((store) => Object.keys(store)) ?? [];
    return keys.filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
  }

  quietly(act) {
    try {
      return act(localStorage);
    } catch {
      return null; // blocked or full: saving on the server goes on as before
    }
  }
}
