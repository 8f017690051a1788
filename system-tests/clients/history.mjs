// @solana/web3.js 1.x against the URL given: what happened, one by one and in batches.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, SystemProgram, Transaction, sendAndConfirmTransaction } =
  client('@solana/web3.js');

const PAYMENTS = 3;
const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receivers = Array.from({ length: PAYMENTS }, () => Keypair.generate().publicKey);
const lamportsFor = (index) => LAMPORTS_PER_SOL / 100 + index;

const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
await connection.confirmTransaction({ signature: airdrop, ...(await connection.getLatestBlockhash()) });
const payments = [];
for (const [index, receiver] of receivers.entries()) {
  const pay = SystemProgram.transfer({
    fromPubkey: sender.publicKey,
    toPubkey: receiver,
    lamports: lamportsFor(index),
  });
  payments.push(await sendAndConfirmTransaction(connection, new Transaction().add(pay), [sender]));
}

const signatures = await connection.getSignaturesForAddress(sender.publicKey);
assert.deepEqual(
  signatures.map(({ signature }) => signature),
  [...payments.toReversed(), airdrop],
);
const newest = await connection.getSignaturesForAddress(sender.publicKey, { limit: 1, until: payments[0] });
assert.deepEqual(newest.map(({ signature }) => signature), payments.slice(-1));

const version = { maxSupportedTransactionVersion: 0 };
const one = await connection.getTransaction(payments[0], version);
assert.equal(one.meta.err, null);
assert.equal(one.meta.postBalances[1], lamportsFor(0));

const parsed = await connection.getParsedTransaction(payments[1], version);
assert.equal(parsed.transaction.message.instructions[0].parsed.info.lamports, lamportsFor(1));

const batch = await connection.getParsedTransactions(payments, version);
assert.deepEqual(
  batch.map(({ transaction }) => transaction.message.instructions[0].parsed.info.destination),
  receivers.map(String),
  'a batch keeps its order',
);
const plain = await connection.getTransactions([...payments].reverse(), version);
assert.deepEqual(plain.map(({ transaction }) => transaction.signatures[0]), payments.toReversed());

const block = await connection.getBlock(one.slot, version);
assert.ok(block.transactions.some(({ transaction }) => transaction.signatures[0] === payments[0]));
assert.ok((await connection.getBlocks(one.slot, one.slot)).includes(one.slot));
assert.ok((await connection.getBlockTime(one.slot)) > 0);

const accounts = await connection.getMultipleAccountsInfo([...receivers, Keypair.generate().publicKey]);
assert.deepEqual(accounts.map((account) => account?.lamports ?? null), [...receivers.keys()].map(lamportsFor).concat(null));
process.exit(0);
