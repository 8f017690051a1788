// @solana/web3.js 1.x against the URL given: whoever saw its own write never sees the state before it again.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, SystemProgram, Transaction, sendAndConfirmTransaction } =
  client('@solana/web3.js');

const WRITES = 5;
const READS = 20;
const LAMPORTS = LAMPORTS_PER_SOL / 100;
const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;

const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
await connection.confirmTransaction({ signature: airdrop, ...(await connection.getLatestBlockhash()) });
for (let write = 1; write <= WRITES; write++) {
  const pay = SystemProgram.transfer({ fromPubkey: sender.publicKey, toPubkey: receiver, lamports: LAMPORTS });
  await sendAndConfirmTransaction(connection, new Transaction().add(pay), [sender]);
  const balances = await Promise.all(Array.from({ length: READS }, () => connection.getBalance(receiver)));
  assert.deepEqual(balances, Array(READS).fill(write * LAMPORTS), `after write ${write}`);
}
process.exit(0);
