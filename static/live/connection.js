// One socket that comes back by itself. What was not acknowledged is kept in local storage and sent again under the
// same id, so that nothing is lost and nothing is stored twice (docs/live-protocol.md).

const FIRST_WAIT = 500;
const LONGEST_WAIT = 10000;
const CALM = 1500; // a blink of the network is nobody's business
const SILENCE = 30000;
const PATIENCE = 10000; // for an ack, before we ask whether the line still lives
const ANSWERS_WITHIN = 4000;
const TRY_LATER = new Set(["busy", "too_fast"]);

export const CLOSED = { gone: 4404, ended: 4410, tooMany: 4429, restarting: 4012, removed: 4403 };

export class Connection {
  // on: {message(message), ack(sent, message), refused(sent, message, typed), state("open" | "lost" | "never"), gone(code)}
  constructor({ code, view, lang, on }) {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.address = `${scheme}://${location.host}/ws/live/${code}/?view=${view}`;
    this.lang = lang;
    this.seat = 0; // who of the people on this phone; a message that waits says whose it is
    this.on = on;
    this.storageKey = `oogst.live.${code}`;
    this.outbox = view === "participant" ? this.#stored() : new Map();
    this.keeps = view === "participant";
    this.rehearsing = false;
    this.rev = null;
    this.failures = 0;
    this.wasOpen = false;
    this.heardAt = 0;
    this.waiting = new Map(); // commands that wait for their ack: id -> function
  }

  start() {
    this.#connect();
    addEventListener("online", () => this.#wake());
    addEventListener("offline", () => this.#drop());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "visible") this.#wake();
    });
    setInterval(() => this.#watch(), PATIENCE / 2);
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN && this.greeted;
  }

  // Keep a message until it is acknowledged. A newer one about the same thing (`about`) replaces the older.
  // `typed` is the text in it, to give back when it is refused.
  put(message, about, typed = "") {
    const kept = { ...message, id: newId() };
    for (const [id, other] of this.outbox) {
      if (about && other.about === about) this.outbox.delete(id);
    }
    this.outbox.set(kept.id, { message: kept, about, typed, rehearsing: this.rehearsing });
    this.#store();
    if (this.isOpen) this.socket.send(JSON.stringify(kept));
    return kept.id;
  }

  // The message that waits about this thing, if there is one.
  pending(about) {
    for (const kept of this.outbox.values()) if (kept.about === about) return kept.message;
    return null;
  }

  // A command: now or not at all. Resolves with the ack or the error; null without a connection.
  command(name, args) {
    if (!this.isOpen) return Promise.resolve(null);
    const id = newId();
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.socket.send(JSON.stringify({ type: "command", id, name, args }));
    });
  }

  // Something that needs no answer and is said anew on each connection.
  tell(message) {
    if (this.isOpen) this.socket.send(JSON.stringify(message));
  }

  // Somebody else's turn on this phone: a snapshot with what they answered follows.
  sit(seat) {
    this.seat = seat;
    if (this.isOpen) this.#hello();
  }

  #hello() {
    this.socket.send(JSON.stringify({ type: "hello", v: 1, seen: this.rev, lang: this.lang, seat: this.seat }));
  }

  #connect() {
    clearTimeout(this.timer);
    this.greeted = false;
    const socket = new WebSocket(this.address);
    this.socket = socket;
    socket.onopen = () => this.#hello();
    socket.onmessage = (event) => socket === this.socket && this.#take(JSON.parse(event.data));
    socket.onclose = (event) => socket === this.socket && this.#lost(event.code);
  }

  #take(message) {
    this.heardAt = Date.now();
    if (message.session) this.rehearsing = message.session.rehearsing;
    if (message.type === "snapshot") this.#greeted();
    if (message.type === "ack" || message.type === "error") return this.#outcome(message);
    if (message.rev !== undefined) {
      const isOld = this.rev !== null && message.rev < this.rev;
      if (isOld && message.type !== "snapshot") return undefined;
      this.rev = Math.max(this.rev ?? 0, message.rev);
      if (isOld) return this.on.message({ ...message, isOld });
    }
    return this.on.message(message);
  }

  #greeted() {
    this.greeted = true;
    this.wasOpen = true;
    this.failures = 0;
    clearTimeout(this.calm);
    this.calm = null;
    this.on.state("open");
    // What was said in a rehearsal is not said again for real.
    for (const [id, kept] of this.outbox) {
      if (Boolean(kept.rehearsing) !== this.rehearsing) this.outbox.delete(id);
    }
    this.#store();
    for (const { message } of this.outbox.values()) this.socket.send(JSON.stringify(message));
  }

  #outcome(message) {
    const waits = this.waiting.get(message.id);
    if (waits) {
      this.waiting.delete(message.id);
      return waits(message);
    }
    const kept = this.outbox.get(message.id);
    if (!kept) return undefined;
    if (message.type === "error" && TRY_LATER.has(message.code)) {
      return setTimeout(() => {
        if (this.isOpen && this.outbox.has(message.id)) this.socket.send(JSON.stringify(kept.message));
      }, 1000 + Math.random() * 2000);
    }
    this.outbox.delete(message.id);
    this.#store();
    return message.type === "ack" ? this.on.ack(kept.message, message) : this.on.refused(kept.message, message, kept.typed);
  }

  #lost(code) {
    this.greeted = false;
    for (const resolve of this.waiting.values()) resolve(null);
    this.waiting.clear();
    if ([CLOSED.gone, CLOSED.ended, CLOSED.removed].includes(code)) return this.on.gone(code);
    this.failures += 1;
    if (!this.wasOpen && this.failures >= 3) this.on.state("never");
    this.calm ??= setTimeout(() => this.on.state("lost"), CALM);
    this.timer = setTimeout(() => this.#connect(), this.#wait(code));
    return undefined;
  }

  #wait(code) {
    if (code === CLOSED.restarting) return 200 + Math.random() * 1800;
    const longest = code === CLOSED.tooMany ? LONGEST_WAIT : Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.failures);
    return longest * (0.5 + Math.random() / 2);
  }

  // The phone slept, or the network is back: look whether the socket still lives.
  #wake() {
    if (!this.isOpen) {
      if (this.socket.readyState !== WebSocket.CONNECTING) this.#connect();
      return;
    }
    if (Date.now() - this.heardAt >= SILENCE) this.#knock();
  }

  // What was sent should have been acknowledged by now: a line can be dead without a word, where the signal is weak.
  #watch() {
    const waits = this.outbox.size || this.waiting.size;
    if (this.isOpen && waits && Date.now() - this.heardAt >= PATIENCE) this.#knock();
  }

  // Is anybody there? Without an answer we make a new connection.
  #knock() {
    const { socket, heardAt } = this;
    this.#hello();
    setTimeout(() => {
      if (socket === this.socket && heardAt === this.heardAt) this.#drop();
    }, ANSWERS_WITHIN);
  }

  // This connection is over, also when the browser has not seen that yet.
  #drop() {
    const { socket } = this;
    if (socket.readyState > WebSocket.OPEN) return;
    socket.onmessage = socket.onclose = null;
    socket.close();
    this.#lost();
  }

  #stored() {
    try {
      return new Map(JSON.parse(localStorage.getItem(this.storageKey) ?? "[]"));
    } catch {
      return new Map();
    }
  }

  #store() {
    if (!this.keeps) return;
    try {
      if (this.outbox.size) localStorage.setItem(this.storageKey, JSON.stringify([...this.outbox]));
      else localStorage.removeItem(this.storageKey);
    } catch {
      // Private mode or a full disk: it is still in memory.
    }
  }
}

// crypto.randomUUID needs https or localhost; a library's test server may have neither.
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
