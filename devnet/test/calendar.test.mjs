import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Keypair, PublicKey } from '@solana/web3.js';
import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { decodeBase58, encodeBase58 } from '../src/base58.mjs';
import {
  FIRST_AVAILABLE_SLOT,
  blockHeight,
  blockhash,
  isBlockhashAlive,
  isSkipped,
  slotOfBlockhash,
} from '../src/chain.mjs';
import { INSTRUCTION_ERRORS, TRANSACTION_ERRORS } from '../src/error-names.mjs';
import { genesis } from '../src/genesis.mjs';
import { readJson, writeJson } from '../src/json.mjs';

test('block height counts the slots that were not skipped', () => {
  let height = 0;
  for (let slot = 1; slot < 1000; slot++) {
    if (!isSkipped(slot)) height++;
    assert.equal(blockHeight(slot), height);
  }
  assert.ok(blockHeight(FIRST_AVAILABLE_SLOT) < FIRST_AVAILABLE_SLOT - 700);
});

test('a blockhash leads back to its slot and lives for 150 blocks', () => {
  const slot = FIRST_AVAILABLE_SLOT;
  assert.equal(slotOfBlockhash(blockhash(slot)), slot);
  assert.equal(slotOfBlockhash(encodeBase58(new Uint8Array(32).fill(7))), null);
  const alive = (later) => isBlockhashAlive(blockhash(slot), later);
  assert.ok(alive(slot + 150));
  assert.ok(!alive(slot + 160));
});

test('base58 agrees with web3.js', () => {
  const samples = [
    new Uint8Array(32),
    Keypair.generate().publicKey.toBytes(),
    Uint8Array.of(...Array(30).fill(0), 1, 255),
  ];
  for (const bytes of samples) {
    const expected = new PublicKey(bytes).toBase58();
    assert.equal(encodeBase58(bytes), expected);
    assert.deepEqual(decodeBase58(expected), Uint8Array.from(bytes));
  }
});

test('integers beyond 2^53 survive reading and writing', () => {
  const text = '{"id":18446744073709551615,"small":7,"text":"18446744073709551615","fraction":0.1234567890123456789}';
  const value = readJson(text);
  assert.equal(value.id, 18446744073709551615n);
  assert.equal(value.small, 7);
  assert.equal(value.text, '18446744073709551615');
  assert.ok(writeJson(value).startsWith('{"id":18446744073709551615,"small":7,"text":"18446744073709551615"'));
});

test("genesis.json's addresses follow from its seeds, owners and mints", () => {
  for (const wallet of genesis.wallets) {
    assert.equal(Keypair.fromSeed(Buffer.from(wallet.seed, 'hex')).publicKey.toBase58(), wallet.address);
  }
  for (const holding of genesis.tokenAccounts) {
    const mint = genesis.mints.find(({ address }) => address === holding.mint);
    const keys = [holding.mint, holding.owner, mint.program].map((key) => new PublicKey(key));
    assert.equal(getAssociatedTokenAddressSync(keys[0], keys[1], true, keys[2]).toBase58(), holding.address);
  }
});

test("error names are those of litesvm's declarations", () => {
  const main = createRequire(import.meta.url).resolve('litesvm');
  const declarations = readFileSync(main.replace(/index\.js$/, 'internal.d.ts'), 'utf8');
  const namesOf = (enumeration) => {
    const [body] = declarations.split(`const enum ${enumeration} {`)[1].split('}');
    return [...body.matchAll(/(\w+) = \d+/g)].map(([, name]) => name);
  };
  assert.deepEqual(TRANSACTION_ERRORS, namesOf('TransactionErrorFieldless'));
  assert.deepEqual(INSTRUCTION_ERRORS, namesOf('InstructionErrorFieldless'));
});
