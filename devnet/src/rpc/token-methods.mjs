// SPL Token and Token-2022, read by amount and owner.
import { accountView } from '../account-view.mjs';
import { isTokenProgram, readMint, readTokenAccount, uiTokenAmount } from '../token.mjs';
import { invalidParams } from './errors.mjs';
import { atLeast, contextSlot, readAddress, readConfig } from './parameters.mjs';

const LARGEST = 20;

export function tokenMethods({ accounts, tip, withContext }) {
  /** All token accounts of these programs, with their content. */
  const tokenAccounts = (programs, slot) =>
    programs
      .flatMap((program) => accounts.ownedBy(program, slot))
      .map((account) => ({ account, token: readTokenAccount(account) }))
      .filter(({ token }) => token !== null);

  const mintAt = (address, slot) => {
    const account = accounts.at(address, slot);
    if (!account) throw invalidParams('Invalid param: could not find mint');
    const mint = readMint(account);
    if (!mint) throw invalidParams('Invalid param: not a Token mint');
    return { ...mint, program: account.owner };
  };

  const accountsWhere = (params, wanted) => {
    atLeast(params, 2);
    const party = readAddress(params[0]);
    const config = readConfig(params[2]);
    const slot = contextSlot(tip, config);
    const { programs, mint } = readSelector(params[1], (address) => mintAt(address, slot));
    const value = tokenAccounts(programs, slot)
      .filter(({ token }) => wanted(token, party) && (mint === undefined || token.mint === mint))
      .map(({ account }) => ({
        account: accountView(account, config, (address) => accounts.at(address, slot)),
        pubkey: account.address,
      }));
    return withContext(slot, value);
  };

  return {
    getTokenAccountBalance(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const slot = contextSlot(tip, readConfig(params[1]));
      const account = accounts.at(address, slot);
      if (!account) throw invalidParams('Invalid param: could not find account');
      const token = readTokenAccount(account);
      if (!token) throw invalidParams('Invalid param: not a Token account');
      return withContext(slot, uiTokenAmount(token.amount, mintAt(token.mint, slot).decimals));
    },

    getTokenSupply(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const slot = contextSlot(tip, readConfig(params[1]));
      const { supply, decimals } = mintAt(address, slot);
      return withContext(slot, uiTokenAmount(supply, decimals));
    },

    getTokenAccountsByOwner: (params) => accountsWhere(params, (token, owner) => token.owner === owner),

    getTokenAccountsByDelegate: (params) => accountsWhere(params, (token, delegate) => token.delegate === delegate),

    getTokenLargestAccounts(params) {
      atLeast(params, 1);
      const address = readAddress(params[0]);
      const slot = contextSlot(tip, readConfig(params[1]));
      const { decimals, program } = mintAt(address, slot);
      const largest = tokenAccounts([program], slot)
        .filter(({ token }) => token.mint === address)
        .sort((left, right) => Number(right.token.amount - left.token.amount))
        .slice(0, LARGEST)
        .map(({ account, token }) => ({ address: account.address, ...uiTokenAmount(token.amount, decimals) }));
      return withContext(slot, largest);
    },
  };
}

/** `{mint}` or `{programId}`. */
function readSelector(selector, mintAt) {
  if (selector?.programId !== undefined) {
    const program = readAddress(selector.programId);
    if (!isTokenProgram(program)) throw invalidParams('Invalid param: unrecognized Token program id');
    return { programs: [program] };
  }
  if (selector?.mint === undefined) throw invalidParams('Invalid params: expected `mint` or `programId`.');
  const mint = readAddress(selector.mint);
  return { programs: [mintAt(mint).program], mint };
}
