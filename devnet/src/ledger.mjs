// What happened: replays the journal on the VM and remembers each transaction by signature, slot and account.
import { ADDRESS_LOOKUP_TABLE_PROGRAM, MEMO_PROGRAMS, SYSTEM_PROGRAM } from './addresses.mjs';
import { encodeBase58 } from './base58.mjs';
import { isBlockhashAlive } from './chain.mjs';
import { readMint, readTokenAccount, uiTokenAmount } from './token.mjs';
import { decodeTransaction } from './wire.mjs';

const LOOKUP_TABLE_HEADER = 56;
const KEY_BYTES = 32;
const NONCE_ACCOUNT_BYTES = 80;
const ADVANCE_NONCE_INSTRUCTION = 4;

export class Ledger {
  #bySignature = new Map();
  #bySlot = new Map();
  #byAddress = new Map();

  constructor(accounts, calendar) {
    this.accounts = accounts;
    this.calendar = calendar;
    this.replayed = 0;
    this.lastSlot = 0;
  }

  transaction(signature) {
    return this.#bySignature.get(signature);
  }

  transactionsIn(slot) {
    return this.#bySlot.get(slot) ?? [];
  }

  /** Oldest first. */
  transactionsOf(address) {
    return this.#byAddress.get(address) ?? [];
  }

  get transactionCount() {
    return this.#bySignature.size;
  }

  /** Replays one journal entry. What Solana would not put into a block leaves no trace but its place in the journal. */
  replay({ slot, wire }) {
    this.replayed++;
    this.lastSlot = slot;
    const transaction = this.resolve(decodeTransaction(wire));
    if (this.#bySignature.has(transaction.signature) || !this.isCurrent(transaction, slot)) return;
    const before = this.#balances(transaction.keys);
    const outcome = this.accounts.change(writableKeys(transaction), slot, () =>
      this.accounts.vm.execute(transaction, slot),
    );
    const after = this.#balances(transaction.keys);
    const paid = before.lamports[0] > after.lamports[0] || outcome.error === null;
    if (paid) this.#remember({ transaction, slot, meta: executionMeta(transaction, outcome, before, after) });
  }

  /** Adds the addresses that the transaction takes from lookup tables. */
  resolve(transaction) {
    const loaded = { writable: [], readonly: [] };
    for (const lookup of transaction.message.addressTableLookups) {
      const table = this.accounts.latest(lookup.accountKey);
      if (table?.owner !== ADDRESS_LOOKUP_TABLE_PROGRAM) continue;
      const entry = (index) => {
        const start = LOOKUP_TABLE_HEADER + index * KEY_BYTES;
        return encodeBase58(table.data.slice(start, start + KEY_BYTES));
      };
      loaded.writable.push(...lookup.writableIndexes.map(entry));
      loaded.readonly.push(...lookup.readonlyIndexes.map(entry));
    }
    return {
      ...transaction,
      loaded,
      keys: [...transaction.message.accountKeys, ...loaded.writable, ...loaded.readonly],
    };
  }

  /** A recent blockhash, or a durable nonce that still holds. */
  isCurrent(transaction, slot) {
    const { recentBlockhash } = transaction.message;
    return isBlockhashAlive(recentBlockhash, slot) || this.#isDurable(transaction);
  }

  #isDurable({ message, keys }) {
    const first = message.instructions[0];
    if (!first || keys[first.programIdIndex] !== SYSTEM_PROGRAM || first.data.length < 4) return false;
    if (Buffer.from(first.data).readUInt32LE(0) !== ADVANCE_NONCE_INSTRUCTION) return false;
    const nonce = this.accounts.latest(keys[first.accounts[0]]);
    return (
      nonce?.data.length === NONCE_ACCOUNT_BYTES && encodeBase58(nonce.data.slice(40, 72)) === message.recentBlockhash
    );
  }

  #balances(keys) {
    const accounts = keys.map((key) => this.accounts.latest(key));
    return {
      lamports: accounts.map((account) => account?.lamports ?? 0n),
      tokens: accounts.flatMap((account, accountIndex) => this.#tokenBalance(account, accountIndex)),
    };
  }

  #tokenBalance(account, accountIndex) {
    const token = readTokenAccount(account);
    if (!token) return [];
    const decimals = readMint(this.accounts.latest(token.mint))?.decimals ?? 0;
    return [
      {
        accountIndex,
        mint: token.mint,
        owner: token.owner,
        programId: token.program,
        uiTokenAmount: uiTokenAmount(token.amount, decimals),
      },
    ];
  }

  #remember(record) {
    const { transaction, slot } = record;
    record.signature = transaction.signature;
    record.blockTime = this.calendar.blockTime(slot);
    record.memo = memoOf(transaction);
    record.index = this.transactionsIn(slot).length;
    this.#bySignature.set(record.signature, record);
    append(this.#bySlot, slot, record);
    for (const key of new Set(transaction.keys)) append(this.#byAddress, key, record);
  }
}

function append(lists, key, item) {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

export function isWritable({ message, keys, loaded }, index) {
  const { numRequiredSignatures, numReadonlySignedAccounts, numReadonlyUnsignedAccounts } = message.header;
  const fixed = message.accountKeys.length;
  if (index >= fixed) return index < fixed + loaded.writable.length;
  if (index >= numRequiredSignatures) {
    const isProgram = message.instructions.some((instruction) => keys[instruction.programIdIndex] === keys[index]);
    return index < fixed - numReadonlyUnsignedAccounts && !isProgram;
  }
  return index < numRequiredSignatures - numReadonlySignedAccounts;
}

export function writableKeys(transaction) {
  return transaction.keys.filter((_, index) => isWritable(transaction, index));
}

function memoOf({ message, keys }) {
  const memos = message.instructions
    .filter((instruction) => MEMO_PROGRAMS.includes(keys[instruction.programIdIndex]))
    .map((instruction) => `[${instruction.data.length}] ${Buffer.from(instruction.data).toString('utf8')}`);
  return memos.length > 0 ? memos.join('; ') : null;
}

function executionMeta(transaction, outcome, before, after) {
  const sum = (amounts) => amounts.reduce((total, amount) => total + amount, 0n);
  return {
    err: outcome.error,
    status: outcome.error === null ? { Ok: null } : { Err: outcome.error },
    fee: sum(before.lamports) - sum(after.lamports),
    preBalances: before.lamports,
    postBalances: after.lamports,
    preTokenBalances: before.tokens,
    postTokenBalances: after.tokens,
    innerInstructions: outcome.innerInstructions,
    logMessages: outcome.logs,
    rewards: [],
    loadedAddresses: transaction.loaded,
    computeUnitsConsumed: outcome.unitsConsumed,
    returnData: outcome.returnData,
  };
}
