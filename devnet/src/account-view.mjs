// An account as RPC shows it, in the encoding that the client asked for.
import { encodeBase58 } from './base58.mjs';
import { invalidParams, invalidRequest } from './rpc/errors.mjs';
import { MAX_U64, readUnsigned } from './rpc/parameters.mjs';
import { TOKEN_PROGRAM } from './addresses.mjs';
import { readMint, readTokenAccount, uiTokenAmount } from './token.mjs';
import { zstdFrame } from './zstd.mjs';

const MAX_BASE58_BYTES = 128;
const ENCODINGS = ['binary', 'base58', 'base64', 'base64+zstd', 'jsonParsed'];

/** `mintAt` finds a mint's account, whose decimals a token account is shown with. */
export function accountView(account, config, mintAt) {
  if (!account) return null;
  return {
    data: encodedData(account, config, mintAt),
    executable: account.executable,
    lamports: account.lamports,
    owner: account.owner,
    rentEpoch: MAX_U64,
    space: account.data.length,
  };
}

export function readEncoding(config, fallback) {
  const encoding = config.encoding ?? fallback;
  if (!ENCODINGS.includes(encoding)) {
    const expected = ENCODINGS.map((name) => `\`${name}\``).join(', ');
    throw invalidParams(`Invalid params: unknown variant \`${encoding}\`, expected one of ${expected}.`);
  }
  return encoding;
}

function encodedData(account, config, mintAt) {
  const encoding = readEncoding(config, 'binary');
  if (encoding === 'jsonParsed') {
    return parsedData(account, mintAt) ?? [base64(sliced(account.data, config)), 'base64'];
  }
  const data = sliced(account.data, config);
  switch (encoding) {
    case 'base64':
      return [base64(data), encoding];
    case 'base64+zstd':
      return [base64(zstdFrame(data)), encoding];
    case 'base58':
      return [base58(data), encoding];
    default:
      return base58(data);
  }
}

function sliced(data, { dataSlice }) {
  if (!dataSlice) return data;
  const offset = Number(readUnsigned(dataSlice.offset));
  return data.subarray(offset, offset + Number(readUnsigned(dataSlice.length)));
}

const base64 = (data) => Buffer.from(data.buffer, data.byteOffset, data.length).toString('base64');

function base58(data) {
  if (data.length > MAX_BASE58_BYTES) {
    throw invalidRequest('Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.');
  }
  return encodeBase58(data);
}

function parsedData(account, mintAt) {
  const content = parsedMint(account) ?? parsedTokenAccount(account, mintAt);
  if (!content) return null;
  const program = account.owner === TOKEN_PROGRAM ? 'spl-token' : 'spl-token-2022';
  return { program, parsed: content, space: account.data.length };
}

function parsedMint(account) {
  const mint = readMint(account);
  if (!mint) return null;
  const { decimals, freezeAuthority, isInitialized, mintAuthority, supply } = mint;
  return { type: 'mint', info: { decimals, freezeAuthority, isInitialized, mintAuthority, supply: String(supply) } };
}

function parsedTokenAccount(account, mintAt) {
  const token = readTokenAccount(account);
  const mint = token && readMint(mintAt(token.mint));
  if (!mint) return null;
  const amountOf = (units) => uiTokenAmount(units, mint.decimals);
  return {
    type: 'account',
    info: {
      ...(token.closeAuthority && { closeAuthority: token.closeAuthority }),
      ...(token.delegate && { delegate: token.delegate, delegatedAmount: amountOf(token.delegatedAmount) }),
      ...(token.hasExtensions && { extensions: tokenExtensions(account.data) }),
      isNative: token.isNative,
      mint: token.mint,
      owner: token.owner,
      ...(token.isNative && { rentExemptReserve: amountOf(token.rentExemptReserve) }),
      state: token.state,
      tokenAmount: amountOf(token.amount),
    },
  };
}

const EXTENSIONS_OFFSET = 166;
const IMMUTABLE_OWNER = 7;

function tokenExtensions(bytes) {
  const data = Buffer.from(bytes);
  const extensions = [];
  for (let at = EXTENSIONS_OFFSET; at + 4 <= data.length; at += 4 + data.readUInt16LE(at + 2)) {
    const type = data.readUInt16LE(at);
    if (type === 0) break;
    extensions.push({ extension: type === IMMUTABLE_OWNER ? 'immutableOwner' : 'unparseableExtension' });
  }
  return extensions;
}
