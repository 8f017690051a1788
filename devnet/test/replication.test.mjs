import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Keypair } from '@solana/web3.js';
import { Devnet, until } from '../testing/devnet.mjs';
import { mintNamed, walletNamed } from '../src/genesis.mjs';

let devnet;
before(async () => {
  devnet = await Devnet.start({}, {});
});
after(() => devnet.stop());

const confirmed = { commitment: 'confirmed' };

async function sequencer(path, body) {
  const response = await fetch(devnet.sequencerUrl + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...(await response.json()) };
}

test('an airdrop is paid once, and seen the same on every node', async () => {
  const recipient = Keypair.generate().publicKey.toBase58();
  const [first, second] = devnet.nodes;
  const signature = await first.call('requestAirdrop', recipient, 1_500_000_000);
  await Promise.all(devnet.nodes.map((node) => node.confirmed(signature)));
  assert.equal((await second.call('getBalance', recipient, confirmed)).value, 1_500_000_000);
  const { transaction } = await second.call('getTransaction', signature, { ...confirmed, encoding: 'base64' });
  const again = await second.call('sendTransaction', transaction[0], { encoding: 'base64', skipPreflight: true });
  assert.equal(again, signature);
  await assert.rejects(
    first.call('sendTransaction', transaction[0], {
      encoding: 'base64',
      ...confirmed,
      preflightCommitment: 'confirmed',
    }),
    {
      code: -32002,
    },
  );
  const next = await first.call('requestAirdrop', recipient, 1);
  await first.confirmed(next);
  assert.equal((await first.call('getBalance', recipient, confirmed)).value, 1_500_000_001);
});

test('a node that starts late replays to the same state', async () => {
  const late = await devnet.startNode();
  const nodes = [...devnet.nodes, late];
  const signature = await late.call('requestAirdrop', Keypair.generate().publicKey.toBase58(), 42);
  await Promise.all(nodes.map((node) => node.confirmed(signature)));
  const states = await until(async () => {
    const seen = await Promise.all(nodes.map((node) => node.state()));
    return seen.every(({ replayed }) => replayed === seen[0].replayed) && seen;
  });
  assert.equal(new Set(states.map(({ hash }) => hash)).size, 1);
});

test('nodes that answer for one slot answer the same', async () => {
  const recipient = walletNamed('erin').address;
  const seen = new Map();
  const sent = devnet.nodes[0].call('requestAirdrop', recipient, 1_000);
  const done = sent.then((signature) => devnet.nodes[1].confirmed(signature));
  let finished = false;
  done.then(() => (finished = true));
  while (!finished) {
    for (const node of devnet.nodes) {
      const { context, value } = await node.call('getBalance', recipient, { commitment: 'processed' });
      assert.equal(seen.get(context.slot) ?? value, value, `slot ${context.slot}`);
      seen.set(context.slot, value);
    }
  }
  await done;
  assert.ok(new Set(seen.values()).size === 2, 'the balance was seen before and after');
});

test('the sequencer mints USDC on request and refuses nonsense', async () => {
  const owner = Keypair.generate().publicKey.toBase58();
  const { signature, tokenAccount } = await sequencer('/usdc', { owner, amount: '2500000' });
  const [node] = devnet.nodes;
  assert.equal((await node.confirmed(signature)).err, null);
  const { value } = await node.call('getTokenAccountBalance', tokenAccount, confirmed);
  assert.equal(value.uiAmountString, '2.5');
  const { value: owned } = await node.call(
    'getTokenAccountsByOwner',
    owner,
    { mint: mintNamed('USDC').address },
    { ...confirmed, encoding: 'jsonParsed' },
  );
  assert.deepEqual(
    owned.map(({ pubkey }) => pubkey),
    [tokenAccount],
  );
  assert.equal((await sequencer('/usdc', { owner: 'me', amount: '1' })).status, 400);
  assert.equal((await sequencer('/transactions', { transaction: 'AAAA' })).status, 400);
});

test('a sequencer that kept its journal goes on where it stopped', async (context) => {
  const directory = await mkdtemp(join(tmpdir(), 'devnet-'));
  const kept = await Devnet.startWith(['--journal', join(directory, 'journal')], [{}]);
  context.after(() => kept.stop().then(() => rm(directory, { recursive: true })));
  const [node] = kept.nodes;
  await node.confirmed(await node.call('requestAirdrop', walletNamed('carol').address, 7));
  await kept.restartSequencer();
  const afterwards = await until(() => node.call('requestAirdrop', walletNamed('carol').address, 8).catch(() => null));
  await node.confirmed(afterwards);
  const late = await kept.startNode();
  const states = await until(async () => {
    const seen = await Promise.all([node.state(), late.state()]);
    return seen[0].replayed === seen[1].replayed && seen;
  });
  assert.equal(states[0].hash, states[1].hash);
});

test('a node gives up when its sequencer begins another journal', async (context) => {
  const forgetful = await Devnet.startWith([], [{}]);
  context.after(() => forgetful.stop());
  const exited = once(forgetful.nodes[0].child, 'exit');
  await forgetful.restartSequencer();
  assert.equal((await exited)[0], 3);
});
