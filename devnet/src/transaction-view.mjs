// A transaction as RPC shows it: json, jsonParsed, base58 or base64, and the short forms of getBlock.
import { encodeBase58 } from './base58.mjs';
import { isWritable } from './ledger.mjs';
import { parseInstruction } from './instruction-parser.mjs';
import { invalidParams, unsupportedTransactionVersion } from './rpc/errors.mjs';

const ENCODINGS = ['binary', 'base58', 'base64', 'json', 'jsonParsed'];
const TOP_LEVEL = 1;

export function readTransactionEncoding(config) {
  const encoding = config.encoding ?? 'json';
  if (!ENCODINGS.includes(encoding)) {
    throw invalidParams(`Invalid params: unknown variant \`${encoding}\`, expected one of ${ENCODINGS.join(', ')}.`);
  }
  return encoding;
}

/** `{transaction, meta, version}`; the version only for clients that say which one they understand. */
export function transactionView(record, config) {
  const encoding = readTransactionEncoding(config);
  const version = shownVersion(record, config);
  return {
    meta: metaView(record, encoding),
    transaction: encodedTransaction(record.transaction, encoding),
    ...version,
  };
}

/** The form of getBlock's `transactionDetails: "accounts"`. */
export function transactionAccountsView(record, config) {
  const { err, status, fee, preBalances, postBalances, preTokenBalances, postTokenBalances } = record.meta;
  return {
    meta: { err, fee, postBalances, postTokenBalances, preBalances, preTokenBalances, status },
    transaction: { accountKeys: accountRoles(record.transaction), signatures: record.transaction.signatures },
    ...shownVersion(record, config),
  };
}

function shownVersion({ transaction }, config) {
  const { version } = transaction.message;
  const understood = config.maxSupportedTransactionVersion;
  if (understood === undefined || understood === null) {
    if (version !== 'legacy') throw unsupportedTransactionVersion(version);
    return {};
  }
  return { version };
}

function metaView({ meta, transaction }, encoding) {
  const { returnData, loadedAddresses, ...common } = meta;
  const show = encoding === 'jsonParsed' ? parsedInstruction : compiledInstruction;
  return {
    ...common,
    innerInstructions: meta.innerInstructions.map(({ index, instructions }) => ({
      index,
      instructions: instructions.map((inner) => show(transaction.keys, inner, inner.stackHeight)),
    })),
    ...(encoding !== 'jsonParsed' && { loadedAddresses }),
    ...(returnData && { returnData }),
  };
}

function encodedTransaction(transaction, encoding) {
  const { bytes, signatures } = transaction;
  if (encoding === 'binary') return encodeBase58(bytes);
  if (encoding === 'base58') return [encodeBase58(bytes), encoding];
  if (encoding === 'base64') return [Buffer.from(bytes).toString('base64'), encoding];
  const message = encoding === 'json' ? rawMessage(transaction) : parsedMessage(transaction);
  return { message, signatures };
}

function rawMessage({ keys, message }) {
  const { accountKeys, header, recentBlockhash } = message;
  return {
    accountKeys,
    ...lookups(message),
    header,
    instructions: message.instructions.map((instruction) => compiledInstruction(keys, instruction, TOP_LEVEL)),
    recentBlockhash,
  };
}

function parsedMessage(transaction) {
  const { keys, message } = transaction;
  return {
    accountKeys: accountRoles(transaction),
    ...lookups(message),
    instructions: message.instructions.map((instruction) => parsedInstruction(keys, instruction, TOP_LEVEL)),
    recentBlockhash: message.recentBlockhash,
  };
}

function lookups({ version, addressTableLookups }) {
  return version === 'legacy' ? {} : { addressTableLookups };
}

function compiledInstruction(_, { programIdIndex, accounts, data }, stackHeight) {
  return { accounts, data: encodeBase58(data), programIdIndex, stackHeight };
}

function parsedInstruction(keys, { programIdIndex, accounts, data }, stackHeight) {
  const programId = keys[programIdIndex];
  const addresses = accounts.map((index) => keys[index]);
  const parsed = parseInstruction(programId, addresses, Buffer.from(data));
  return parsed
    ? { ...parsed, programId, stackHeight }
    : { accounts: addresses, data: encodeBase58(data), programId, stackHeight };
}

function accountRoles(transaction) {
  const { keys, message } = transaction;
  return keys.map((pubkey, index) => ({
    pubkey,
    signer: index < message.header.numRequiredSignatures,
    source: index < message.accountKeys.length ? 'transaction' : 'lookupTable',
    writable: isWritable(transaction, index),
  }));
}
