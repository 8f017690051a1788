// jsonParsed for the instructions that transactions are mostly made of; others are shown partly decoded, as Agave
// does with programs that it does not know.
import {
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAMS,
  SYSTEM_PROGRAM,
  TOKEN_2022_PROGRAM,
  TOKEN_PROGRAM,
} from './addresses.mjs';
import { encodeBase58 } from './base58.mjs';
import { uiTokenAmount } from './token.mjs';

const lamportsAt = (data, offset) => data.readBigUInt64LE(offset);
const amountAt = (data, offset) => String(data.readBigUInt64LE(offset));
const keyAt = (data, offset) => encodeBase58(data.subarray(offset, offset + 32));

const SYSTEM_INSTRUCTIONS = {
  0: (data, [source, newAccount]) => ({
    type: 'createAccount',
    info: { lamports: lamportsAt(data, 4), newAccount, owner: keyAt(data, 20), source, space: lamportsAt(data, 12) },
  }),
  1: (data, [account]) => ({ type: 'assign', info: { account, owner: keyAt(data, 4) } }),
  2: (data, [source, destination]) => ({
    type: 'transfer',
    info: { destination, lamports: lamportsAt(data, 4), source },
  }),
  4: (_, [nonceAccount, recentBlockhashesSysvar, nonceAuthority]) => ({
    type: 'advanceNonce',
    info: { nonceAccount, nonceAuthority, recentBlockhashesSysvar },
  }),
  8: (data, [account]) => ({ type: 'allocate', info: { account, space: lamportsAt(data, 4) } }),
};

const TOKEN_INSTRUCTIONS = {
  3: (data, [source, destination, authority]) => ({
    type: 'transfer',
    info: { amount: amountAt(data, 1), authority, destination, source },
  }),
  4: (data, [source, delegate, owner]) => ({
    type: 'approve',
    info: { amount: amountAt(data, 1), delegate, owner, source },
  }),
  5: (_, [source, owner]) => ({ type: 'revoke', info: { owner, source } }),
  7: (data, [mint, account, mintAuthority]) => ({
    type: 'mintTo',
    info: { account, amount: amountAt(data, 1), mint, mintAuthority },
  }),
  8: (data, [account, mint, authority]) => ({
    type: 'burn',
    info: { account, amount: amountAt(data, 1), authority, mint },
  }),
  9: (_, [account, destination, owner]) => ({ type: 'closeAccount', info: { account, destination, owner } }),
  12: (data, [source, mint, destination, authority]) => ({
    type: 'transferChecked',
    info: { authority, destination, mint, source, tokenAmount: uiTokenAmount(data.readBigUInt64LE(1), data[9]) },
  }),
  14: (data, [mint, account, mintAuthority]) => ({
    type: 'mintToChecked',
    info: { account, mint, mintAuthority, tokenAmount: uiTokenAmount(data.readBigUInt64LE(1), data[9]) },
  }),
  17: (_, [account]) => ({ type: 'syncNative', info: { account } }),
  18: (data, [account, mint]) => ({ type: 'initializeAccount3', info: { account, mint, owner: keyAt(data, 1) } }),
  20: (data, [mint]) => ({
    type: 'initializeMint2',
    info: {
      decimals: data[1],
      ...(data[34] === 1 && { freezeAuthority: keyAt(data, 35) }),
      mint,
      mintAuthority: keyAt(data, 2),
    },
  }),
  22: (_, [account]) => ({ type: 'initializeImmutableOwner', info: { account } }),
};

function associatedTokenInstruction(data, [source, account, wallet, mint, systemProgram, tokenProgram]) {
  const type = { 0: 'create', 1: 'createIdempotent' }[data.length === 0 ? 0 : data[0]];
  return type && { type, info: { account, mint, source, systemProgram, tokenProgram, wallet } };
}

/** `{program, parsed}`, or undefined for what this node cannot name. */
export function parseInstruction(programId, accounts, data) {
  try {
    const [program, parsed] = parse(programId, accounts, data);
    return parsed && { program, parsed };
  } catch {
    return undefined; // too short for its kind: shown undecoded
  }
}

function parse(programId, accounts, data) {
  switch (programId) {
    case SYSTEM_PROGRAM:
      return ['system', SYSTEM_INSTRUCTIONS[data.readUInt32LE(0)]?.(data, accounts)];
    case TOKEN_PROGRAM:
    case TOKEN_2022_PROGRAM:
      return ['spl-token', TOKEN_INSTRUCTIONS[data[0]]?.(data, accounts)];
    case ASSOCIATED_TOKEN_PROGRAM:
      return ['spl-associated-token-account', associatedTokenInstruction(data, accounts)];
    default:
      return MEMO_PROGRAMS.includes(programId) ? ['spl-memo', data.toString('utf8')] : [];
  }
}
