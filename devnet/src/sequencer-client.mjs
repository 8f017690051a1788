// A node's line to the sequencer: follows the journal and hands transactions over.
import { EventEmitter } from 'node:events';
import WebSocket from 'ws';
import { writeJson } from './json.mjs';

const RECONNECT_MS = 200;

/** Emits "calendar" once with t0, "entry" per journal entry, "sealed" with a slot, "caughtUp" once. */
export class SequencerClient extends EventEmitter {
  #journal;
  #replayed = 0;
  #target = Infinity;

  constructor(url) {
    super();
    this.url = url;
  }

  follow() {
    const socket = new WebSocket(`${this.url.replace(/^http/, 'ws')}/journal`, { perMessageDeflate: false });
    socket.on('message', (text) => this.#heard(socket, JSON.parse(text)));
    socket.on('error', () => {});
    socket.on('close', () => setTimeout(() => this.follow(), RECONNECT_MS));
  }

  submit(transaction) {
    return this.#post('/transactions', { transaction });
  }

  airdrop(address, lamports) {
    return this.#post('/airdrops', { address, lamports });
  }

  async #post(path, body) {
    const response = await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: writeJson(body),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.error);
    return answer;
  }

  #heard(socket, message) {
    if (message.journal) this.#greeted(message);
    for (const entry of message.entries ?? []) {
      this.#replayed++;
      this.emit('entry', { slot: entry.slot, wire: Buffer.from(entry.transaction, 'base64') });
    }
    if (message.journal || message.entries.length > 0) socket.send(JSON.stringify({ replayed: this.#replayed }));
    if (message.sealed !== undefined) this.emit('sealed', message.sealed);
    if (message.sealed !== undefined && this.#replayed >= this.#target) {
      this.#target = Infinity;
      this.emit('caughtUp');
    }
  }

  #greeted({ journal, t0, length }) {
    if (this.#journal === undefined) {
      this.#journal = journal;
      this.#target = length;
      this.emit('calendar', t0);
    } else if (this.#journal !== journal) {
      // What this node replayed is no longer devnet's history; its supervisor starts it anew.
      this.emit('otherJournal', journal);
    }
  }
}
