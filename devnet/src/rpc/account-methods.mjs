// Accounts and what programs own.
import { accountView } from '../account-view.mjs';
import { decodeBase58 } from '../base58.mjs';
import { invalidParams } from './errors.mjs';
import { readTokenAccount } from '../token.mjs';
import { atLeast, contextSlot, readAddress, readConfig, readList, readUnsigned } from './parameters.mjs';

const MAX_ACCOUNTS = 100;
const MAX_FILTERS = 4;
const LARGEST = 20;
const MAX_PERMITTED_DATA_BYTES = 10 * 1024 * 1024;

export function accountMethods({ accounts, tip, withContext }) {
  const viewAt = (slot, config) => (account) => accountView(account, config, (mint) => accounts.at(mint, slot));

  return {
    getAccountInfo(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const config = readConfig(params[1]);
      const slot = contextSlot(tip, config);
      return withContext(slot, viewAt(slot, config)(accounts.at(address, slot)));
    },

    getMultipleAccounts(params) {
      atLeast(params, 1);
      const addresses = readList(params[0], MAX_ACCOUNTS).map(readAddress);
      const config = { encoding: 'base64', ...readConfig(params[1]) };
      const slot = contextSlot(tip, config);
      const view = viewAt(slot, config);
      return withContext(
        slot,
        addresses.map((address) => view(accounts.at(address, slot))),
      );
    },

    getBalance(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const slot = contextSlot(tip, readConfig(params[1]));
      return withContext(slot, accounts.at(address, slot)?.lamports ?? 0n);
    },

    getProgramAccounts(params) {
      atLeast(params, 1);
      const program = readAddress(params[0]);
      const config = readConfig(params[1]);
      const matches = readFilters(config.filters);
      const slot = contextSlot(tip, config);
      const view = viewAt(slot, config);
      const found = accounts
        .ownedBy(program, slot)
        .filter(matches)
        .map((account) => ({ account: view(account), pubkey: account.address }));
      return config.withContext ? withContext(slot, found) : found;
    },

    getLargestAccounts(params) {
      const config = readConfig(params[0]);
      const slot = contextSlot(tip, config);
      const largest = balancesAt(accounts, slot).sort(byLamportsDescending).slice(0, LARGEST);
      return withContext(slot, largest);
    },

    getMinimumBalanceForRentExemption(params) {
      atLeast(params, 1);
      const bytes = readUnsigned(params[0]);
      if (bytes > MAX_PERMITTED_DATA_BYTES) throw invalidParams('Invalid param: data length exceeds the maximum');
      return accounts.vm.minimumBalance(bytes);
    },
  };
}

export function balancesAt(accounts, slot) {
  return [...accounts.touched].flatMap((address) => {
    const account = accounts.at(address, slot);
    return account ? [{ address, lamports: account.lamports }] : [];
  });
}

function byLamportsDescending(left, right) {
  if (left.lamports !== right.lamports) return left.lamports < right.lamports ? 1 : -1;
  return left.address < right.address ? -1 : 1;
}

/** One predicate for all filters of getProgramAccounts and programSubscribe. */
export function readFilters(filters) {
  if (filters === undefined || filters === null) return () => true;
  if (!Array.isArray(filters)) throw invalidParams('Invalid params: invalid type, expected a sequence of filters.');
  if (filters.length > MAX_FILTERS) throw invalidParams(`Too many filters provided; max ${MAX_FILTERS}`);
  const predicates = filters.map(readFilter);
  return (account) => predicates.every((matches) => matches(account));
}

function readFilter(filter) {
  if (filter === 'tokenAccountState') return (account) => readTokenAccount(account) !== null;
  if (filter?.dataSize !== undefined) {
    const size = readUnsigned(filter.dataSize);
    return (account) => account.data.length === size;
  }
  if (filter?.memcmp) return comparison(filter.memcmp);
  throw invalidParams('Invalid params: unknown filter, expected `dataSize`, `memcmp` or `tokenAccountState`.');
}

function comparison({ offset, bytes, encoding }) {
  const start = Number(readUnsigned(offset ?? 0));
  let expected;
  try {
    expected = comparedBytes(bytes, encoding);
  } catch {
    throw invalidParams('Invalid param: filter bytes cannot be decoded');
  }
  if (expected.length > 128) throw invalidParams('Invalid param: filter bytes exceed 128');
  return ({ data }) => expected.equals(data.subarray(start, start + expected.length));
}

function comparedBytes(bytes, encoding) {
  if (Array.isArray(bytes)) return Buffer.from(bytes);
  return encoding === 'base64' ? Buffer.from(bytes, 'base64') : Buffer.from(decodeBase58(bytes));
}
