// The chain's calendar, its constants and validators, and what a node says about itself.
import {
  BLOCKHASH_LIFETIME,
  FINALITY_SLOTS,
  FIRST_AVAILABLE_SLOT,
  GENESIS_HASH,
  SLOTS_PER_EPOCH,
  blockHeight,
  blockhash,
  epochOf,
  isBlockhashAlive,
  isSkipped,
  producedAtOrBefore,
  producedBetween,
} from '../chain.mjs';
import { leaderOf, leaderSchedule, totalStake, validators } from '../validators.mjs';
import { balancesAt } from './account-methods.mjs';
import { blockNotAvailable, invalidParams, nodeUnhealthy, slotNotEpochBoundary } from './errors.mjs';
import { atLeast, contextSlot, readAddress, readConfig, readList, readUnsigned } from './parameters.mjs';

export const VERSION = '4.5.0';
export const FEATURE_SET = 3640012085;
export const UNHEALTHY_BEHIND_SLOTS = 128;
const SHRED_VERSION = 1;
const MAX_LEADERS = 5000;
const MAX_SAMPLES = 720;
const SAMPLE_SECONDS = 60;
const SLOTS_PER_SAMPLE = 150;
const FEE_WINDOW_BLOCKS = 150;
const MAX_FEE_ADDRESSES = 128;
const LOCKOUT_DEPTH = 32;

export function clusterMethods({ accounts, faults, identity, ledger, port, tip, withContext }) {
  const slotFor = (config) => contextSlot(tip, readConfig(config));

  return {
    ...nodeMethods({ faults, identity, port, tip }),
    ...constantMethods(),

    getSlot: ([config]) => slotFor(config),
    getBlockHeight: ([config]) => blockHeight(slotFor(config)),
    getTransactionCount: ([config]) => (slotFor(config), ledger.transactionCount),
    getSlotLeader: ([config]) => leaderOf(slotFor(config)),
    getStakeMinimumDelegation: ([config]) => withContext(slotFor(config), 1),
    getInflationRate: () => ({ epoch: epochOf(tip.slot()), foundation: 0, total: 0.08, validator: 0.08 }),

    getEpochInfo([config]) {
      const absoluteSlot = slotFor(config);
      return {
        absoluteSlot,
        blockHeight: blockHeight(absoluteSlot),
        epoch: epochOf(absoluteSlot),
        slotIndex: absoluteSlot % SLOTS_PER_EPOCH,
        slotsInEpoch: SLOTS_PER_EPOCH,
        transactionCount: ledger.transactionCount,
      };
    },

    getLatestBlockhash([config]) {
      const slot = slotFor(config);
      const lastValidBlockHeight = blockHeight(slot) + BLOCKHASH_LIFETIME;
      return withContext(slot, { blockhash: blockhash(slot), lastValidBlockHeight });
    },

    isBlockhashValid(params) {
      atLeast(params, 1);
      const hash = readAddress(params[0]);
      const slot = slotFor(params[1]);
      return withContext(slot, isBlockhashAlive(hash, slot, 0));
    },

    getSlotLeaders(params) {
      atLeast(params, 2);
      const [start, limit] = params.map((value) => Number(readUnsigned(value)));
      if (limit > MAX_LEADERS) throw invalidParams(`Invalid limit; max ${MAX_LEADERS}`);
      if (!isKnownEpoch(epochOf(start + limit - 1))) {
        throw invalidParams(
          `Invalid slot range: leader schedule for epoch ${epochOf(start + limit - 1)} is unavailable`,
        );
      }
      return Array.from({ length: limit }, (_, index) => leaderOf(start + index));
    },

    getLeaderSchedule(params) {
      const [first, second] = params;
      const config = readConfig(typeof first === 'object' ? first : second);
      const current = contextSlot(tip, config);
      const epoch = epochOf(typeof first === 'object' || first === undefined ? current : Number(readUnsigned(first)));
      if (!isKnownEpoch(epoch)) return null;
      const schedule = leaderSchedule(epoch);
      if (!config.identity) return schedule;
      const wanted = readAddress(config.identity);
      return wanted in schedule ? { [wanted]: schedule[wanted] } : {};
    },

    getBlockProduction([given]) {
      const config = readConfig(given);
      const slot = contextSlot(tip, config);
      const firstSlot = Number(
        readUnsigned(config.range?.firstSlot ?? Math.max(epochOf(slot) * SLOTS_PER_EPOCH, FIRST_AVAILABLE_SLOT)),
      );
      const lastSlot = Number(readUnsigned(config.range?.lastSlot ?? slot));
      if (lastSlot > slot) throw invalidParams(`lastSlot, ${lastSlot}, is too large; max ${slot}`);
      if (lastSlot < firstSlot)
        throw invalidParams(`lastSlot, ${lastSlot}, cannot be less than firstSlot, ${firstSlot}`);
      const byIdentity = blockProduction(firstSlot, lastSlot, config.identity && readAddress(config.identity));
      return withContext(slot, { byIdentity, range: { firstSlot, lastSlot } });
    },

    getVoteAccounts([given]) {
      const config = readConfig(given);
      const slot = contextSlot(tip, config);
      const current = validators
        .filter((validator) => !config.votePubkey || validator.vote === config.votePubkey)
        .map((validator) => voteAccount(validator, slot));
      return { current, delinquent: [] };
    },

    getSupply([given]) {
      const config = readConfig(given);
      const slot = contextSlot(tip, config);
      const balances = balancesAt(accounts, slot);
      const total = balances.reduce((sum, { lamports }) => sum + lamports, 0n);
      return withContext(slot, { circulating: total, nonCirculating: 0, nonCirculatingAccounts: [], total });
    },

    getInflationReward(params) {
      atLeast(params, 1);
      const addresses = readList(params[0], Number.MAX_SAFE_INTEGER).map(readAddress);
      const config = readConfig(params[1]);
      const slot = contextSlot(tip, config);
      const epoch = config.epoch === undefined ? epochOf(slot) - 1 : Number(readUnsigned(config.epoch));
      const boundary = (epoch + 1) * SLOTS_PER_EPOCH;
      if (boundary > slot) throw blockNotAvailable(boundary);
      if (boundary < FIRST_AVAILABLE_SLOT) throw slotNotEpochBoundary(boundary);
      return addresses.map(() => null);
    },

    getRecentPrioritizationFees([addresses]) {
      readList(addresses ?? [], MAX_FEE_ADDRESSES).forEach(readAddress);
      const last = tip.slot('processed');
      return producedBetween(Math.max(last - FEE_WINDOW_BLOCKS - 16, FIRST_AVAILABLE_SLOT), last)
        .slice(-FEE_WINDOW_BLOCKS)
        .map((slot) => ({ prioritizationFee: 0, slot }));
    },

    getRecentPerformanceSamples([limit]) {
      const wanted = limit === undefined ? MAX_SAMPLES : Number(readUnsigned(limit));
      if (wanted > MAX_SAMPLES) throw invalidParams(`Invalid limit; max ${MAX_SAMPLES}`);
      const last = tip.slot();
      const available = Math.max(1, Math.floor((last - FIRST_AVAILABLE_SLOT) / SLOTS_PER_SAMPLE));
      return Array.from({ length: Math.min(wanted, available) }, (_, index) => {
        const slot = last - index * SLOTS_PER_SAMPLE;
        const numTransactions = producedBetween(slot - SLOTS_PER_SAMPLE + 1, slot)
          .map((produced) => ledger.transactionsIn(produced).length)
          .reduce((sum, count) => sum + count, 0);
        return {
          numNonVoteTransactions: numTransactions,
          numSlots: SLOTS_PER_SAMPLE,
          numTransactions,
          samplePeriodSecs: SAMPLE_SECONDS,
          slot,
        };
      });
    },
  };

  function isKnownEpoch(epoch) {
    const current = epochOf(tip.slot());
    return epoch >= epochOf(FIRST_AVAILABLE_SLOT) && epoch <= current + 1;
  }
}

function nodeMethods({ faults, identity, port, tip }) {
  return {
    getHealth() {
      const behind = faults.settings.lagSlots;
      if (behind >= UNHEALTHY_BEHIND_SLOTS) throw nodeUnhealthy(behind);
      return 'ok';
    },
    getIdentity: () => ({ identity }),
    getVersion: () => ({ 'feature-set': FEATURE_SET, 'solana-core': VERSION }),
    getFirstAvailableBlock: () => FIRST_AVAILABLE_SLOT,
    minimumLedgerSlot: () => FIRST_AVAILABLE_SLOT,
    getHighestSnapshotSlot: () => ({ full: FIRST_AVAILABLE_SLOT, incremental: null }),
    getMaxRetransmitSlot: () => tip.slot('processed'),
    getMaxShredInsertSlot: () => tip.slot('processed'),
    getBlockCommitment(params) {
      atLeast(params, 1);
      const depth = tip.slot('processed') - Number(readUnsigned(params[0]));
      return { commitment: depth >= 0 && depth < LOCKOUT_DEPTH ? commitmentAtDepth(depth) : null, totalStake };
    },
    getClusterNodes: () => [
      ...validators.map((validator) => contactInfo(validator.identity, null)),
      contactInfo(identity, port),
    ],
  };
}

function constantMethods() {
  return {
    getGenesisHash: () => GENESIS_HASH,
    getEpochSchedule: () => ({
      firstNormalEpoch: 0,
      firstNormalSlot: 0,
      leaderScheduleSlotOffset: SLOTS_PER_EPOCH,
      slotsPerEpoch: SLOTS_PER_EPOCH,
      warmup: false,
    }),
    getInflationGovernor: () => ({ foundation: 0, foundationTerm: 0, initial: 0.08, taper: 0.15, terminal: 0.015 }),
    // Answers of a cluster that still runs TowerBFT.
    getAgGenesisCert: () => null,
    getRankMap: () => null,
  };
}

/** All stake has voted `depth` times since. */
function commitmentAtDepth(depth) {
  return Array.from({ length: LOCKOUT_DEPTH }, (_, index) => (index === depth ? totalStake : 0n));
}

function contactInfo(pubkey, port) {
  return {
    clientId: 'Agave',
    featureSet: FEATURE_SET,
    gossip: null,
    pubkey,
    pubsub: port && `127.0.0.1:${port + 1}`,
    rpc: port && `127.0.0.1:${port}`,
    serveRepair: null,
    shredVersion: SHRED_VERSION,
    tpu: null,
    tpuForwards: null,
    tpuForwardsQuic: null,
    tpuQuic: null,
    tpuVote: null,
    tvu: null,
    version: VERSION,
  };
}

function voteAccount(validator, slot) {
  const epoch = epochOf(slot);
  const creditsPerEpoch = SLOTS_PER_EPOCH;
  return {
    activatedStake: validator.activatedStake,
    commission: validator.commission,
    epochCredits: [[epoch, epoch * creditsPerEpoch + (slot % SLOTS_PER_EPOCH), epoch * creditsPerEpoch]],
    epochVoteAccount: true,
    lastVote: slot,
    nodePubkey: validator.identity,
    rootSlot: producedAtOrBefore(slot - FINALITY_SLOTS),
    votePubkey: validator.vote,
  };
}

function blockProduction(firstSlot, lastSlot, onlyIdentity) {
  const byIdentity = {};
  for (let slot = firstSlot; slot <= lastSlot; slot++) {
    const leader = leaderOf(slot);
    if (onlyIdentity && leader !== onlyIdentity) continue;
    const counts = (byIdentity[leader] ??= [0, 0]);
    counts[0]++;
    if (!isSkipped(slot)) counts[1]++;
  }
  return byIdentity;
}
