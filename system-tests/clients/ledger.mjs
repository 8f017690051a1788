// What a client was charged, by its own log: every answer's price and race as its headers name them, one JSON line each.
import { appendFileSync } from 'node:fs';

/** Wraps the global fetch that clients ask with; to be called before they are loaded. */
export function recordPrices(file) {
  const ask = globalThis.fetch;
  globalThis.fetch = async (...request) => {
    const answer = await ask(...request);
    const header = (name) => answer.headers.get(`X-StreamSync-${name}`);
    const line = {
      method: methodOf(request),
      status: answer.status,
      price: header('Price'),
      race: header('Race'),
      batch: header('Batch'),
    };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
    return answer;
  };
}

/** Null for a batch and for what is no JSON-RPC. */
function methodOf([, init]) {
  return typeof init?.body === 'string' ? (JSON.parse(init.body).method ?? null) : null;
}
