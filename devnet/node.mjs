// One node of one operator: Solana JSON-RPC over HTTP, subscriptions on the next port, faults on demand.
import { once } from 'node:events';
import { AccountStore, HISTORY_SLOTS } from './src/account-store.mjs';
import { encodeBase58 } from './src/base58.mjs';
import { Calendar, sha256 } from './src/chain.mjs';
import { Control } from './src/control.mjs';
import { Faults } from './src/faults.mjs';
import { createGenesisAccounts } from './src/genesis.mjs';
import { LOOPBACK } from './src/http.mjs';
import { Ledger } from './src/ledger.mjs';
import { NodeServer } from './src/node-server.mjs';
import { readFlags } from './src/options.mjs';
import { PubSub } from './src/pubsub.mjs';
import { accountMethods } from './src/rpc/account-methods.mjs';
import { VERSION, clusterMethods } from './src/rpc/cluster-methods.mjs';
import { Dispatcher } from './src/rpc/dispatcher.mjs';
import { historyMethods } from './src/rpc/history-methods.mjs';
import { tokenMethods } from './src/rpc/token-methods.mjs';
import { transactionMethods } from './src/rpc/transaction-methods.mjs';
import { SequencerClient } from './src/sequencer-client.mjs';
import { Tip } from './src/tip.mjs';
import { VirtualMachine } from './src/vm.mjs';

const EXIT_OTHER_DEVNET = 3;

const flags = readFlags(
  {
    port: 'number',
    sequencer: 'text',
    t0: 'number',
    operator: 'text',
    latency: 'number',
    'latency-p50': 'number',
    'latency-p99': 'number',
    lag: 'number',
    lie: 'number',
    error: 'number',
    hang: 'number',
    lose: 'number',
    'rate-limit': 'number',
    down: 'switch',
  },
  { required: ['port', 'sequencer'] },
);
const faults = faultsFromFlags();

const sequencer = new SequencerClient(flags.sequencer);
sequencer.on('otherJournal', (journal) => giveUp(`the sequencer has another journal now: ${journal}`));
sequencer.follow();
const [t0] = await once(sequencer, 'calendar');
if (flags.t0 !== undefined && flags.t0 !== t0) giveUp(`the sequencer has --t0 ${t0}`);

const calendar = new Calendar(t0);
const accounts = new AccountStore(new VirtualMachine(calendar));
createGenesisAccounts(accounts);
const ledger = new Ledger(accounts, calendar);
const tip = new Tip(calendar, faults);
sequencer.on('entry', (entry) => ledger.replay(entry));
sequencer.on('sealed', (slot) => {
  tip.sealed(slot);
  accounts.forgetBefore(slot - HISTORY_SLOTS);
});
await once(sequencer, 'caughtUp');

const identity = encodeBase58(sha256(`streamsync-devnet:node:${flags.port}`));
const withContext = (slot, value) => ({ context: { apiVersion: VERSION, slot }, value });
const node = { accounts, calendar, faults, identity, ledger, port: flags.port, sequencer, tip, withContext };
const dispatcher = new Dispatcher(
  {
    ...accountMethods(node),
    ...tokenMethods(node),
    ...clusterMethods(node),
    ...historyMethods(node),
    ...transactionMethods(node),
  },
  (method, result) => faults.perhapsAltered(method, result),
);
const pubsub = new PubSub(node);
const control = new Control({ ...node, operatorId: flags.operator, whenDown: () => pubsub.dropClients() });

await pubsub.listen(flags.port + 1);
await new NodeServer({ dispatcher, faults, control }).listen(flags.port);
tip.start();
console.log(`node on ${LOOPBACK}:${flags.port}, subscriptions on ${flags.port + 1}, replayed ${ledger.replayed}`);

function faultsFromFlags() {
  const settings = {
    latencyMs: flags.latency,
    latencyP50Ms: flags['latency-p50'],
    latencyP99Ms: flags['latency-p99'],
    lagSlots: flags.lag,
    lie: flags.lie,
    error: flags.error,
    hang: flags.hang,
    lose: flags.lose,
    rateLimit: flags['rate-limit'],
    down: flags.down,
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  try {
    return new Faults(Object.fromEntries(given));
  } catch (error) {
    console.error(error.message);
    process.exit(2);
  }
}

/** A supervisor may start this node again: it then replays the journal that now counts. */
function giveUp(reason) {
  console.error(reason);
  process.exit(EXIT_OTHER_DEVNET);
}
