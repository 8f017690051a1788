import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { mintNamed, walletNamed } from '../src/genesis.mjs';
import { isSkipped, producedAtOrBefore } from '../src/chain.mjs';
import { TOKEN_PROGRAM } from '../src/addresses.mjs';
import { Devnet } from '../testing/devnet.mjs';

let devnet;
let node;
before(async () => {
  devnet = await Devnet.start({});
  [node] = devnet.nodes;
});
after(() => devnet.stop());

const alice = walletNamed('alice').address;
const bob = walletNamed('bob').address;
const usdc = mintNamed('USDC').address;
const confirmed = { commitment: 'confirmed' };

test('all 54 methods answer, or refuse for a reason of the chain', async () => {
  const slot = producedAtOrBefore(await node.call('getSlot'));
  const [{ signature }] = await node.call('getSignaturesForAddress', alice, { limit: 1 });
  const { value: latest } = await node.call('getLatestBlockhash');
  const { transaction } = await node.call('getTransaction', signature, { encoding: 'base64' });
  const { value: holdings } = await node.call('getTokenAccountsByOwner', alice, { mint: usdc }, { encoding: 'base64' });
  const message = Buffer.from(transaction[0], 'base64').subarray(65).toString('base64');
  const calls = {
    getAccountInfo: [alice], getAgGenesisCert: [], getBalance: [alice], getBlock: [slot], getBlockCommitment: [slot],
    getBlockHeight: [], getBlockProduction: [], getBlockTime: [slot], getBlocks: [slot - 8, slot],
    getBlocksWithLimit: [slot - 8, 3], getClusterNodes: [], getEpochInfo: [], getEpochSchedule: [],
    getFeeForMessage: [message], getFirstAvailableBlock: [], getGenesisHash: [], getHealth: [],
    getHighestSnapshotSlot: [], getIdentity: [], getInflationGovernor: [], getInflationRate: [],
    getInflationReward: [[alice]], getLargestAccounts: [], getLatestBlockhash: [], getLeaderSchedule: [],
    getMaxRetransmitSlot: [], getMaxShredInsertSlot: [], getMinimumBalanceForRentExemption: [165],
    getMultipleAccounts: [[alice, bob]], getProgramAccounts: [TOKEN_PROGRAM, { encoding: 'base64' }], getRankMap: [],
    getRecentPerformanceSamples: [2], getRecentPrioritizationFees: [], getSignatureStatuses: [[signature]],
    getSignaturesForAddress: [alice], getSlot: [], getSlotLeader: [], getSlotLeaders: [slot, 10],
    getStakeMinimumDelegation: [], getSupply: [], getTokenAccountBalance: [holdings[0].pubkey],
    getTokenAccountsByDelegate: [bob, { programId: TOKEN_PROGRAM }, { encoding: 'jsonParsed' }],
    getTokenAccountsByOwner: [alice, { mint: usdc }, { encoding: 'jsonParsed' }], getTokenLargestAccounts: [usdc],
    getTokenSupply: [usdc], getTransaction: [signature], getTransactionCount: [], getVersion: [], getVoteAccounts: [],
    isBlockhashValid: [latest.blockhash], minimumLedgerSlot: [], requestAirdrop: [bob, 1],
    sendTransaction: [transaction[0], { encoding: 'base64', skipPreflight: true }],
    simulateTransaction: [transaction[0], { encoding: 'base64', replaceRecentBlockhash: true }],
  }; // prettier-ignore
  assert.equal(Object.keys(calls).length, 54);
  for (const [method, params] of Object.entries(calls)) {
    const { result, error } = await node.request(method, params);
    assert.equal(error, undefined, `${method}: ${JSON.stringify(error)}`);
    assert.notEqual(result, undefined, method);
  }
});

test('ids come back with their type, and batches in order', async () => {
  for (const id of ['7', 7, null, '']) assert.strictEqual((await node.request('getHealth', [], id)).id, id);
  const batch = ['getHealth', 'nonsense', 'getGenesisHash'].map((method, id) => ({ jsonrpc: '2.0', id, method }));
  const answers = await (await node.post(batch)).json();
  assert.deepEqual(
    answers.map(({ id }) => id),
    [0, 1, 2],
  );
  assert.deepEqual(
    answers.map(({ error }) => error?.code),
    [undefined, -32601, undefined],
  );
});

test('64-bit integers are exact on the wire', async () => {
  const text = await (
    await node.post(
      `{"jsonrpc":"2.0","id":18446744073709551615,"method":"getAccountInfo","params":["${walletNamed('faucet').address}",{"commitment":"confirmed"}]}`,
    )
  ).text();
  assert.match(text, /"rentEpoch":18446744073709551615\b/);
  assert.match(text, /"id":18446744073709551615\}/);
  assert.match(text, /"lamports":\d{18}\b/);
});

test('malformed requests get the codes of JSON-RPC', async () => {
  const codeOf = async (body) => (await (await node.post(body)).json()).error.code;
  assert.equal(await codeOf('{"jsonrpc":'), -32700);
  assert.equal(await codeOf('[]'), -32600);
  assert.equal(await codeOf('{"id":1,"method":"getSlot"}'), -32600);
  assert.equal(await codeOf('{"jsonrpc":"2.0","id":1,"method":"getBalance","params":[]}'), -32602);
  assert.equal(await codeOf('{"jsonrpc":"2.0","id":1,"method":"getBalance","params":["abc"]}'), -32602);
  assert.equal(await codeOf('{"jsonrpc":"2.0","id":1,"method":"getConfirmedBlock","params":[1]}'), -32601);
  assert.equal((await node.post('{}', { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await fetch(node.url)).status, 405);
});

test('a skipped slot has no block', async () => {
  const last = await node.call('getSlot');
  let skipped = last;
  while (!isSkipped(skipped)) skipped--;
  await assert.rejects(node.call('getBlock', skipped), { code: -32007 });
  await assert.rejects(node.call('getBlockTime', skipped), { code: -32007 });
  await assert.rejects(node.call('getBlock', last + 1000), { code: -32004 });
  await assert.rejects(node.call('getBlock', 5), { code: -32001 });
  assert.ok(!(await node.call('getBlocks', skipped - 2, skipped + 1)).includes(skipped));
  const block = await node.call('getBlock', skipped + 1 + Number(isSkipped(skipped + 1)), confirmed);
  assert.ok(block.parentSlot < skipped);
  assert.ok((await node.call('getBlockHeight')) < (await node.call('getSlot')));
});

test('commitments are ordered, and history needs at least confirmed', async () => {
  const slots = [];
  for (const commitment of ['finalized', 'confirmed', 'processed'])
    slots.push(await node.call('getSlot', { commitment }));
  assert.ok(slots[0] < slots[1] && slots[1] <= slots[2], String(slots));
  await assert.rejects(node.call('getBlocks', slots[0], { commitment: 'processed' }), { code: -32602 });
  await assert.rejects(node.call('getSlot', { commitment: 'soon' }), { code: -32602 });
  await assert.rejects(node.call('getSlot', { minContextSlot: slots[2] + 1000 }), { code: -32016 });
});

test('accounts come in every encoding', async () => {
  const data = async (encoding) => (await node.call('getAccountInfo', usdc, { encoding })).value.data;
  const base64 = await data('base64');
  const [zstd, name] = await data('base64+zstd');
  assert.equal(name, 'base64+zstd');
  const frame = Buffer.from(zstd, 'base64');
  assert.equal(frame.readUInt32LE(0), 0xfd2fb528);
  assert.equal(frame.subarray(16).toString('base64'), base64[0]);
  const parsed = await data('jsonParsed');
  assert.deepEqual([parsed.program, parsed.parsed.type, parsed.parsed.info.decimals], ['spl-token', 'mint', 6]);
  await assert.rejects(node.call('getAccountInfo', TOKEN_PROGRAM, { encoding: 'base59' }), { code: -32602 });
});

test('program accounts can be filtered', async () => {
  const filters = [{ dataSize: 165 }, { memcmp: { offset: 32, bytes: alice } }];
  const found = await node.call('getProgramAccounts', TOKEN_PROGRAM, { encoding: 'jsonParsed', filters });
  assert.deepEqual(
    found.map(({ account }) => account.data.parsed.info.owner),
    [alice],
  );
  const { context, value } = await node.call('getProgramAccounts', TOKEN_PROGRAM, {
    encoding: 'base64',
    withContext: true,
  });
  assert.ok(context.slot > 0 && value.length > found.length);
});

test('history pages with before and until', async () => {
  const all = (await node.call('getSignaturesForAddress', alice)).map(({ signature }) => signature);
  assert.ok(all.length >= 4);
  const page = (config) => node.call('getSignaturesForAddress', alice, config);
  assert.deepEqual(
    (await page({ before: all[0], limit: 2 })).map(({ signature }) => signature),
    all.slice(1, 3),
  );
  assert.deepEqual(
    (await page({ until: all[2] })).map(({ signature }) => signature),
    all.slice(0, 2),
  );
  await assert.rejects(page({ before: '1'.repeat(64) }), { code: -32020 });
});

test('large answers are gzipped when asked for', async () => {
  const request = { jsonrpc: '2.0', id: 1, method: 'getLeaderSchedule', params: [] };
  const plain = await node.post(request, { 'accept-encoding': 'identity' });
  assert.equal(plain.headers.get('content-encoding'), null);
  const zipped = await node.post(request, { 'accept-encoding': 'gzip' });
  assert.equal(zipped.headers.get('content-encoding'), 'gzip');
  assert.deepEqual(await zipped.json(), await plain.json());
});
