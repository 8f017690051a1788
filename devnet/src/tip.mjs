// How far this node sees. A slot is visible once it has begun and the sequencer has closed it, so that no node
// speaks of a slot whose transactions it may still be missing; a lagging node sees less.
import { EventEmitter } from 'node:events';
import { FINALITY_SLOTS, FIRST_AVAILABLE_SLOT, SLOT_MS, producedAtOrBefore } from './chain.mjs';

const BEHIND = { processed: 0, confirmed: 1, finalized: FINALITY_SLOTS };
export const COMMITMENTS = Object.keys(BEHIND);

/** Emits "visible" (commitment, slot) for each produced slot, in order, as it becomes visible at each commitment. */
export class Tip extends EventEmitter {
  #announced = {};
  #sealed = FIRST_AVAILABLE_SLOT;

  constructor(calendar, faults) {
    super();
    this.calendar = calendar;
    this.faults = faults;
  }

  start() {
    for (const commitment of COMMITMENTS) this.#announced[commitment] = this.slot(commitment);
    this.timer = setInterval(() => this.#announce(), SLOT_MS / 4);
  }

  sealed(slot) {
    this.#sealed = slot;
  }

  /** The latest produced slot at this commitment; Solana's default is finalized. */
  slot(commitment = 'finalized') {
    return producedAtOrBefore(Math.max(this.#latest() - BEHIND[commitment], FIRST_AVAILABLE_SLOT));
  }

  #latest() {
    const begun = Math.min(this.calendar.slotAt(Date.now()), this.#sealed);
    return producedAtOrBefore(begun - this.faults.settings.lagSlots);
  }

  #announce() {
    for (const commitment of COMMITMENTS) {
      const latest = this.slot(commitment);
      for (let slot = this.#announced[commitment] + 1; slot <= latest; slot++) {
        if (slot === producedAtOrBefore(slot)) this.emit('visible', commitment, slot);
      }
      this.#announced[commitment] = Math.max(latest, this.#announced[commitment]);
    }
  }
}
