// @solana/web3.js 1.x against the URL given: one transaction sent three times, as a client in doubt does.
// Prints its signature, and a transaction that nobody pays for.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, SystemProgram, TransactionMessage, VersionedTransaction } =
  client('@solana/web3.js');

const TIMES = 3;
const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;

const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
const latest = await connection.getLatestBlockhash();
await connection.confirmTransaction({ signature: airdrop, ...latest });
const payment = (payer, lamports) => {
  const pay = SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: receiver, lamports });
  const message = new TransactionMessage({ payerKey: payer.publicKey, recentBlockhash: latest.blockhash, instructions: [pay] });
  const transaction = new VersionedTransaction(message.compileToV0Message());
  transaction.sign([payer]);
  return Buffer.from(transaction.serialize());
};

const transaction = payment(sender, LAMPORTS_PER_SOL / 4);
const signatures = [];
for (let time = 0; time < TIMES; time++) signatures.push(await connection.sendRawTransaction(transaction));
assert.equal(new Set(signatures).size, 1);
await connection.confirmTransaction({ signature: signatures[0], ...latest });
assert.equal(await connection.getBalance(receiver), LAMPORTS_PER_SOL / 4, 'it runs once');

console.log(JSON.stringify({ signature: signatures[0], unpaid: payment(Keypair.generate(), 1).toString('base64') }));
process.exit(0);
