// What may be asked and changed about a running node.
import { UNHEALTHY_BEHIND_SLOTS } from './rpc/cluster-methods.mjs';

export class Control {
  /** `whenDown` runs when the node is taken down. */
  constructor({ operatorId, faults, accounts, ledger, tip, whenDown }) {
    Object.assign(this, { operatorId: operatorId ?? null, faults, accounts, ledger, tip, whenDown });
  }

  /** As Agave answers load balancers. */
  health() {
    return this.faults.settings.lagSlots < UNHEALTHY_BEHIND_SLOTS ? 'ok' : 'behind';
  }

  describe() {
    return {
      operatorId: this.operatorId,
      ...this.faults.settings,
      counters: this.faults.counters,
      slot: this.tip.slot('processed'),
    };
  }

  /** Equal on all nodes that replayed as much of the journal. */
  state() {
    return { replayed: this.ledger.replayed, hash: this.accounts.hash() };
  }

  change({ operatorId, ...settings }) {
    if (operatorId !== undefined && operatorId !== null && (typeof operatorId !== 'string' || operatorId === '')) {
      throw new RangeError('operatorId must be a string');
    }
    this.faults.change(settings);
    if (operatorId !== undefined) this.operatorId = operatorId;
    if (settings.down) this.whenDown();
  }
}
