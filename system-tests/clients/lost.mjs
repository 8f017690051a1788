// @solana/web3.js 1.x against the URL given: a transaction that each of the nodes given accepts and loses.
// The client sends it once, and it lands all the same.
import assert from 'node:assert/strict';
import { client, more as nodes, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, SystemProgram, Transaction } = client('@solana/web3.js');

const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;

/** By plain HTTP, so that it stands in no ledger. */
async function lose(chance) {
  const body = JSON.stringify({ lose: chance });
  const headers = { 'content-type': 'application/json' };
  for (const node of nodes) assert.ok((await fetch(`${node}/control`, { method: 'POST', headers, body })).ok);
}

const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
const latest = await connection.getLatestBlockhash();
await connection.confirmTransaction({ signature: airdrop, ...latest });
const pay = SystemProgram.transfer({ fromPubkey: sender.publicKey, toPubkey: receiver, lamports: LAMPORTS_PER_SOL / 4 });
const transaction = new Transaction({ feePayer: sender.publicKey, ...latest }).add(pay);
transaction.sign(sender);

let signature;
try {
  await lose(1);
  signature = await connection.sendRawTransaction(transaction.serialize());
} finally {
  await lose(0);
}
await connection.confirmTransaction({ signature, ...latest });
assert.equal(await connection.getBalance(receiver), LAMPORTS_PER_SOL / 4);
process.exit(0);
