// What every client script starts with: node CLIENT.mjs URL LOG [MORE …].
import { createRequire } from 'node:module';
import { recordPrices } from './ledger.mjs';

export const [, , url, log, ...more] = process.argv;
if (log) recordPrices(log);

/** The clients are those that devnet is tested with. */
export const client = createRequire(new URL('../../devnet/package.json', import.meta.url));

/** Subscriptions live on the next port; kit has to be told. */
export function webSocketUrl() {
  const next = new URL(url.replace(/^http/, 'ws'));
  next.port = Number(next.port) + 1;
  return next.toString();
}
