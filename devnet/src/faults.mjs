// What a node does wrong on purpose: set by flags, changed at run time over /control.
import { HISTORY_SLOTS } from './account-store.mjs';
import { FINALITY_SLOTS } from './chain.mjs';
import { alterOneValue } from './lie.mjs';

const MAX_LAG_SLOTS = HISTORY_SLOTS - FINALITY_SLOTS - 32;
/** z of the 99th percentile of a normal distribution. */
const Z99 = 2.3263;

const atLeastZero = (value) => typeof value === 'number' && value >= 0;
const probability = (value) => atLeastZero(value) && value <= 1;
const orNull = (check) => (value) => value === null || check(value);

const SETTINGS = {
  latencyMs: { initial: 0, accepts: atLeastZero },
  latencyP50Ms: { initial: null, accepts: orNull((value) => value > 0) },
  latencyP99Ms: { initial: null, accepts: orNull((value) => value > 0) },
  lagSlots: { initial: 0, accepts: (value) => Number.isInteger(value) && value >= 0 && value <= MAX_LAG_SLOTS },
  lie: { initial: 0, accepts: probability },
  error: { initial: 0, accepts: probability },
  hang: { initial: 0, accepts: probability },
  lose: { initial: 0, accepts: probability },
  rateLimit: { initial: null, accepts: orNull((value) => value > 0) },
  down: { initial: false, accepts: (value) => typeof value === 'boolean' },
};

export class Faults {
  counters = { requests: 0, lies: 0, errors: 0, hangs: 0, lost: 0, rateLimited: 0, refused: 0 };
  #bucket = { tokens: 0, filledAt: 0 };

  constructor(settings = {}, random = Math.random) {
    this.random = random;
    this.settings = Object.fromEntries(Object.entries(SETTINGS).map(([name, { initial }]) => [name, initial]));
    this.change(settings);
  }

  /** Changes the named settings, or throws a RangeError and changes none. */
  change(changes) {
    for (const [name, value] of Object.entries(changes)) {
      if (!Object.hasOwn(SETTINGS, name)) throw new RangeError(`unknown setting: ${name}`);
      if (!SETTINGS[name].accepts(value)) throw new RangeError(`${name} cannot be ${JSON.stringify(value)}`);
    }
    const next = { ...this.settings, ...changes };
    if ((next.latencyP50Ms === null) !== (next.latencyP99Ms === null) || next.latencyP99Ms < next.latencyP50Ms) {
      throw new RangeError('latencyP50Ms and latencyP99Ms go together, the second not below the first');
    }
    if (changes.rateLimit !== undefined) this.#bucket = { tokens: changes.rateLimit ?? 0, filledAt: Date.now() };
    this.settings = next;
  }

  /** What becomes of the next request: "answer", "refuse", "limit", "hang" or "fail". */
  nextFate() {
    this.counters.requests++;
    const { down, rateLimit, hang, error } = this.settings;
    if (down) return this.#counted('refused', 'refuse');
    if (rateLimit !== null && !this.#takeToken(rateLimit)) return this.#counted('rateLimited', 'limit');
    if (this.#happens(hang)) return this.#counted('hangs', 'hang');
    if (this.#happens(error)) return this.#counted('errors', 'fail');
    return 'answer';
  }

  /** The fixed latency plus a log-normal one with the given median and 99th percentile. */
  nextLatencyMs() {
    const { latencyMs, latencyP50Ms, latencyP99Ms } = this.settings;
    if (latencyP50Ms === null) return latencyMs;
    const sigma = Math.log(latencyP99Ms / latencyP50Ms) / Z99;
    return latencyMs + latencyP50Ms * Math.exp(sigma * this.#normal());
  }

  /** The result, or with the probability of a lie the result with one value altered. */
  perhapsAltered(method, result) {
    if (!this.#happens(this.settings.lie)) return result;
    const altered = alterOneValue(method, result, this.random);
    if (altered === undefined) return result;
    this.counters.lies++;
    return altered;
  }

  /** Is a transaction accepted and then forgotten? */
  losesTransaction() {
    const loses = this.#happens(this.settings.lose);
    if (loses) this.counters.lost++;
    return loses;
  }

  #happens(chance) {
    return chance > 0 && this.random() < chance;
  }

  #counted(counter, fate) {
    this.counters[counter]++;
    return fate;
  }

  #takeToken(perSecond) {
    const now = Date.now();
    const refilled = this.#bucket.tokens + ((now - this.#bucket.filledAt) / 1000) * perSecond;
    const tokens = Math.min(Math.max(perSecond, 1), refilled);
    this.#bucket = { tokens: tokens >= 1 ? tokens - 1 : tokens, filledAt: now };
    return tokens >= 1;
  }

  /** Box-Muller. */
  #normal() {
    return Math.sqrt(-2 * Math.log(1 - this.random())) * Math.cos(2 * Math.PI * this.random());
  }
}
