// The Solana VM (litesvm), in plain values.
//
// litesvm's binding is used below its public wrapper: the wrapper takes and gives kit objects, which cost each
// node some 12 MB and a copy per account. The version in package.json is exact for that reason.
import { createRequire } from 'node:module';
import { decodeBase58, encodeBase58 } from './base58.mjs';
import { SLOTS_PER_EPOCH, blockhash, epochOf, producedAtOrBefore } from './chain.mjs';
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS } from './error-names.mjs';

const binding = createRequire(import.meta.url)('litesvm/dist/internal.js');
const SLOT_HASHES = 64;

export class VirtualMachine {
  constructor(calendar) {
    this.calendar = calendar;
    this.svm = new binding.LiteSvm();
    this.svm.withNativeMints();
    // Blockhashes are the calendar's and duplicates the ledger's business.
    this.svm.setBlockhashCheck(false);
    this.svm.setTransactionHistory(0n);
    this.svm.setEpochSchedule(
      new binding.EpochSchedule(BigInt(SLOTS_PER_EPOCH), BigInt(SLOTS_PER_EPOCH), false, 0n, 0n),
    );
  }

  account(address) {
    const account = this.svm.getAccount(decodeBase58(address));
    return account && plainAccount(account);
  }

  setAccount(address, { lamports, data = new Uint8Array(), owner, executable = false }) {
    this.svm.setAccount(
      decodeBase58(address),
      new binding.Account(lamports, data, decodeBase58(owner), executable, 0n),
    );
  }

  accountsOwnedBy(program) {
    return this.svm.getProgramAccounts(decodeBase58(program)).map((entry) => ({
      address: encodeBase58(entry.address),
      ...plainAccount(entry.account()),
    }));
  }

  minimumBalance(bytes) {
    return this.svm.minimumBalanceForRentExemption(BigInt(bytes));
  }

  /** Runs a transaction for good, as part of this slot. */
  execute(transaction, slot) {
    this.#enter(slot);
    // A new internal blockhash per transaction, the same on every node: durable nonces must be able to advance.
    this.svm.expireBlockhash();
    const { legacy, bytes } = dialect(transaction);
    return outcome(legacy ? this.svm.sendLegacyTransaction(bytes) : this.svm.sendVersionedTransaction(bytes));
  }

  simulate(transaction, slot, { verifySignatures }) {
    this.#enter(slot);
    this.svm.setSigverify(verifySignatures);
    try {
      const { legacy, bytes } = dialect(transaction);
      const result = legacy ? this.svm.simulateLegacyTransaction(bytes) : this.svm.simulateVersionedTransaction(bytes);
      return outcome(result);
    } finally {
      this.svm.setSigverify(true);
    }
  }

  #enter(slot) {
    const epoch = epochOf(slot);
    const epochStart = this.calendar.blockTime(epoch * SLOTS_PER_EPOCH);
    this.svm.setClock(
      new binding.Clock(
        BigInt(slot),
        BigInt(epochStart),
        BigInt(epoch),
        BigInt(epoch + 1),
        BigInt(this.calendar.blockTime(slot)),
      ),
    );
    if (slot !== this.slotOfHashes) this.#setSlotHashes(slot);
  }

  /** Address lookup tables ask for recent slots. */
  #setSlotHashes(slot) {
    const hashes = [];
    for (let produced = producedAtOrBefore(slot - 1); hashes.length < SLOT_HASHES; ) {
      hashes.push({ slot: BigInt(produced), hash: blockhash(produced) });
      produced = producedAtOrBefore(produced - 1);
    }
    this.svm.setSlotHashes(hashes);
    this.slotOfHashes = slot;
  }
}

function plainAccount(account) {
  return {
    lamports: account.lamports(),
    data: account.data(),
    owner: encodeBase58(account.owner()),
    executable: account.executable(),
  };
}

function dialect(transaction) {
  return { legacy: transaction.message.version === 'legacy', bytes: transaction.bytes };
}

function outcome(result) {
  const failed = result instanceof binding.FailedTransactionMetadata;
  const metadata = failed || result instanceof binding.SimulatedTransactionInfo ? result.meta() : result;
  const returned = metadata.returnData();
  const returnedBytes = Buffer.from(returned.data());
  return {
    error: failed ? transactionError(result.err()) : null,
    logs: metadata.logs(),
    unitsConsumed: Number(metadata.computeUnitsConsumed()),
    innerInstructions: innerInstructions(metadata),
    returnData:
      returnedBytes.length > 0
        ? { programId: encodeBase58(returned.programId()), data: [returnedBytes.toString('base64'), 'base64'] }
        : null,
    accounts: result instanceof binding.SimulatedTransactionInfo ? changedAccounts(result) : new Map(),
  };
}

function changedAccounts(simulation) {
  return new Map(
    simulation.postAccounts().map((entry) => [encodeBase58(entry.address), plainAccount(entry.account())]),
  );
}

function innerInstructions(metadata) {
  return metadata
    .innerInstructions()
    .map((list, index) => ({
      index,
      instructions: list.map((inner) => {
        const instruction = inner.instruction();
        return {
          programIdIndex: instruction.programIdIndex(),
          accounts: [...instruction.accounts()],
          data: instruction.data(),
          stackHeight: inner.stackHeight(),
        };
      }),
    }))
    .filter((entry) => entry.instructions.length > 0);
}

/** Error enums as Solana's JSON writes them. */
function transactionError(error) {
  if (typeof error === 'number') return TRANSACTION_ERRORS[error];
  if (error instanceof binding.TransactionErrorInstructionError) {
    return { InstructionError: [error.index, instructionError(error.err())] };
  }
  if (error instanceof binding.TransactionErrorDuplicateInstruction) return { DuplicateInstruction: error.index };
  const name =
    error instanceof binding.TransactionErrorInsufficientFundsForRent
      ? 'InsufficientFundsForRent'
      : 'ProgramExecutionTemporarilyRestricted';
  return { [name]: { account_index: error.accountIndex } };
}

function instructionError(error) {
  if (typeof error === 'number') return INSTRUCTION_ERRORS[error];
  return error instanceof binding.InstructionErrorCustom ? { Custom: error.code } : { BorshIoError: error.msg };
}
