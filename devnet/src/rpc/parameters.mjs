// Reads the parameters of a request as Agave does, and refuses them in its words.
import { decodeBase58 } from '../base58.mjs';
import { COMMITMENTS } from '../tip.mjs';
import { decodeText } from '../wire.mjs';
import { invalidParams, minContextSlotNotReached } from './errors.mjs';

const ADDRESS_BYTES = 32;
const SIGNATURE_BYTES = 64;
export const MAX_U64 = 2n ** 64n - 1n;

export function atLeast(params, count) {
  if (params.length < count) {
    throw invalidParams(`\`params\` should have at least ${count} argument(s)`);
  }
}

function base58OfLength(text, length) {
  if (typeof text !== 'string') throw invalidParams('Invalid params: invalid type, expected a string.');
  let bytes;
  try {
    bytes = decodeBase58(text);
  } catch {
    throw invalidParams('Invalid param: Invalid');
  }
  if (bytes.length !== length) throw invalidParams('Invalid param: WrongSize');
  return text;
}

export const readAddress = (text) => base58OfLength(text, ADDRESS_BYTES);
export const readSignature = (text) => base58OfLength(text, SIGNATURE_BYTES);

export function readUnsigned(value, max = BigInt(Number.MAX_SAFE_INTEGER)) {
  const isInteger = typeof value === 'bigint' || Number.isSafeInteger(value);
  if (!isInteger || value < 0 || BigInt(value) > max) {
    throw invalidParams(`Invalid params: invalid value: ${String(value)}, expected u64.`);
  }
  return value;
}

export function readConfig(config) {
  if (config === undefined || config === null) return {};
  if (typeof config !== 'object' || Array.isArray(config)) {
    throw invalidParams('Invalid params: invalid type, expected a configuration object.');
  }
  return config;
}

export function readCommitment(config, key = 'commitment') {
  const commitment = config[key] ?? 'finalized';
  if (!COMMITMENTS.includes(commitment)) {
    const expected = 'expected one of `processed`, `confirmed`, `finalized`';
    throw invalidParams(`Invalid params: unknown variant \`${commitment}\`, ${expected}.`);
  }
  return commitment;
}

/** History is only served from confirmed on. */
export function readHistoryCommitment(config) {
  const commitment = readCommitment(config);
  if (commitment === 'processed') throw invalidParams('Method does not support commitment below `confirmed`');
  return commitment;
}

/** The slot that the request is answered at. */
export function contextSlot(tip, config, commitment = readCommitment(config)) {
  const slot = tip.slot(commitment);
  if (config.minContextSlot !== undefined && config.minContextSlot !== null) {
    readUnsigned(config.minContextSlot, MAX_U64);
    if (slot < config.minContextSlot) throw minContextSlotNotReached(slot);
  }
  return slot;
}

export function readList(list, max) {
  if (!Array.isArray(list)) throw invalidParams('Invalid params: invalid type, expected a sequence.');
  if (list.length > max) throw invalidParams(`Too many inputs provided; max ${max}`);
  return list;
}

export function readWire(text, encoding, what, maxBytes) {
  if (typeof text !== 'string') throw invalidParams('Invalid params: invalid type, expected a string.');
  if (encoding !== 'base58' && encoding !== 'base64') {
    throw invalidParams(`unsupported encoding: ${encoding}. Supported encodings: base58, base64`);
  }
  let bytes;
  try {
    bytes = decodeText(text, encoding);
  } catch (error) {
    throw invalidParams(`invalid ${encoding} encoding: ${error.message}`);
  }
  if (bytes.length > maxBytes) {
    throw invalidParams(`decoded ${what} too large: ${bytes.length} bytes (max: ${maxBytes} bytes)`);
  }
  return bytes;
}
