// @solana/kit against the URL given: reads with exact integers.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
const require = createRequire(new URL('../../devnet/package.json', import.meta.url));
const { address, createSolanaRpc } = require('@solana/kit');

const rpc = createSolanaRpc(process.argv[2]);
const token = address('TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA');

assert.ok((await rpc.getSlot().send()) > 0n);
const { value: info } = await rpc.getAccountInfo(token, { encoding: 'base64' }).send();
assert.equal(info.executable, true);
assert.equal(typeof info.lamports, 'bigint');
const { value: balance } = await rpc.getBalance(token).send();
assert.equal(balance, info.lamports);
const { value: latest } = await rpc.getLatestBlockhash().send();
assert.ok(latest.lastValidBlockHeight > 0n);
process.exit(0);
