// The account layouts of SPL Token, which Token-2022 shares for its first bytes.
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAMS } from './addresses.mjs';
import { decodeBase58, encodeBase58 } from './base58.mjs';

export const MINT_BYTES = 82;
export const TOKEN_ACCOUNT_BYTES = 165;
const ACCOUNT_STATES = ['uninitialized', 'initialized', 'frozen'];
// Token-2022 puts a type byte behind the common layout of an extended account, then type-length-value extensions.
const MINT_TYPE = 1;
const ACCOUNT_TYPE = 2;
const IMMUTABLE_OWNER_EXTENSION = Buffer.from([7, 0, 0, 0]);

const OFFSETS = { delegate: 72, state: 108, native: 109, delegatedAmount: 121, closeAuthority: 129 };

export const isTokenProgram = (program) => TOKEN_PROGRAMS.includes(program);

function asBuffer(data) {
  return Buffer.from(data.buffer, data.byteOffset, data.length);
}

function optionalKey(data, offset) {
  return data.readUInt32LE(offset) === 1 ? encodeBase58(data.subarray(offset + 4, offset + 36)) : null;
}

/** The token account's content, or null where the account is none. */
export function readTokenAccount(account) {
  if (!account || !isTokenProgram(account.owner)) return null;
  const data = asBuffer(account.data);
  const extended = data.length > TOKEN_ACCOUNT_BYTES && data[TOKEN_ACCOUNT_BYTES] === ACCOUNT_TYPE;
  if (data.length !== TOKEN_ACCOUNT_BYTES && !extended) return null;
  if (data[OFFSETS.state] === 0) return null;
  const isNative = data.readUInt32LE(OFFSETS.native) === 1;
  return {
    program: account.owner,
    mint: encodeBase58(data.subarray(0, 32)),
    owner: encodeBase58(data.subarray(32, 64)),
    amount: data.readBigUInt64LE(64),
    delegate: optionalKey(data, OFFSETS.delegate),
    state: ACCOUNT_STATES[data[OFFSETS.state]],
    isNative,
    rentExemptReserve: isNative ? data.readBigUInt64LE(OFFSETS.native + 4) : null,
    delegatedAmount: data.readBigUInt64LE(OFFSETS.delegatedAmount),
    closeAuthority: optionalKey(data, OFFSETS.closeAuthority),
    hasExtensions: extended,
  };
}

/** The mint's content, or null where the account is none. */
export function readMint(account) {
  if (!account || !isTokenProgram(account.owner)) return null;
  const data = asBuffer(account.data);
  const extended = data.length > TOKEN_ACCOUNT_BYTES && data[TOKEN_ACCOUNT_BYTES] === MINT_TYPE;
  if (data.length !== MINT_BYTES && !extended) return null;
  if (data[45] !== 1) return null;
  return {
    mintAuthority: optionalKey(data, 0),
    supply: data.readBigUInt64LE(36),
    decimals: data[44],
    isInitialized: true,
    freezeAuthority: optionalKey(data, 46),
    hasExtensions: extended,
  };
}

function writeOptionalKey(data, offset, key) {
  if (!key) return;
  data.writeUInt32LE(1, offset);
  data.set(decodeBase58(key), offset + 4);
}

export function writeMint({ mintAuthority, freezeAuthority, supply, decimals }) {
  const data = Buffer.alloc(MINT_BYTES);
  writeOptionalKey(data, 0, mintAuthority);
  data.writeBigUInt64LE(supply, 36);
  data[44] = decimals;
  data[45] = 1;
  writeOptionalKey(data, 46, freezeAuthority);
  return data;
}

export function writeTokenAccount({ program, mint, owner, amount, delegate, delegatedAmount = 0n }) {
  const data = Buffer.alloc(TOKEN_ACCOUNT_BYTES);
  data.set(decodeBase58(mint), 0);
  data.set(decodeBase58(owner), 32);
  data.writeBigUInt64LE(amount, 64);
  writeOptionalKey(data, OFFSETS.delegate, delegate);
  data[OFFSETS.state] = ACCOUNT_STATES.indexOf('initialized');
  data.writeBigUInt64LE(delegatedAmount, OFFSETS.delegatedAmount);
  // The associated token program makes Token-2022 accounts with an immutable owner.
  return program === TOKEN_2022_PROGRAM
    ? Buffer.concat([data, Buffer.from([ACCOUNT_TYPE]), IMMUTABLE_OWNER_EXTENSION])
    : data;
}

/** An amount in Solana's four spellings. */
export function uiTokenAmount(amount, decimals) {
  const digits = String(amount).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = digits.slice(digits.length - decimals).replace(/0+$/, '');
  const uiAmountString = fraction ? `${whole}.${fraction}` : whole;
  return { amount: String(amount), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}
