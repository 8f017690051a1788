// @solana/web3.js 1.x against the URL given: a program with more accounts than fit into a small answer. Prints its address.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, PublicKey, SystemProgram, Transaction, sendAndConfirmTransaction } =
  client('@solana/web3.js');

const ACCOUNTS = 60;
const AT_ONCE = 6;
const BYTES = 20_000;
const connection = new Connection(url, 'confirmed');
const owner = Keypair.generate();
const program = Keypair.generate().publicKey;

const airdrop = await connection.requestAirdrop(owner.publicKey, 10 * LAMPORTS_PER_SOL);
await connection.confirmTransaction({ signature: airdrop, ...(await connection.getLatestBlockhash()) });
const lamports = await connection.getMinimumBalanceForRentExemption(BYTES);
const seeds = Array.from({ length: ACCOUNTS }, (_, index) => `account ${index}`);
const create = async (seed) =>
  SystemProgram.createAccountWithSeed({
    fromPubkey: owner.publicKey,
    basePubkey: owner.publicKey,
    newAccountPubkey: await PublicKey.createWithSeed(owner.publicKey, seed, program),
    seed,
    lamports,
    space: BYTES,
    programId: program,
  });
await Promise.all(
  Array.from({ length: ACCOUNTS / AT_ONCE }, async (_, at) => {
    const instructions = await Promise.all(seeds.slice(at * AT_ONCE, (at + 1) * AT_ONCE).map(create));
    await sendAndConfirmTransaction(connection, new Transaction().add(...instructions), [owner]);
  }),
);

const accounts = await connection.getProgramAccounts(program);
assert.equal(accounts.length, ACCOUNTS);
assert.ok(accounts.every(({ account }) => account.data.length === BYTES && account.lamports === lamports));
console.log(JSON.stringify({ program: program.toBase58() }));
process.exit(0);
