// Accounts as they were at any recent slot. Transactions run when the journal brings them, often before their
// slot begins, so a reader must be told the slot it asks about: two nodes then say the same of the same slot.
import { createHash } from 'node:crypto';
import { CLOCK_SYSVAR } from './addresses.mjs';
import { SLOTS_PER_EPOCH, epochOf } from './chain.mjs';

/** Versions older than this many slots are forgotten; a node may not lag further. */
export const HISTORY_SLOTS = 320;

export class AccountStore {
  #versions = new Map();

  constructor(vm) {
    this.vm = vm;
    this.touched = new Set();
  }

  put(address, account) {
    this.vm.setAccount(address, account);
    this.touched.add(address);
  }

  latest(address) {
    return existing(this.vm.account(address));
  }

  at(address, slot) {
    if (address === CLOCK_SYSVAR) return this.#clockAt(slot);
    const versions = this.#versions.get(address);
    if (!versions) return this.latest(address);
    return existing((versions.findLast((version) => version.slot <= slot) ?? versions[0]).account);
  }

  ownedBy(program, slot) {
    const owned = this.vm.accountsOwnedBy(program).filter((account) => !this.#versions.has(account.address));
    for (const address of this.#versions.keys()) {
      const account = this.at(address, slot);
      if (account?.owner === program) owned.push({ address, ...account });
    }
    return owned.filter(existing).sort((left, right) => (left.address < right.address ? -1 : 1));
  }

  /** Runs what changes these accounts in this slot, and keeps what they were before. */
  change(addresses, slot, run) {
    for (const address of addresses) {
      this.touched.add(address);
      if (!this.#versions.has(address)) {
        this.#versions.set(address, [{ slot: 0, account: this.vm.account(address) }]);
      }
    }
    const result = run();
    for (const address of addresses) {
      const versions = this.#versions.get(address);
      if (versions.at(-1).slot === slot) versions.pop();
      versions.push({ slot, account: this.vm.account(address) });
    }
    return result;
  }

  /** Forgets what no reader may ask for any more. */
  forgetBefore(slot) {
    for (const [address, versions] of this.#versions) {
      while (versions.length > 1 && versions[1].slot <= slot) versions.shift();
      if (versions.length === 1 && versions[0].slot <= slot) this.#versions.delete(address);
    }
  }

  /** SHA-256 over all accounts that genesis or a transaction named: equal on nodes that replayed the same journal. */
  hash() {
    const hash = createHash('sha256');
    for (const address of [...this.touched].sort()) {
      const account = this.latest(address);
      if (!account) continue;
      hash.update(`${address} ${account.lamports} ${account.owner} ${account.executable} `);
      hash.update(account.data);
    }
    return hash.digest('hex');
  }

  /** The VM's own clock stands wherever the last transaction or simulation put it. */
  #clockAt(slot) {
    const account = this.vm.account(CLOCK_SYSVAR);
    const epoch = epochOf(slot);
    const data = Buffer.alloc(40);
    data.writeBigUInt64LE(BigInt(slot), 0);
    data.writeBigInt64LE(BigInt(this.vm.calendar.blockTime(epoch * SLOTS_PER_EPOCH)), 8);
    data.writeBigUInt64LE(BigInt(epoch), 16);
    data.writeBigUInt64LE(BigInt(epoch + 1), 24);
    data.writeBigInt64LE(BigInt(this.vm.calendar.blockTime(slot)), 32);
    return { ...account, data };
  }
}

/** An account without lamports does not exist. */
function existing(account) {
  return account && account.lamports > 0n ? account : null;
}
