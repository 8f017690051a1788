import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Keypair, SystemProgram, Transaction } from '@solana/web3.js';
import WebSocket from 'ws';
import { Faults } from '../src/faults.mjs';
import { walletNamed } from '../src/genesis.mjs';
import { Devnet, until } from '../testing/devnet.mjs';

let devnet;
before(async () => {
  devnet = await Devnet.start(
    { flags: ['--operator', 'op_honest'] },
    { flags: ['--lie', '1', '--latency', '80', '--lag', '5'] },
  );
});
after(() => devnet.stop());

const bob = walletNamed('bob').address;
const balanceOf = async (node) => (await node.call('getBalance', bob)).value;
const HONEST = {
  latencyMs: 0,
  latencyP50Ms: null,
  latencyP99Ms: null,
  lagSlots: 0,
  lie: 0,
  error: 0,
  hang: 0,
  lose: 0,
  rateLimit: null,
  down: false,
};

test('flags make a node lie, lag and take its time', async () => {
  const [honest, dishonest] = devnet.nodes;
  const startedAt = performance.now();
  const lie = await balanceOf(dishonest);
  assert.ok(performance.now() - startedAt >= 79);
  assert.equal(lie, (await balanceOf(honest)) + 1);
  assert.equal(await dishonest.call('getGenesisHash'), await honest.call('getGenesisHash'));
  const { body } = await dishonest.control();
  assert.deepEqual([body.lie, body.latencyMs, body.lagSlots, body.counters.lies], [1, 80, 5, 1]);
  await dishonest.control(HONEST);
  assert.equal(await balanceOf(dishonest), await balanceOf(honest));
});

test('a lagging node sees fewer slots', async () => {
  const [honest, lagging] = devnet.nodes;
  await lagging.control({ ...HONEST, lagSlots: 40 });
  const behind =
    (await honest.call('getSlot', { commitment: 'processed' })) -
    (await lagging.call('getSlot', { commitment: 'processed' }));
  assert.ok(behind >= 38 && behind <= 42, String(behind));
  await lagging.control({ lagSlots: 150 });
  await assert.rejects(lagging.call('getHealth'), { code: -32005, data: { numSlotsBehind: 150 } });
  await lagging.control(HONEST);
});

test('the operator id is served, and can be told later', async () => {
  const wellKnown = async (node) => {
    const response = await fetch(`${node.url}/.well-known/streamsync`);
    return response.ok ? response.json() : response.status;
  };
  const [first, second] = devnet.nodes;
  assert.deepEqual(await wellKnown(first), { operatorId: 'op_honest' });
  assert.equal(await wellKnown(second), 404);
  await second.control({ operatorId: 'op_second' });
  assert.deepEqual(await wellKnown(second), { operatorId: 'op_second' });
});

test('errors, rate limits and hanging come and go at run time', async () => {
  const [, node] = devnet.nodes;
  const statusOf = async () => (await node.post({ jsonrpc: '2.0', id: 1, method: 'getHealth' })).status;
  await node.control({ ...HONEST, error: 1 });
  assert.equal(await statusOf(), 500);
  await node.control({ ...HONEST, rateLimit: 2 });
  const statuses = [];
  for (let request = 0; request < 4; request++) statuses.push(await statusOf());
  assert.deepEqual(statuses.slice(0, 2), [200, 200]);
  assert.ok(statuses.includes(429));
  await node.control({ ...HONEST, hang: 1 });
  const patience = AbortSignal.timeout(200);
  const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}', signal: patience };
  await assert.rejects(fetch(node.url, request), { name: 'TimeoutError' });
  await node.control(HONEST);
  assert.equal(await statusOf(), 200);
});

test('a node accepts a transaction and forgets it, until it is told again', async () => {
  const [, node] = devnet.nodes;
  const payer = Keypair.fromSeed(Buffer.from(walletNamed('bob').seed, 'hex'));
  const { value } = await node.call('getLatestBlockhash', { commitment: 'confirmed' });
  const pay = SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: payer.publicKey, lamports: 1 });
  const transaction = new Transaction({ feePayer: payer.publicKey, ...value }).add(pay);
  transaction.sign(payer);
  const submit = () =>
    node.call('sendTransaction', transaction.serialize().toString('base64'), { encoding: 'base64' });
  await node.control({ ...HONEST, lose: 1 });
  const signature = await submit();
  const { body } = await node.control({ lose: 0 });
  assert.equal(body.counters.lost, 1);
  assert.deepEqual((await node.call('getSignatureStatuses', [signature])).value, [null]);
  assert.equal(await submit(), signature);
  await node.confirmed(signature);
});

test('a node that is down refuses clients and drops subscribers, until it is up again', async () => {
  const [, node] = devnet.nodes;
  const subscriber = new WebSocket(node.webSocketUrl);
  let closed = false;
  subscriber.on('close', () => (closed = true));
  await until(() => subscriber.readyState === WebSocket.OPEN);
  await node.control({ down: true });
  await assert.rejects(node.call('getHealth'));
  await until(() => closed);
  await node.control({ down: false });
  assert.equal(await node.call('getHealth'), 'ok');
});

test('the control endpoint refuses what it does not know', async () => {
  const [node] = devnet.nodes;
  assert.equal((await node.control({ lie: 2 })).status, 400);
  assert.equal((await node.control({ lies: 1 })).status, 400);
  assert.equal((await node.control({ latencyP50Ms: 5 })).status, 400);
  const fromPage = await fetch(`${node.url}/control`, {
    method: 'POST',
    headers: { origin: 'https://example.com' },
    body: '{"down":true}',
  });
  assert.equal(fromPage.status, 403);
  assert.equal((await node.control()).body.down, false);
});

test('log-normal latency has the asked median and tail', () => {
  const faults = new Faults({ latencyP50Ms: 20, latencyP99Ms: 200 }, seededRandom(7));
  const latencies = Array.from({ length: 20_000 }, () => faults.nextLatencyMs()).sort((left, right) => left - right);
  assert.ok(Math.abs(latencies[10_000] - 20) < 1);
  assert.ok(Math.abs(latencies[19_800] - 200) < 20);
});

/** Mulberry32. */
function seededRandom(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
