// Blocks and transactions of the past.
import {
  FIRST_AVAILABLE_SLOT,
  blockHeight,
  blockhash,
  isSkipped,
  producedAtOrBefore,
  producedBetween,
} from '../chain.mjs';
import { readTransactionEncoding, transactionAccountsView, transactionView } from '../transaction-view.mjs';
import { blockCleanedUp, blockNotAvailable, invalidParams, signatureNotFound, slotSkipped } from './errors.mjs';
import {
  atLeast,
  contextSlot,
  readAddress,
  readConfig,
  readHistoryCommitment,
  readList,
  readSignature,
  readUnsigned,
} from './parameters.mjs';

const MAX_BLOCK_RANGE = 500_000;
const MAX_SIGNATURES = 1000;
const MAX_STATUSES = 256;
const BLOCK_DETAILS = {
  full: (records, config) => ({ transactions: records.map((record) => transactionView(record, config)) }),
  accounts: (records, config) => ({ transactions: records.map((record) => transactionAccountsView(record, config)) }),
  signatures: (records) => ({ signatures: records.map((record) => record.signature) }),
  none: () => ({}),
};

export function historyMethods({ calendar, ledger, tip, withContext }) {
  /** The last slot that this request may see. */
  const horizon = (config) => contextSlot(tip, config, readHistoryCommitment(config));

  return {
    getBlock(params) {
      atLeast(params, 1);
      const slot = Number(readUnsigned(params[0]));
      const config = readEncodingOrConfig(params[1]);
      readTransactionEncoding(config);
      const details = BLOCK_DETAILS[config.transactionDetails ?? 'full'];
      if (!details) throw invalidParams(`Invalid params: unknown variant \`${config.transactionDetails}\`.`);
      requireBlock(slot, horizon(config));
      const parentSlot = producedAtOrBefore(slot - 1);
      return {
        blockHeight: blockHeight(slot),
        blockTime: calendar.blockTime(slot),
        blockhash: blockhash(slot),
        parentSlot,
        previousBlockhash: blockhash(parentSlot),
        ...(config.rewards !== false && { rewards: [] }),
        ...details(ledger.transactionsIn(slot), config),
      };
    },

    getBlockTime(params) {
      atLeast(params, 1);
      const slot = Number(readUnsigned(params[0]));
      requireBlock(slot, tip.slot('confirmed'));
      return calendar.blockTime(slot);
    },

    getBlocks(params) {
      atLeast(params, 1);
      const start = Number(readUnsigned(params[0]));
      const hasEnd = typeof params[1] === 'number';
      const last = horizon(readConfig(hasEnd ? params[2] : params[1]));
      const end = Math.min(hasEnd ? readUnsigned(params[1]) : last, last);
      if (end - start > MAX_BLOCK_RANGE) throw invalidParams(`Slot range too large; max ${MAX_BLOCK_RANGE}`);
      return producedBetween(Math.max(start, FIRST_AVAILABLE_SLOT), end);
    },

    getBlocksWithLimit(params) {
      atLeast(params, 2);
      const [start, limit] = params.slice(0, 2).map((value) => Number(readUnsigned(value)));
      if (limit > MAX_BLOCK_RANGE) throw invalidParams(`Limit too large; max ${MAX_BLOCK_RANGE}`);
      return producedBetween(Math.max(start, FIRST_AVAILABLE_SLOT), horizon(readConfig(params[2]))).slice(0, limit);
    },

    getTransaction(params) {
      atLeast(params, 1);
      const record = ledger.transaction(readSignature(params[0]));
      const config = readEncodingOrConfig(params[1]);
      if (!record || record.slot > horizon(config)) return null;
      return { blockTime: record.blockTime, slot: record.slot, ...transactionView(record, config) };
    },

    getSignaturesForAddress(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const config = readConfig(params[1]);
      const limit = Number(readUnsigned(config.limit ?? MAX_SIGNATURES));
      if (limit < 1 || limit > MAX_SIGNATURES) throw invalidParams(`Invalid limit; max ${MAX_SIGNATURES}`);
      const last = horizon(config);
      const before = boundary(config.before, last);
      const until = boundary(config.until, last);
      return ledger
        .transactionsOf(address)
        .filter((record) => record.slot <= last && isOlder(record, before) && isOlder(until, record))
        .slice(-limit)
        .reverse()
        .map((record) => ({
          blockTime: record.blockTime,
          confirmationStatus: confirmationStatus(record),
          err: record.meta.err,
          memo: record.memo,
          signature: record.signature,
          slot: record.slot,
        }));
    },

    getSignatureStatuses(params) {
      atLeast(params, 1);
      const signatures = readList(params[0], MAX_STATUSES).map(readSignature);
      const slot = tip.slot('processed');
      const statuses = signatures.map((signature) => {
        const record = ledger.transaction(signature);
        return record && record.slot <= slot ? signatureStatus(record, slot) : null;
      });
      return withContext(slot, statuses);
    },
  };

  function requireBlock(slot, last) {
    if (slot > last) throw blockNotAvailable(slot);
    if (slot < FIRST_AVAILABLE_SLOT) throw blockCleanedUp(slot, FIRST_AVAILABLE_SLOT);
    if (isSkipped(slot)) throw slotSkipped(slot);
  }

  function boundary(signature, last) {
    if (signature === undefined || signature === null) return undefined;
    const record = ledger.transaction(readSignature(signature));
    if (!record || record.slot > last) throw signatureNotFound(signature);
    return record;
  }

  function confirmationStatus(record) {
    if (record.slot <= tip.slot('finalized')) return 'finalized';
    return record.slot <= tip.slot('confirmed') ? 'confirmed' : 'processed';
  }

  function signatureStatus(record, slot) {
    const status = confirmationStatus(record);
    return {
      confirmationStatus: status,
      confirmations: status === 'finalized' ? null : blockHeight(slot) - blockHeight(record.slot),
      err: record.meta.err,
      slot: record.slot,
      status: record.meta.status,
    };
  }
}

/** Is the first record older than the second? An absent one bounds nothing. */
function isOlder(first, second) {
  if (first === undefined || second === undefined) return true;
  return first.slot !== second.slot ? first.slot < second.slot : first.index < second.index;
}

/** Old clients send the encoding alone. */
function readEncodingOrConfig(value) {
  return typeof value === 'string' ? { encoding: value } : readConfig(value);
}
