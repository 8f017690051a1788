// @solana/kit against the URL given: reads with exact integers, an airdrop and a transfer confirmed over the WebSocket.
import assert from 'node:assert/strict';
import { client, url, webSocketUrl } from './client.mjs';

const {
  AccountRole,
  address,
  airdropFactory,
  appendTransactionMessageInstruction,
  createSolanaRpc,
  createSolanaRpcSubscriptions,
  createTransactionMessage,
  generateKeyPairSigner,
  getSignatureFromTransaction,
  lamports,
  pipe,
  sendAndConfirmTransactionFactory,
  setTransactionMessageFeePayerSigner,
  setTransactionMessageLifetimeUsingBlockhash,
  signTransactionMessageWithSigners,
} = client('@solana/kit');

const SOL = 1_000_000_000n;
const SYSTEM_PROGRAM = address('11111111111111111111111111111111');
const TRANSFER = 2;

const rpc = createSolanaRpc(url);
const rpcSubscriptions = createSolanaRpcSubscriptions(webSocketUrl());

const token = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');
assert.ok((await rpc.getSlot().send()) > 0n);
const { value: info } = await rpc.getAccountInfo(token, { encoding: 'base64' }).send();
assert.equal(info.executable, true);
assert.equal(typeof info.lamports, 'bigint');
const { value: balance } = await rpc.getBalance(token).send();
assert.equal(balance, info.lamports);
const owned = await rpc
  .getProgramAccounts(token, { encoding: 'base64', filters: [{ dataSize: 82n }] })
  .send();
assert.ok(owned.length > 0 && owned.every(({ account }) => account.owner === token));

const sender = await generateKeyPairSigner();
const receiver = await generateKeyPairSigner();
const airdrop = airdropFactory({ rpc, rpcSubscriptions });
await airdrop({ commitment: 'confirmed', lamports: lamports(SOL), recipientAddress: sender.address });
const confirmed = { commitment: 'confirmed' };
const balanceOf = async (owner) => (await rpc.getBalance(owner, confirmed).send()).value;
assert.equal(await balanceOf(sender.address), SOL);

const { value: latest } = await rpc.getLatestBlockhash(confirmed).send();
const data = new Uint8Array(12);
new DataView(data.buffer).setUint32(0, TRANSFER, true);
new DataView(data.buffer).setBigUint64(4, SOL / 4n, true);
const message = pipe(
  createTransactionMessage({ version: 0 }),
  (draft) => setTransactionMessageFeePayerSigner(sender, draft),
  (draft) => setTransactionMessageLifetimeUsingBlockhash(latest, draft),
  (draft) =>
    appendTransactionMessageInstruction(
      {
        programAddress: SYSTEM_PROGRAM,
        accounts: [
          { address: sender.address, role: AccountRole.WRITABLE_SIGNER, signer: sender },
          { address: receiver.address, role: AccountRole.WRITABLE },
        ],
        data,
      },
      draft,
    ),
);
const transaction = await signTransactionMessageWithSigners(message);
await sendAndConfirmTransactionFactory({ rpc, rpcSubscriptions })(transaction, confirmed);
assert.equal(await balanceOf(receiver.address), SOL / 4n);
const { value: statuses } = await rpc.getSignatureStatuses([getSignatureFromTransaction(transaction)]).send();
assert.equal(statuses[0].err, null);
process.exit(0);
