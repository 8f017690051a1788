// Solana's WebSocket subscriptions, on the port after the HTTP one.
import http from 'node:http';
import { WebSocketServer } from 'ws';
import { accountView } from './account-view.mjs';
import { FINALITY_SLOTS, producedAtOrBefore } from './chain.mjs';
import { readJson, writeJson } from './json.mjs';
import { listen } from './http.mjs';
import { writableKeys } from './ledger.mjs';
import { readFilters } from './rpc/account-methods.mjs';
import { failure } from './rpc/dispatcher.mjs';
import { RpcError, internalError, invalidParams, invalidRequest, methodNotFound, parseError } from './rpc/errors.mjs';
import { readAddress, readCommitment, readConfig, readSignature } from './rpc/parameters.mjs';

const METHOD = /^(account|logs|program|root|signature|slot)(Subscribe|Unsubscribe)$/;
const MAX_PAYLOAD_BYTES = 64 * 1024;

export class PubSub {
  #subscriptions = new Map();
  #lastId = 0;

  constructor({ accounts, ledger, tip, faults, withContext }) {
    Object.assign(this, { accounts, ledger, tip, faults, withContext });
    tip.on('visible', (commitment, slot) => this.#announce(commitment, slot));
  }

  async listen(port) {
    const server = http.createServer((_, response) => response.writeHead(426).end());
    this.sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_PAYLOAD_BYTES });
    server.on('upgrade', (request, socket, head) => {
      if (this.faults.settings.down) socket.destroy();
      else this.sockets.handleUpgrade(request, socket, head, (client) => this.#connect(client));
    });
    await listen(server, port);
  }

  /** A node that goes down drops its subscribers. */
  dropClients() {
    for (const client of this.sockets.clients) client.terminate();
  }

  #connect(client) {
    client.on('message', (text) => this.#heard(client, String(text)));
    client.on('error', () => client.terminate());
    client.on('close', () => {
      for (const [id, subscription] of this.#subscriptions) {
        if (subscription.client === client) this.#subscriptions.delete(id);
      }
    });
  }

  #heard(client, text) {
    let request;
    try {
      request = readJson(text);
    } catch {
      return send(client, failure(null, parseError()));
    }
    const id = request?.id ?? null;
    try {
      const { result, subscribed } = this.#handle(client, request);
      send(client, { jsonrpc: '2.0', result, id });
      if (subscribed?.kind === 'signature') this.#announceEarlierSignature(subscribed);
    } catch (error) {
      send(client, failure(id, error instanceof RpcError ? error : internalError()));
    }
  }

  #handle(client, request) {
    if (request?.jsonrpc !== '2.0' || typeof request.method !== 'string') throw invalidRequest();
    const [, kind, action] = METHOD.exec(request.method) ?? [];
    if (!kind) throw methodNotFound();
    const params = request.params ?? [];
    if (action === 'Unsubscribe') return { result: this.#unsubscribe(client, kind, params[0]) };
    const subscribed = { id: ++this.#lastId, client, kind, ...readTopic(kind, params) };
    this.#subscriptions.set(subscribed.id, subscribed);
    return { result: subscribed.id, subscribed };
  }

  #unsubscribe(client, kind, id) {
    const subscription = this.#subscriptions.get(id);
    if (subscription?.client !== client || subscription.kind !== kind) throw invalidParams('Invalid subscription id.');
    return this.#subscriptions.delete(id);
  }

  /** The transaction may have been there before the subscription. */
  #announceEarlierSignature(subscription) {
    const record = this.ledger.transaction(subscription.signature);
    if (record && record.slot <= this.tip.slot(subscription.commitment)) this.#announceSignature(subscription, record);
  }

  #announce(commitment, slot) {
    const records = this.ledger.transactionsIn(slot);
    for (const subscription of this.#subscriptions.values()) {
      if (subscription.commitment === commitment) this.#announceTo(subscription, slot, records);
    }
  }

  #announceTo(subscription, slot, records) {
    switch (subscription.kind) {
      case 'slot':
        return notify(subscription, {
          parent: producedAtOrBefore(slot - 1),
          root: producedAtOrBefore(slot - FINALITY_SLOTS),
          slot,
        });
      case 'root':
        return notify(subscription, slot);
      case 'signature':
        return records
          .filter((record) => record.signature === subscription.signature)
          .forEach((record) => this.#announceSignature(subscription, record));
      case 'logs':
        return records
          .filter((record) => isMentioned(subscription.mentions, record))
          .forEach((record) => notify(subscription, this.withContext(slot, logsOf(record))));
      default:
        return this.#announceAccounts(subscription, slot, records);
    }
  }

  #announceSignature(subscription, record) {
    this.#subscriptions.delete(subscription.id); // a signature is announced once
    notify(subscription, this.withContext(record.slot, { err: record.meta.err }));
  }

  #announceAccounts(subscription, slot, records) {
    const changed = new Set(records.flatMap((record) => writableKeys(record.transaction)));
    for (const address of changed) {
      if (subscription.kind === 'account' && address !== subscription.address) continue;
      const account = this.accounts.at(address, slot);
      if (subscription.kind === 'program' && !subscription.matches(account)) continue;
      const view = accountView(account, subscription.config, (mint) => this.accounts.at(mint, slot)) ?? CLOSED_ACCOUNT;
      const value = subscription.kind === 'account' ? view : { account: view, pubkey: address };
      notify(subscription, this.withContext(slot, value));
    }
  }
}

const CLOSED_ACCOUNT = {
  data: ['', 'base64'],
  executable: false,
  lamports: 0,
  owner: '11111111111111111111111111111111',
  rentEpoch: 0,
  space: 0,
};

function readTopic(kind, [subject, given]) {
  if (kind === 'slot') return { commitment: 'processed' };
  if (kind === 'root') return { commitment: 'finalized' };
  const config = readConfig(given);
  const commitment = readCommitment(config);
  switch (kind) {
    case 'signature':
      return { commitment, signature: readSignature(subject) };
    case 'account':
      return { commitment, config, address: readAddress(subject) };
    case 'logs':
      return { commitment, mentions: readMentions(subject) };
    default:
      return { commitment, config, matches: programMatcher(readAddress(subject), config) };
  }
}

function programMatcher(program, config) {
  const matchesFilters = readFilters(config.filters);
  return (account) => account?.owner === program && matchesFilters(account);
}

/** One address, or null for all transactions. */
function readMentions(filter) {
  if (filter === 'all' || filter === 'allWithVotes') return null;
  if (filter?.mentions?.length !== 1) throw invalidParams('Invalid Request: Only 1 address supported');
  return readAddress(filter.mentions[0]);
}

const isMentioned = (address, record) => address === null || record.transaction.keys.includes(address);

const logsOf = ({ meta, signature }) => ({ err: meta.err, logs: meta.logMessages, signature });

function notify({ client, id, kind }, result) {
  send(client, { jsonrpc: '2.0', method: `${kind}Notification`, params: { result, subscription: id } });
}

function send(client, message) {
  if (client.readyState === client.OPEN) client.send(writeJson(message));
}
