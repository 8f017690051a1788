// @solana/web3.js 1.x against the URL given: reads, an airdrop, a transfer, confirmed by polling (no WebSocket here).
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
const require = createRequire(new URL('../../devnet/package.json', import.meta.url));
const { Connection, Keypair, LAMPORTS_PER_SOL, PublicKey, SystemProgram, Transaction } = require('@solana/web3.js');

const connection = new Connection(process.argv[2], 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;

const confirmed = async signature => {
  const deadline = Date.now() + 30_000;
  while (Date.now() < deadline) {
    const { value } = await connection.getSignatureStatuses([signature]);
    if (value[0]?.err) throw new Error(JSON.stringify(value[0].err));
    if (value[0] && value[0].confirmationStatus !== 'processed') return;
    await new Promise(resolve => setTimeout(resolve, 200));
  }
  throw new Error(`${signature} is not confirmed`);
};

assert.ok((await connection.getSlot()) > 0);
assert.ok((await connection.getAccountInfo(new PublicKey('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA'))).executable);
assert.equal(await connection.getBalance(sender.publicKey), 0);

await confirmed(await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL));
assert.equal(await connection.getBalance(sender.publicKey), LAMPORTS_PER_SOL, 'an airdrop is paid out exactly once');

const transfer = new Transaction().add(
  SystemProgram.transfer({ fromPubkey: sender.publicKey, toPubkey: receiver, lamports: LAMPORTS_PER_SOL / 4 }),
);
await confirmed(await connection.sendTransaction(transfer, [sender]));
assert.equal(await connection.getBalance(receiver), LAMPORTS_PER_SOL / 4);
process.exit(0);
