// @solana/web3.js 1.x against the URL given: reads, an airdrop, transfers, confirmed over the WebSocket.
import assert from 'node:assert/strict';
import { client, url } from './client.mjs';

const {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
  sendAndConfirmTransaction,
} = client('@solana/web3.js');

const FEE = 5000;
const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;
const transfer = (lamports) =>
  SystemProgram.transfer({ fromPubkey: sender.publicKey, toPubkey: receiver, lamports });

assert.ok((await connection.getSlot()) > 0);
assert.ok((await connection.getBlockHeight()) > 0);
assert.match((await connection.getVersion())['solana-core'], /^\d+\.\d+/);
assert.ok((await connection.getEpochInfo()).slotsInEpoch > 0);
assert.ok((await connection.getMinimumBalanceForRentExemption(165)) > 0);
assert.ok((await connection.getAccountInfo(new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'))).executable);
assert.equal(await connection.getAccountInfo(sender.publicKey), null);
assert.equal(await connection.getBalance(sender.publicKey), 0);

const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
const dropped = await connection.confirmTransaction({ signature: airdrop, ...(await connection.getLatestBlockhash()) });
assert.equal(dropped.value.err, null);
assert.equal(await connection.getBalance(sender.publicKey), LAMPORTS_PER_SOL, 'an airdrop is paid out exactly once');

await sendAndConfirmTransaction(connection, new Transaction().add(transfer(LAMPORTS_PER_SOL / 4)), [sender]);
assert.equal(await connection.getBalance(receiver), LAMPORTS_PER_SOL / 4);
assert.equal(await connection.getBalance(sender.publicKey), (LAMPORTS_PER_SOL * 3) / 4 - FEE);

const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
const versioned = new VersionedTransaction(
  new TransactionMessage({
    payerKey: sender.publicKey,
    recentBlockhash: blockhash,
    instructions: [ComputeBudgetProgram.setComputeUnitLimit({ units: 10_000 }), transfer(1_000_000)],
  }).compileToV0Message(),
);
versioned.sign([sender]);
const simulated = await connection.simulateTransaction(versioned);
assert.equal(simulated.value.err, null);
assert.ok(simulated.value.unitsConsumed > 0);
assert.equal((await connection.getFeeForMessage(versioned.message)).value, FEE);
const signature = await connection.sendTransaction(versioned);
await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
assert.equal(await connection.getBalance(receiver), LAMPORTS_PER_SOL / 4 + 1_000_000);
assert.equal((await connection.getSignatureStatus(signature)).value.err, null);

const poor = Keypair.generate();
const tooMuch = SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: receiver, lamports: 1 });
await assert.rejects(
  sendAndConfirmTransaction(connection, new Transaction().add(tooMuch), [poor]),
  /no record of a prior credit/,
  'a refused preflight reaches the client in the words of the node',
);
process.exit(0);
