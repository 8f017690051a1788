// The order of devnet's transactions: a list of (slot, transaction), kept in memory and, where asked for, in a file.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { FIRST_AVAILABLE_SLOT, producedAtOrAfter } from './chain.mjs';

/** A slot is closed this long before it begins, so that its transactions are on every node when it does. */
export const SEAL_AHEAD_MS = 50;
/** The same transaction arrives from several nodes at about the same time. */
const RESUBMISSION_SLOTS = 8;

/** The t0 of a journal that already exists. */
export function t0OfJournal(file) {
  return file && existsSync(file) ? readEntries(file)[0].t0 : undefined;
}

export class Journal {
  #recent = new Map();

  constructor(calendar, file) {
    this.calendar = calendar;
    this.file = file;
    this.id = randomUUID();
    this.entries = [];
    this.sealed = FIRST_AVAILABLE_SLOT - 1;
    if (file && existsSync(file)) this.#load();
    else if (file) writeFileSync(file, line({ journal: this.id, t0: calendar.t0 }));
  }

  /** Gives the transaction the next open slot, or tells the slot it already has. */
  append(signature, transaction, now = Date.now()) {
    this.seal(now);
    const earlier = this.#recent.get(signature);
    if (earlier !== undefined) return earlier;
    return this.appendAt(producedAtOrAfter(this.sealed + 1), signature, transaction);
  }

  /** Slots must not decrease, nor be sealed. */
  appendAt(slot, signature, transaction) {
    if (slot <= this.sealed) throw new RangeError(`slot ${slot} is sealed`);
    const entry = { slot, transaction };
    this.entries.push(entry);
    this.#recent.set(signature, slot);
    if (this.file) appendFileSync(this.file, line(entry));
    return slot;
  }

  /** Closes the slots whose time has come and returns the last closed one. */
  seal(now = Date.now()) {
    this.sealed = Math.max(this.sealed, this.calendar.slotAt(now + SEAL_AHEAD_MS));
    for (const [signature, slot] of this.#recent) {
      if (slot > this.sealed - RESUBMISSION_SLOTS) break;
      this.#recent.delete(signature);
    }
    return this.sealed;
  }

  millisUntilNextSeal(now = Date.now()) {
    return Math.max(1, this.calendar.startOf(this.sealed + 1) - SEAL_AHEAD_MS - now);
  }

  #load() {
    const [header, ...entries] = readEntries(this.file);
    if (header.t0 !== this.calendar.t0) throw new Error(`${this.file} is the journal of --t0 ${header.t0}`);
    this.id = header.journal;
    this.entries = entries;
  }
}

/** A last line that was cut off by a crash was never acknowledged. */
function readEntries(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.slice(0, -1).map((text) => JSON.parse(text));
}

const line = (value) => `${JSON.stringify(value)}\n`;
