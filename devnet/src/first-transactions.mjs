// A little history before t0, so that archive queries have something to find in a devnet that just started.
import { memo, signedTransaction, signerOf, transferLamports, transferTokens } from './faucet.mjs';
import { FIRST_AVAILABLE_SLOT, producedAtOrAfter } from './chain.mjs';
import { genesis, mintNamed, walletNamed } from './genesis.mjs';
import { decodeTransaction } from './wire.mjs';

const PAYMENTS = [
  { from: 'alice', to: 'bob', usdc: 12_500_000n },
  { from: 'bob', to: 'carol', usdc: 3_000_000n },
  { from: 'dave', to: 'alice', usdc: 99_000_000n },
  { from: 'alice', to: 'carol', lamports: 1_500_000_000n },
  { from: 'carol', to: 'erin', usdc: 250_000n },
  { from: 'frank', to: 'dave', lamports: 2_000_000_000n },
  { from: 'customer', to: 'alice', usdc: 1_000_000n },
  { from: 'dave', to: 'bob', usdc: 45_000_000n },
  { from: 'bob', to: 'frank', lamports: 40_000_000n },
  { from: 'alice', to: 'erin', usdc: 7_000_000n },
  { from: 'carol', to: 'alice', lamports: 5_000_000n },
  { from: 'erin', to: 'dave', usdc: 100_000n },
];
const SLOTS_BETWEEN = 2;

export async function recordFirstTransactions(journal) {
  let slot = FIRST_AVAILABLE_SLOT;
  for (const [index, payment] of PAYMENTS.entries()) {
    const hashSlot = slot;
    slot = producedAtOrAfter(slot + SLOTS_BETWEEN);
    const instructions = [paymentInstruction(payment), memo(`invoice ${1001 + index}`)];
    const transaction = await signedTransaction(await signerOf(payment.from), hashSlot, instructions);
    const { signature } = decodeTransaction(Buffer.from(transaction, 'base64'));
    journal.appendAt(slot, signature, transaction);
  }
}

function paymentInstruction({ from, to, usdc, lamports }) {
  const sender = walletNamed(from).address;
  if (lamports) return transferLamports(sender, walletNamed(to).address, lamports);
  return transferTokens(mintNamed('USDC'), usdcAccountOf(from), usdcAccountOf(to), sender, usdc);
}

function usdcAccountOf(name) {
  const [mint, owner] = [mintNamed('USDC').address, walletNamed(name).address];
  return genesis.tokenAccounts.find((holding) => holding.mint === mint && holding.owner === owner).address;
}
