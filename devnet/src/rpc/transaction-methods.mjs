// Sending and simulating transactions.
import { accountView, readEncoding } from '../account-view.mjs';
import { COMPUTE_BUDGET_PROGRAM } from '../addresses.mjs';
import { encodeBase58 } from '../base58.mjs';
import { BLOCKHASH_LIFETIME, blockHeight, blockhash, isBlockhashAlive } from '../chain.mjs';
import { MAX_TRANSACTION_BYTES, decodeMessage, decodeTransaction } from '../wire.mjs';
import { internalError, invalidParams, preflightFailure, signatureVerificationFailure } from './errors.mjs';
import {
  MAX_U64,
  atLeast,
  contextSlot,
  readAddress,
  readCommitment,
  readConfig,
  readUnsigned,
  readWire,
} from './parameters.mjs';

const TRANSACTION = 'solana_transaction::versioned::VersionedTransaction';
const LAMPORTS_PER_SIGNATURE = 5000n;
const MICRO_LAMPORTS = 1_000_000n;
const DEFAULT_UNITS_PER_INSTRUCTION = 200_000n;
const MAX_UNITS = 1_400_000n;
const SET_COMPUTE_UNIT_LIMIT = 2;
const SET_COMPUTE_UNIT_PRICE = 3;
const ACCOUNT_OVERHEAD_BYTES = 64;

export function transactionMethods({ accounts, faults, ledger, sequencer, tip, withContext }) {
  return {
    async sendTransaction(params) {
      atLeast(params, 1);
      const config = readConfig(params[1]);
      const transaction = readTransaction(params[0], config.encoding ?? 'base58');
      if (!config.skipPreflight) preflight(transaction, config);
      if (faults.losesTransaction()) return transaction.signature;
      return (await handOver(() => sequencer.submit(base64(transaction.bytes)))).signature;
    },

    simulateTransaction(params) {
      atLeast(params, 1);
      const config = readConfig(params[1]);
      if (config.sigVerify && config.replaceRecentBlockhash) {
        throw invalidParams('sigVerify may not be used with replaceRecentBlockhash');
      }
      const transaction = readTransaction(params[0], config.encoding ?? 'base58');
      const slot = contextSlot(tip, config);
      const outcome = simulate(transaction, slot, {
        checkBlockhash: !config.replaceRecentBlockhash,
        verifySignatures: config.sigVerify === true,
      });
      return withContext(slot, {
        ...simulationView(transaction, outcome),
        accounts: config.accounts ? accountsAfter(outcome, config.accounts, slot) : null,
        innerInstructions: config.innerInstructions ? innerInstructionsView(outcome) : null,
        ...(config.replaceRecentBlockhash && { replacementBlockhash: replacementBlockhash(slot) }),
      });
    },

    getFeeForMessage(params) {
      atLeast(params, 1);
      const slot = contextSlot(tip, readConfig(params[1]));
      const bytes = readWire(params[0], 'base64', 'solana_message::versioned::VersionedMessage', MAX_TRANSACTION_BYTES);
      const message = decoded('solana_message::versioned::VersionedMessage', () => decodeMessage(bytes));
      return withContext(slot, isBlockhashAlive(message.recentBlockhash, slot) ? feeOf(message) : null);
    },

    async requestAirdrop(params) {
      atLeast(params, 2);
      const address = readAddress(params[0]);
      const lamports = readUnsigned(params[1], MAX_U64);
      return (await handOver(() => sequencer.airdrop(address, lamports))).signature;
    },
  };

  function readTransaction(text, encoding) {
    const bytes = readWire(text, encoding, TRANSACTION, MAX_TRANSACTION_BYTES);
    return decoded(TRANSACTION, () => ledger.resolve(decodeTransaction(bytes)));
  }

  function preflight(transaction, config) {
    const commitment = readCommitment(config, 'preflightCommitment');
    const slot = contextSlot(tip, config, commitment);
    const outcome = simulate(transaction, slot, { checkBlockhash: true, verifySignatures: true });
    if (outcome.error === 'SignatureFailure') throw signatureVerificationFailure();
    if (outcome.error === null) return;
    const message = `Transaction simulation failed: ${describeError(outcome.error)}`;
    throw preflightFailure(message, {
      ...simulationView(transaction, outcome),
      accounts: null,
      innerInstructions: null,
    });
  }

  /** Runs on the newest accounts, as in the next slot, so that a transaction may build on one that was just accepted. */
  function simulate(transaction, slot, { checkBlockhash, verifySignatures }) {
    const earlier = ledger.transaction(transaction.signature);
    if (checkBlockhash && earlier && earlier.slot <= slot) return notRun('AlreadyProcessed');
    if (checkBlockhash && !earlier && !ledger.isCurrent(transaction, tip.slot('processed'))) {
      return notRun('BlockhashNotFound');
    }
    if (checkBlockhash && earlier) return { ...notRun(null), unitsConsumed: earlier.meta.computeUnitsConsumed };
    const nextSlot = Math.max(tip.slot('processed'), ledger.lastSlot) + 1;
    return accounts.vm.simulate(transaction, nextSlot, { verifySignatures });
  }

  function simulationView(transaction, outcome) {
    const loadedAccountsDataSize = transaction.keys
      .map((key) => accounts.latest(key))
      .reduce((sum, account) => (account ? sum + account.data.length + ACCOUNT_OVERHEAD_BYTES : sum), 0);
    return {
      err: outcome.error,
      loadedAccountsDataSize,
      logs: outcome.logs,
      returnData: outcome.returnData,
      unitsConsumed: outcome.unitsConsumed,
    };
  }

  function accountsAfter(outcome, { addresses, encoding }, slot) {
    const config = { encoding: readEncoding({ encoding }, 'base64') };
    if (config.encoding === 'binary' || config.encoding === 'base58')
      throw invalidParams('base58 encoding not supported');
    return addresses.map(readAddress).map((address) => {
      if (outcome.error !== null) return null;
      const account = outcome.accounts.get(address) ?? accounts.at(address, slot);
      return accountView(account, config, (mint) => accounts.at(mint, slot));
    });
  }
}

/** The sequencer's refusals are about the transaction's form, which was checked here; anything else is our fault. */
async function handOver(send) {
  try {
    return await send();
  } catch {
    throw internalError();
  }
}

function decoded(what, decode) {
  try {
    return decode();
  } catch (error) {
    throw invalidParams(`failed to deserialize ${what}: ${error.message}`);
  }
}

function notRun(error) {
  return { error, logs: [], unitsConsumed: 0, innerInstructions: [], returnData: null, accounts: new Map() };
}

function innerInstructionsView({ innerInstructions }) {
  return innerInstructions.map(({ index, instructions }) => ({
    index,
    instructions: instructions.map((inner) => ({ ...inner, data: encodeBase58(inner.data) })),
  }));
}

function replacementBlockhash(slot) {
  return { blockhash: blockhash(slot), lastValidBlockHeight: blockHeight(slot) + BLOCKHASH_LIFETIME };
}

/** The base fee per signature and the priority fee that compute budget instructions ask for. */
function feeOf(message) {
  const programOf = (instruction) => message.accountKeys[instruction.programIdIndex];
  const isBudget = (instruction) => programOf(instruction) === COMPUTE_BUDGET_PROGRAM;
  const budget = message.instructions.filter(isBudget).map(({ data }) => Buffer.from(data));
  const others = BigInt(message.instructions.length - budget.length);
  const price = budget.find((data) => data[0] === SET_COMPUTE_UNIT_PRICE)?.readBigUInt64LE(1) ?? 0n;
  const asked = budget.find((data) => data[0] === SET_COMPUTE_UNIT_LIMIT)?.readUInt32LE(1);
  const units = asked === undefined ? others * DEFAULT_UNITS_PER_INSTRUCTION : BigInt(asked);
  const limit = units < MAX_UNITS ? units : MAX_UNITS;
  const priorityFee = (price * limit + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
  return LAMPORTS_PER_SIGNATURE * BigInt(message.header.numRequiredSignatures) + priorityFee;
}

const base64 = (bytes) => Buffer.from(bytes).toString('base64');

const ERROR_WORDS = {
  AccountNotFound: 'Attempt to debit an account but found no record of a prior credit.',
  AlreadyProcessed: 'This transaction has already been processed',
  BlockhashNotFound: 'Blockhash not found',
  InsufficientFundsForFee: 'Insufficient funds for fee',
  InvalidAccountForFee: 'This account may not be used to pay transaction fees',
  ProgramAccountNotFound: 'Attempt to load a program that does not exist',
};
const INSTRUCTION_ERROR_WORDS = {
  InsufficientFunds: 'insufficient funds for instruction',
  InvalidAccountData: 'invalid account data for instruction',
  InvalidInstructionData: 'invalid instruction data',
  MissingRequiredSignature: 'missing required signature for instruction',
};

function describeError(error) {
  if (typeof error === 'string') return ERROR_WORDS[error] ?? error;
  if (error.InstructionError) {
    const [index, reason] = error.InstructionError;
    const words =
      reason.Custom !== undefined
        ? `custom program error: 0x${reason.Custom.toString(16)}`
        : (INSTRUCTION_ERROR_WORDS[reason] ?? JSON.stringify(reason));
    return `Error processing Instruction ${index}: ${words}`;
  }
  if (error.InsufficientFundsForRent) {
    return `Transaction results in an account (${error.InsufficientFundsForRent.account_index}) with insufficient funds for rent`;
  }
  return JSON.stringify(error);
}
