// Reads Solana's wire format: transactions, legacy and version 0 messages.
import { decodeBase58, encodeBase58 } from './base58.mjs';

export const MAX_TRANSACTION_BYTES = 1232;
const SIGNATURE_BYTES = 64;
const KEY_BYTES = 32;
const VERSION_FLAG = 0x80;

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.position = 0;
  }

  take(length) {
    const end = this.position + length;
    if (end > this.bytes.length) throw new RangeError('unexpected end of input');
    const part = this.bytes.subarray(this.position, end);
    this.position = end;
    return part;
  }

  byte() {
    return this.take(1)[0];
  }

  /** Solana's compact-u16. */
  length() {
    let value = 0;
    for (let shift = 0; shift <= 14; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if ((byte & 0x80) === 0) return value;
    }
    throw new RangeError('length is too long');
  }

  list(read) {
    return Array.from({ length: this.length() }, () => read(this));
  }

  key() {
    return encodeBase58(this.take(KEY_BYTES));
  }

  bytesWithLength() {
    return this.take(this.length());
  }

  expectEnd() {
    if (this.position !== this.bytes.length) throw new RangeError('trailing bytes');
  }
}

export function decodeTransaction(bytes) {
  const reader = new Reader(bytes);
  const signatures = reader.list(() => encodeBase58(reader.take(SIGNATURE_BYTES)));
  const messageBytes = bytes.subarray(reader.position);
  const message = decodeMessage(messageBytes);
  if (signatures.length !== message.header.numRequiredSignatures) throw new RangeError('signature count');
  return { bytes, signatures, signature: signatures[0], message };
}

export function decodeMessage(bytes) {
  const reader = new Reader(bytes);
  const first = reader.byte();
  const versioned = (first & VERSION_FLAG) !== 0;
  const version = versioned ? first & ~VERSION_FLAG : 'legacy';
  if (versioned && version !== 0) throw new RangeError(`unsupported message version ${version}`);
  const message = {
    version,
    header: {
      numRequiredSignatures: versioned ? reader.byte() : first,
      numReadonlySignedAccounts: reader.byte(),
      numReadonlyUnsignedAccounts: reader.byte(),
    },
    accountKeys: reader.list(() => reader.key()),
    recentBlockhash: reader.key(),
    instructions: reader.list(readInstruction),
    addressTableLookups: versioned ? reader.list(readLookup) : [],
  };
  reader.expectEnd();
  if (message.header.numRequiredSignatures === 0) throw new RangeError('no signer');
  return message;
}

function readInstruction(reader) {
  return {
    programIdIndex: reader.byte(),
    accounts: [...reader.bytesWithLength()],
    data: reader.bytesWithLength(),
  };
}

function readLookup(reader) {
  return {
    accountKey: reader.key(),
    writableIndexes: [...reader.bytesWithLength()],
    readonlyIndexes: [...reader.bytesWithLength()],
  };
}

/** What a client sent as text, as bytes; throws where the text is not of that encoding. */
export function decodeText(text, encoding) {
  if (encoding === 'base58') return Buffer.from(decodeBase58(text));
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) throw new RangeError('not base64');
  return Buffer.from(text, 'base64');
}
