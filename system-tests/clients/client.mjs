// What every client script starts with: node CLIENT.mjs URL LOG.
import { createRequire } from 'node:module';
import { recordPrices } from './ledger.mjs';

export const [, , url, log] = process.argv;
if (log) recordPrices(log);

/** The clients are those that devnet is tested with. */
export const client = createRequire(new URL('../../devnet/package.json', import.meta.url));
