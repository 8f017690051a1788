// Devnet's first accounts, the same on every node.
import { readFileSync } from 'node:fs';
import { SYSTEM_PROGRAM } from './addresses.mjs';
import { writeMint, writeTokenAccount } from './token.mjs';

export const genesis = JSON.parse(readFileSync(new URL('../genesis.json', import.meta.url), 'utf8'));

export const walletNamed = (name) => genesis.wallets.find((wallet) => wallet.name === name);
export const mintNamed = (name) => genesis.mints.find((mint) => mint.name === name);

export function createGenesisAccounts(accounts) {
  for (const wallet of genesis.wallets) {
    accounts.put(wallet.address, { lamports: BigInt(wallet.lamports), owner: SYSTEM_PROGRAM });
  }
  for (const mint of genesis.mints) {
    const holdings = genesis.tokenAccounts.filter((holding) => holding.mint === mint.address);
    const supply = holdings.reduce((sum, holding) => sum + BigInt(holding.amount), 0n);
    putRentExempt(accounts, mint.address, mint.program, writeMint({ ...mint, supply }));
    for (const holding of holdings) {
      const data = writeTokenAccount({
        ...holding,
        program: mint.program,
        amount: BigInt(holding.amount),
        delegatedAmount: BigInt(holding.delegatedAmount ?? 0),
      });
      putRentExempt(accounts, holding.address, mint.program, data);
    }
  }
}

function putRentExempt(accounts, address, owner, data) {
  accounts.put(address, { lamports: accounts.vm.minimumBalance(data.length), owner, data });
}
