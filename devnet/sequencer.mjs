// Orders devnet's transactions. Belongs to no operator: it runs no VM, answers no query and sees no customer.
import http from 'node:http';
import { Calendar, producedAtOrBefore } from './src/chain.mjs';
import { Faucet } from './src/faucet.mjs';
import { recordFirstTransactions } from './src/first-transactions.mjs';
import { mintNamed } from './src/genesis.mjs';
import { LOOPBACK, Refusal, listen, readJsonBody, sendJson } from './src/http.mjs';
import { Journal, t0OfJournal } from './src/journal.mjs';
import { readFlags } from './src/options.mjs';
import { Replicas } from './src/replicas.mjs';
import { decodeBase58 } from './src/base58.mjs';
import { MAX_TRANSACTION_BYTES, decodeTransaction } from './src/wire.mjs';

const ACKNOWLEDGEMENT_BOUND_MS = 250;
const BODY_LIMIT = 16 * 1024;

const flags = readFlags({ port: 'number', t0: 'number', journal: 'text' }, { required: ['port'] });
const calendar = new Calendar(flags.t0 ?? t0OfJournal(flags.journal) ?? Date.now());
const journal = new Journal(calendar, flags.journal);
if (journal.entries.length === 0) await recordFirstTransactions(journal);
const faucet = await Faucet.open();

const server = http.createServer((request, response) => {
  answer(request).then(
    (value) => sendJson(response, 200, value),
    (error) => sendJson(response, error instanceof Refusal ? error.status : 500, { error: error.message }),
  );
});
const replicas = new Replicas(server, journal);
await listen(server, flags.port);
sealOnTime();
console.log(`sequencer on ${LOOPBACK}:${flags.port}, t0 ${calendar.t0}, journal ${journal.id}`);

async function answer(request) {
  const route = `${request.method} ${request.url}`;
  if (route === 'GET /') return describe();
  if (request.method !== 'POST') throw new Refusal(404, `no such endpoint: ${route}`);
  const body = await readJsonBody(request, BODY_LIMIT).catch(() => null);
  if (body === null || typeof body !== 'object') throw new Refusal(400, 'the body must be a JSON object');
  switch (request.url) {
    case '/transactions':
      return submit(text(body.transaction, 'transaction'));
    case '/airdrops':
      return airdrop(address(body.address, 'address'), amount(body.lamports, 'lamports'));
    case '/usdc':
      return mintUsdc(address(body.owner, 'owner'), amount(body.amount, 'amount'));
    default:
      throw new Refusal(404, `no such endpoint: ${route}`);
  }
}

function describe() {
  return {
    t0: calendar.t0,
    journal: journal.id,
    transactions: journal.entries.length,
    sealed: journal.sealed,
    nodes: replicas.size,
    usdcMint: mintNamed('USDC').address,
    faucet: faucet.signer.address,
  };
}

async function submit(transaction) {
  const wire = Buffer.from(transaction, 'base64');
  if (wire.length > MAX_TRANSACTION_BYTES) throw new Refusal(400, 'the transaction is too large');
  const signature = signatureOf(wire);
  const slot = journal.append(signature, wire.toString('base64'));
  replicas.publish();
  await replicas.replayed(ACKNOWLEDGEMENT_BOUND_MS);
  return { signature, slot };
}

function signatureOf(wire) {
  try {
    return decodeTransaction(wire).signature;
  } catch (error) {
    throw new Refusal(400, `not a transaction: ${error.message}`);
  }
}

async function airdrop(recipient, lamports) {
  return submit(await faucet.airdrop(latestSlot(), recipient, lamports));
}

async function mintUsdc(owner, units) {
  const { tokenAccount, wire } = await faucet.mintUsdc(latestSlot(), owner, units);
  return { ...(await submit(wire)), tokenAccount };
}

function latestSlot() {
  return producedAtOrBefore(calendar.slotAt(Date.now()));
}

function text(value, name) {
  if (typeof value !== 'string') throw new Refusal(400, `${name} must be a string`);
  return value;
}

function address(value, name) {
  try {
    if (decodeBase58(text(value, name)).length === 32) return value;
  } catch {
    // falls through to the refusal
  }
  throw new Refusal(400, `${name} must be an address`);
}

function amount(value, name) {
  if (!/^\d{1,20}$/.test(String(value)) || BigInt(value) >= 2n ** 64n)
    throw new Refusal(400, `${name} must be an unsigned 64-bit integer`);
  return BigInt(value);
}

/** Tells the nodes that a slot is closed shortly before it begins. */
function sealOnTime() {
  journal.seal();
  replicas.publish();
  setTimeout(sealOnTime, journal.millisUntilNextSeal());
}
