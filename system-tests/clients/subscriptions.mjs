// @solana/web3.js 1.x and @solana/kit against the URL given: slots, logs and signatures until the input ends.
// Fails when anything was lost or told twice; prints how many notifications each method brought.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { client, url, webSocketUrl } from './client.mjs';

const { Connection, Keypair, LAMPORTS_PER_SOL, SystemProgram, Transaction } = client('@solana/web3.js');
const { createSolanaRpcSubscriptions } = client('@solana/kit');

const EVERY_MS = 800;
const PATIENCE_MS = 60_000;
const connection = new Connection(url, 'confirmed');
const sender = Keypair.generate();
const receiver = Keypair.generate().publicKey;

const until = async (condition, what) => {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `${what()} within ${PATIENCE_MS} ms`);
    await delay(50);
  }
};

// by asking, so that no subscription is opened but those that are counted
const airdrop = await connection.requestAirdrop(sender.publicKey, LAMPORTS_PER_SOL);
await until(async () => (await connection.getBalance(sender.publicKey)) > 0, () => 'the airdrop');

const seen = { web3js: { slots: [], logs: [] }, kit: { slots: [], logs: [] }, signatures: [] };
const slotListener = connection.onSlotChange((slot) => seen.web3js.slots.push(slot));
const logsListener = connection.onLogs(sender.publicKey, ({ signature }) => seen.web3js.logs.push(signature));

const subscriptions = createSolanaRpcSubscriptions(webSocketUrl());
const end = new AbortController();
const collect = async (pending, take) => {
  const notifications = await pending.subscribe({ abortSignal: end.signal });
  return { ended: (async () => { for await (const notification of notifications) take(notification); })() };
};
const kit = await Promise.all([
  collect(subscriptions.slotNotifications(), (slot) => seen.kit.slots.push(slot)),
  collect(
    subscriptions.logsNotifications({ mentions: [sender.publicKey.toBase58()] }, { commitment: 'confirmed' }),
    ({ value }) => seen.kit.logs.push(value.signature),
  ),
]);

const sent = [];
let stopped = false;
const pay = async (lamports) => {
  const latest = await connection.getLatestBlockhash();
  const transfer = SystemProgram.transfer({ fromPubkey: sender.publicKey, toPubkey: receiver, lamports });
  const transaction = new Transaction({ feePayer: sender.publicKey, ...latest }).add(transfer);
  transaction.sign(sender);
  const signature = await connection.sendRawTransaction(transaction.serialize());
  sent.push(signature);
  connection.onSignature(signature, ({ err }) => seen.signatures.push({ signature, err }));
};
const paying = (async () => {
  await until(() => seen.web3js.slots.length > 0 && seen.kit.slots.length > 0, () => 'the first slots');
  console.log('ready');
  for (let lamports = LAMPORTS_PER_SOL / 100; !stopped; lamports++) {
    await pay(lamports);
    await delay(EVERY_MS);
  }
})();

process.stdin.resume();
await once(process.stdin, 'end');
stopped = true;
await paying;
/** The airdrop's may come before or after the subscription begins. */
const logsOf = ({ logs }) => logs.filter((signature) => signature !== airdrop);
await until(
  () => [logsOf(seen.web3js), logsOf(seen.kit), seen.signatures].every(({ length }) => length >= sent.length),
  () => `${sent.length} sent, logs ${logsOf(seen.web3js).length} and ${logsOf(seen.kit).length}, signatures ${seen.signatures.length}`,
);
await delay(EVERY_MS); // for what would come twice
await connection.removeSlotChangeListener(slotListener);
await connection.removeOnLogsListener(logsListener);
end.abort();
await Promise.all(kit.map(({ ended }) => ended));

const expected = [...sent].sort();
assert.deepEqual(seen.signatures.map(({ signature }) => signature).sort(), expected, 'signatures, each once');
assert.ok(seen.signatures.every(({ err }) => err === null));
for (const name of ['web3js', 'kit']) {
  const { slots } = seen[name];
  assert.deepEqual(logsOf(seen[name]).sort(), expected, `logs of ${name}, each once`);
  slots.slice(1).forEach(({ parent }, index) => assert.equal(parent, slots[index].slot, `slots of ${name} in a row`));
}
console.log(
  JSON.stringify({
    slotSubscribe: seen.web3js.slots.length + seen.kit.slots.length,
    logsSubscribe: seen.web3js.logs.length + seen.kit.logs.length,
    signatureSubscribe: seen.signatures.length,
  }),
);
process.exit(0);
