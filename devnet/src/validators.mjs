// The validators that devnet pretends to have: who leads which slot, who votes with what stake. Constants, as on
// every node of a cluster; no operator is among them.
import { encodeBase58 } from './base58.mjs';
import { SLOTS_PER_EPOCH, sha256 } from './chain.mjs';

const LEADER_SLOTS = 4;
const LAMPORTS_PER_SOL = 1_000_000_000n;

export const validators = ['north', 'east', 'south', 'west'].map((name, index) => ({
  identity: encodeBase58(sha256(`streamsync-devnet:validator:${name}`)),
  vote: encodeBase58(sha256(`streamsync-devnet:vote:${name}`)),
  activatedStake: BigInt(1_000_000 + index * 250_000) * LAMPORTS_PER_SOL,
  commission: 5,
}));

export const totalStake = validators.reduce((sum, validator) => sum + validator.activatedStake, 0n);

/** Leaders take four slots in turn. */
export function leaderOf(slot) {
  return validators[Math.floor(slot / LEADER_SLOTS) % validators.length].identity;
}

/** Identity to the slots it leads, counted from the epoch's first slot. */
export function leaderSchedule(epoch) {
  const schedule = Object.fromEntries(validators.map(({ identity }) => [identity, []]));
  const firstSlot = epoch * SLOTS_PER_EPOCH;
  for (let index = 0; index < SLOTS_PER_EPOCH; index++) schedule[leaderOf(firstSlot + index)].push(index);
  return schedule;
}
