// Devnet's own wallet: pays airdrops and mints USDC. It belongs to the sequencer, so no operator holds its key.
import {
  AccountRole,
  address as asAddress,
  appendTransactionMessageInstructions,
  createKeyPairSignerFromPrivateKeyBytes,
  createTransactionMessage,
  getAddressEncoder,
  getBase64EncodedWireTransaction,
  getProgramDerivedAddress,
  pipe,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} from '@solana/kit';
import { ASSOCIATED_TOKEN_PROGRAM, MEMO_PROGRAM, SYSTEM_PROGRAM } from './addresses.mjs';
import { blockhash } from './chain.mjs';
import { mintNamed, walletNamed } from './genesis.mjs';

const SYSTEM_TRANSFER = 2;
const TOKEN_TRANSFER = 3;
const TOKEN_MINT_TO = 7;
const ASSOCIATED_TOKEN_CREATE_IDEMPOTENT = 1;
const USDC = mintNamed('USDC');

export const signerOf = (name) => createKeyPairSignerFromPrivateKeyBytes(Buffer.from(walletNamed(name).seed, 'hex'));

export class Faucet {
  #serial = 0;

  static async open() {
    return new Faucet(await signerOf('faucet'));
  }

  constructor(signer) {
    this.signer = signer;
  }

  airdrop(slot, recipient, lamports) {
    return signedTransaction(this.signer, slot, [
      transferLamports(this.signer.address, recipient, lamports),
      this.#serialMemo('airdrop'),
    ]);
  }

  /** Creates the owner's associated token account where it is missing. */
  async mintUsdc(slot, owner, amount) {
    const tokenAccount = await associatedTokenAccount(owner, USDC);
    const wire = await signedTransaction(this.signer, slot, [
      createTokenAccount(this.signer.address, tokenAccount, owner, USDC),
      mintTo(USDC, tokenAccount, amount),
      this.#serialMemo('usdc'),
    ]);
    return { tokenAccount, wire };
  }

  /** Two equal requests in one slot must be two transactions. */
  #serialMemo(purpose) {
    return memo(`${purpose} ${Date.now()}-${++this.#serial}`);
  }
}

export function signedTransaction(payer, slot, instructions) {
  const lifetime = { blockhash: blockhash(slot), lastValidBlockHeight: 0n };
  return pipe(
    createTransactionMessage({ version: 'legacy' }),
    (message) => setTransactionMessageFeePayerSigner(payer, message),
    (message) => setTransactionMessageLifetimeUsingBlockhash(lifetime, message),
    (message) => appendTransactionMessageInstructions(instructions, message),
    async (message) => getBase64EncodedWireTransaction(await signTransactionMessageWithSigners(message)),
  );
}

export function transferLamports(from, to, lamports) {
  return {
    programAddress: asAddress(SYSTEM_PROGRAM),
    accounts: [account(from, AccountRole.WRITABLE_SIGNER), account(to, AccountRole.WRITABLE)],
    data: Buffer.concat([Buffer.from([SYSTEM_TRANSFER, 0, 0, 0]), u64(lamports)]),
  };
}

export function transferTokens(mint, from, to, owner, amount) {
  return {
    programAddress: asAddress(mint.program),
    accounts: [
      account(from, AccountRole.WRITABLE),
      account(to, AccountRole.WRITABLE),
      account(owner, AccountRole.READONLY_SIGNER),
    ],
    data: Buffer.concat([Buffer.from([TOKEN_TRANSFER]), u64(amount)]),
  };
}

export function memo(text) {
  return { programAddress: asAddress(MEMO_PROGRAM), accounts: [], data: Buffer.from(text) };
}

function mintTo(mint, tokenAccount, amount) {
  return {
    programAddress: asAddress(mint.program),
    accounts: [
      account(mint.address, AccountRole.WRITABLE),
      account(tokenAccount, AccountRole.WRITABLE),
      account(mint.mintAuthority, AccountRole.READONLY_SIGNER),
    ],
    data: Buffer.concat([Buffer.from([TOKEN_MINT_TO]), u64(amount)]),
  };
}

function createTokenAccount(payer, tokenAccount, owner, mint) {
  return {
    programAddress: asAddress(ASSOCIATED_TOKEN_PROGRAM),
    accounts: [
      account(payer, AccountRole.WRITABLE_SIGNER),
      account(tokenAccount, AccountRole.WRITABLE),
      account(owner, AccountRole.READONLY),
      account(mint.address, AccountRole.READONLY),
      account(SYSTEM_PROGRAM, AccountRole.READONLY),
      account(mint.program, AccountRole.READONLY),
    ],
    data: Buffer.from([ASSOCIATED_TOKEN_CREATE_IDEMPOTENT]),
  };
}

async function associatedTokenAccount(owner, mint) {
  const encoder = getAddressEncoder();
  const [derived] = await getProgramDerivedAddress({
    programAddress: asAddress(ASSOCIATED_TOKEN_PROGRAM),
    seeds: [owner, mint.program, mint.address].map((seed) => encoder.encode(asAddress(seed))),
  });
  return derived;
}

const account = (address, role) => ({ address: asAddress(address), role });

function u64(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
