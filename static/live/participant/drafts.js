// What somebody typed or chose and did not send yet, so that another language, another person's turn, or a page that was
// loaded again takes nothing away. Kept in this tab only, and gone when it is sent.

export class Drafts {
  constructor(code) {
    this.key = `oogst.draft.${code}`;
    try {
      this.kept = JSON.parse(sessionStorage.getItem(this.key) ?? "{}");
    } catch {
      this.kept = {};
    }
  }

  get(place) {
    return this.kept[place] ?? null;
  }

  keep(place, value) {
    this.kept[place] = value;
    this.#store();
  }

  drop(place) {
    delete this.kept[place];
    this.#store();
  }

  clear() {
    this.kept = {};
    this.#store();
  }

  #store() {
    try {
      sessionStorage.setItem(this.key, JSON.stringify(this.kept));
    } catch {
      // Private mode or a full disk: it is still in memory.
    }
  }
}
