import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GENESIS_HASH } from '../src/chain.mjs';
import { Faults } from '../src/faults.mjs';
import { genesis, mintNamed } from '../src/genesis.mjs';

const file = JSON.parse(readFileSync(new URL('../operators.json', import.meta.url), 'utf8'));
const CLASSES = ['lookup', 'scan', 'archive', 'submit'];
const NODE_KEYS = [
  'asks',
  'lagSlots',
  'latencyMs',
  'latencyP50Ms',
  'latencyP99Ms',
  'lie',
  'error',
  'hang',
  'rateLimit',
];

test('six operators of two nodes each sell every class at prices of their own', () => {
  assert.equal(file.operators.length, 6);
  assert.equal(new Set(file.operators.map(({ walletSeed }) => walletSeed)).size, 6);
  for (const { asks, nodes, walletSeed } of file.operators) {
    assert.match(walletSeed, /^[0-9a-f]{64}$/);
    assert.equal(nodes.length, 2);
    for (const ask of [asks, ...nodes.map((node) => node.asks ?? {})].flatMap(Object.entries)) {
      const [queryClass, { price, maxLatencyMs, capacity }] = ask;
      assert.ok(CLASSES.includes(queryClass));
      assert.match(price, /^0\.\d{1,9}$/);
      assert.ok(Number.isInteger(maxLatencyMs) && Number.isInteger(capacity));
    }
    assert.deepEqual(Object.keys(asks), CLASSES);
  }
  for (const queryClass of CLASSES) {
    assert.equal(new Set(file.operators.map(({ asks }) => asks[queryClass].price)).size, 6, queryClass);
  }
});

test('every part of the story is played by one operator', () => {
  const parts = file.operators.map(({ part }) => part).filter((part) => part !== undefined);
  assert.deepEqual(parts.sort(), ['discounter', 'liar', 'slow', 'unsteady']);
});

test("each node's settings are settings of /control", () => {
  for (const { asks: _, ...settings } of file.operators.flatMap(({ nodes }) => nodes)) {
    assert.ok(Object.keys(settings).every((key) => NODE_KEYS.includes(key)));
    assert.doesNotThrow(() => new Faults(settings));
  }
});

test('the file names what genesis holds', () => {
  assert.equal(file.usdcMint, mintNamed('USDC').address);
  assert.equal(file.genesisHash, GENESIS_HASH);
  const known = new Set([...genesis.wallets, ...genesis.mints, ...genesis.tokenAccounts].map(({ address }) => address));
  assert.ok(file.accounts.every(({ address }) => known.has(address)));
});
