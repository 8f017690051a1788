// Alters one value of an answer so that it still has the right shape: what a dishonest node would do.

/** Answers about the node itself or the transaction just sent: a lie there is no wrong answer about the chain. */
const NOT_WORTH_LYING = new Set([
  'getAgGenesisCert', 'getClusterNodes', 'getFirstAvailableBlock', 'getGenesisHash', 'getHealth',
  'getHighestSnapshotSlot', 'getIdentity', 'getMaxRetransmitSlot', 'getMaxShredInsertSlot', 'getRankMap',
  'getRecentPerformanceSamples', 'getVersion', 'minimumLedgerSlot', 'requestAirdrop', 'sendTransaction',
]); // prettier-ignore
/** Left alone: the context, what names an encoding, and what honest nodes may differ in. */
const UNTOUCHED_KEYS = new Set([
  'context', 'confirmations', 'confirmationStatus', 'encoding', 'program', 'rentEpoch', 'type', 'uiAmount', 'uiAmountString', 'version',
]); // prettier-ignore
const ENCODINGS = new Set(['base58', 'base64', 'base64+zstd']);

/** A copy with one value altered, or undefined where the answer holds none. */
export function alterOneValue(method, result, random) {
  if (NOT_WORTH_LYING.has(method)) return undefined;
  const values = [];
  const copy = copyCollecting({ result }, values);
  if (values.length === 0) return undefined;
  const { holder, key } = values[Math.floor(random() * values.length)];
  holder[key] = altered(holder[key]);
  return copy.result;
}

function copyCollecting(value, values) {
  if (Array.isArray(value)) return collect([...value], [...value.keys()], values);
  if (value === null || typeof value !== 'object') return value;
  return collect({ ...value }, Object.keys(value), values);
}

function collect(copy, keys, values) {
  for (const key of keys) {
    const value = copy[key];
    if (value === null || value === undefined || UNTOUCHED_KEYS.has(key)) continue;
    if (typeof value === 'object') copy[key] = copyCollecting(value, values);
    else if (value !== '' && !ENCODINGS.has(value)) values.push({ holder: copy, key });
  }
  return copy;
}

function altered(value) {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'bigint') return value + 1n;
  if (typeof value === 'number') return value + 1;
  if (/^\d+$/.test(value)) return String(BigInt(value) + 1n);
  const at = value.length >> 1;
  return value.slice(0, at) + (value[at] === '2' ? '3' : '2') + value.slice(at + 1);
}
