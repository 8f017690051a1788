// @solana/spl-token against the URL given: a token from its mint to the accounts that hold it.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, PublicKey } = client('@solana/web3.js');
const {
  ACCOUNT_SIZE,
  TOKEN_PROGRAM_ID,
  createAssociatedTokenAccount,
  createMint,
  getAccount,
  getMint,
  getOrCreateAssociatedTokenAccount,
  mintTo,
  transfer,
} = client('@solana/spl-token');

const MINT_OFFSET = 0;
const OWNER_OFFSET = 32;
const connection = new Connection(url, 'confirmed');
const owner = Keypair.generate();
const receiver = Keypair.generate().publicKey;

const airdrop = await connection.requestAirdrop(owner.publicKey, LAMPORTS_PER_SOL);
await connection.confirmTransaction({ signature: airdrop, ...(await connection.getLatestBlockhash()) });

const mint = await createMint(connection, owner, owner.publicKey, null, 2);
assert.equal((await getMint(connection, mint)).decimals, 2);
const own = await createAssociatedTokenAccount(connection, owner, mint, owner.publicKey);
const { address: theirs } = await getOrCreateAssociatedTokenAccount(connection, owner, mint, receiver);
await mintTo(connection, owner, mint, own, owner, 1000);
await transfer(connection, owner, own, theirs, owner, 250);

assert.equal((await getAccount(connection, own)).amount, 750n);
assert.equal((await getAccount(connection, theirs)).amount, 250n);
assert.equal((await connection.getTokenSupply(mint)).value.amount, '1000');
assert.equal((await connection.getTokenAccountBalance(theirs)).value.uiAmountString, '2.5');
const largest = await connection.getTokenLargestAccounts(mint);
assert.deepEqual(largest.value.map(({ amount }) => amount), ['750', '250']);

const owned = await connection.getParsedTokenAccountsByOwner(receiver, { mint });
assert.deepEqual(owned.value.map(({ account }) => account.data.parsed.info.tokenAmount.amount), ['250']);

const filtered = (...filters) => connection.getProgramAccounts(TOKEN_PROGRAM_ID, { filters });
const ofMint = { memcmp: { offset: MINT_OFFSET, bytes: mint.toBase58() } };
const ofReceiver = { memcmp: { offset: OWNER_OFFSET, bytes: receiver.toBase58() } };
const names = (accounts) => accounts.map(({ pubkey }) => pubkey.toBase58()).sort();
assert.deepEqual(names(await filtered({ dataSize: ACCOUNT_SIZE }, ofMint)), [own, theirs].map(String).sort());
assert.deepEqual(names(await filtered({ dataSize: ACCOUNT_SIZE }, ofMint, ofReceiver)), [theirs.toBase58()]);
const parsed = await connection.getParsedProgramAccounts(TOKEN_PROGRAM_ID, { filters: [ofReceiver] });
assert.equal(parsed[0].account.data.parsed.info.mint, mint.toBase58());
assert.deepEqual(await filtered({ dataSize: ACCOUNT_SIZE }, { memcmp: { offset: MINT_OFFSET, bytes: PublicKey.unique().toBase58() } }), []);
process.exit(0);
