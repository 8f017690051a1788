// The nodes that follow the journal, and how far each has come.
import { WebSocketServer } from 'ws';

const CHUNK = 500;

export class Replicas {
  #replicas = new Set();
  #waiting = new Set();

  constructor(server, journal) {
    this.journal = journal;
    new WebSocketServer({ server, path: '/journal' }).on('connection', (socket) => this.#connect(socket));
  }

  get size() {
    return this.#replicas.size;
  }

  /** Sends what is new; called after each append and each seal. */
  publish() {
    for (const replica of this.#replicas) this.#send(replica);
  }

  /** Waits until every live node has replayed the journal as it is now, but not longer than the bound. */
  replayed(boundMs) {
    const length = this.journal.entries.length;
    return new Promise((resolve) => {
      const wait = { length, done: () => (clearTimeout(timer), this.#waiting.delete(wait), resolve()) };
      const timer = setTimeout(() => (this.#forgetSlowerThan(length), wait.done()), boundMs);
      this.#waiting.add(wait);
      this.#settle();
    });
  }

  #connect(socket) {
    const replica = { socket, sent: 0, replayed: 0, live: false };
    const { id, calendar, entries } = this.journal;
    socket.send(JSON.stringify({ journal: id, t0: calendar.t0, length: entries.length }));
    socket.on('message', (text) => this.#heard(replica, JSON.parse(text)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => (this.#replicas.delete(replica), this.#settle()));
  }

  #heard(replica, { replayed }) {
    replica.replayed = replayed;
    if (!this.#replicas.has(replica)) {
      replica.sent = replayed;
      this.#replicas.add(replica);
      this.#send(replica);
    }
    if (replayed >= this.journal.entries.length) replica.live = true;
    this.#settle();
  }

  #send(replica) {
    const { entries, sealed } = this.journal;
    do {
      const chunk = entries.slice(replica.sent, replica.sent + CHUNK);
      replica.sent += chunk.length;
      const complete = replica.sent === entries.length;
      replica.socket.send(JSON.stringify({ entries: chunk, ...(complete && { sealed }) }));
    } while (replica.sent < entries.length);
  }

  #settle() {
    const live = [...this.#replicas].filter((replica) => replica.live);
    for (const wait of this.#waiting) if (live.every((replica) => replica.replayed >= wait.length)) wait.done();
  }

  /** A node that stalls must not slow every later submission: it counts again once it has caught up. */
  #forgetSlowerThan(length) {
    for (const replica of this.#replicas) if (replica.replayed < length) replica.live = false;
  }
}
