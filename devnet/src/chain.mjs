// Devnet's calendar: which slot it is, which slots hold a block, and their heights, times and hashes.
// All of it follows from t0, so that every node says the same without asking anybody.
import { createHash } from 'node:crypto';
import { decodeBase58, encodeBase58 } from './base58.mjs';

export const SLOT_MS = 400;
/** Agave's epoch length for development clusters. */
export const SLOTS_PER_EPOCH = 8192;
export const FIRST_AVAILABLE_SLOT = 2 * SLOTS_PER_EPOCH;
/** The ledger begins 64 slots before t0, so that a finalized slot exists from the first moment. */
export const SLOT_AT_T0 = FIRST_AVAILABLE_SLOT + 64;
export const BLOCKHASH_LIFETIME = 150;
export const FINALITY_SLOTS = 32;
export const GENESIS_HASH = encodeBase58(sha256('streamsync-devnet:genesis'));

const SKIP_CYCLE = 64;
const SKIPPED_IN_CYCLE = [11, 12, 45];
const PRODUCED_PER_CYCLE = SKIP_CYCLE - SKIPPED_IN_CYCLE.length;
const BLOCKHASH_BYTES = 32;

export function sha256(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Three leaders of every 64 miss their slot. */
export function isSkipped(slot) {
  return SKIPPED_IN_CYCLE.includes(slot % SKIP_CYCLE);
}

export function producedAtOrBefore(slot) {
  let candidate = slot;
  while (isSkipped(candidate)) candidate--;
  return candidate;
}

export function producedAtOrAfter(slot) {
  let candidate = slot;
  while (isSkipped(candidate)) candidate++;
  return candidate;
}

/** Blocks since genesis, which is slot 0 and height 0. */
export function blockHeight(slot) {
  const slotsOfCycle = (slot % SKIP_CYCLE) + 1;
  const skippedOfCycle = SKIPPED_IN_CYCLE.filter((skipped) => skipped < slotsOfCycle).length;
  return Math.floor(slot / SKIP_CYCLE) * PRODUCED_PER_CYCLE + slotsOfCycle - skippedOfCycle - 1;
}

export function producedBetween(first, last) {
  const slots = [];
  for (let slot = first; slot <= last; slot++) if (!isSkipped(slot)) slots.push(slot);
  return slots;
}

export const epochOf = (slot) => Math.floor(slot / SLOTS_PER_EPOCH);

/** A digest whose last eight bytes carry the slot, masked, so that a hash can be traced to its slot without a table. */
export function blockhash(slot) {
  const digest = sha256(GENESIS_HASH, String(slot));
  digest.writeBigUInt64LE(digest.readBigUInt64LE(0) ^ BigInt(slot), BLOCKHASH_BYTES - 8);
  return encodeBase58(digest);
}

/** The slot of a blockhash, or null for a hash that devnet never had. */
export function slotOfBlockhash(hash) {
  const bytes = Buffer.from(decodeBase58(hash));
  if (bytes.length !== BLOCKHASH_BYTES) return null;
  const slot = Number(bytes.readBigUInt64LE(BLOCKHASH_BYTES - 8) ^ bytes.readBigUInt64LE(0));
  if (!Number.isSafeInteger(slot) || isSkipped(slot)) return null;
  return blockhash(slot) === hash ? slot : null;
}

/** May a transaction with this blockhash still run in this slot? A small lead is allowed: nodes' clocks differ. */
export function isBlockhashAlive(hash, slot, lead = 2) {
  const hashSlot = slotOfBlockhash(hash);
  return (
    hashSlot !== null && hashSlot <= slot + lead && blockHeight(slot) - blockHeight(hashSlot) <= BLOCKHASH_LIFETIME
  );
}

/** The part of the calendar that depends on t0. */
export class Calendar {
  constructor(t0) {
    this.t0 = t0;
  }

  slotAt(millis) {
    return SLOT_AT_T0 + Math.floor((millis - this.t0) / SLOT_MS);
  }

  startOf(slot) {
    return this.t0 + (slot - SLOT_AT_T0) * SLOT_MS;
  }

  blockTime(slot) {
    return Math.floor(this.startOf(slot) / 1000);
  }
}
