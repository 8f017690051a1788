import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { address, createSolanaRpc, createSolanaRpcSubscriptions } from '@solana/kit';
import {
  TOKEN_2022_PROGRAM_ID,
  TOKEN_PROGRAM_ID,
  createMint,
  getAccount,
  getOrCreateAssociatedTokenAccount,
  mintTo,
  transfer,
} from '@solana/spl-token';
import {
  AddressLookupTableProgram,
  Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  NONCE_ACCOUNT_LENGTH,
  NonceAccount,
  PublicKey,
  SystemProgram,
  Transaction,
  TransactionMessage,
  VersionedTransaction,
  sendAndConfirmTransaction,
} from '@solana/web3.js';
import { mintNamed, walletNamed } from '../src/genesis.mjs';
import { Devnet, until } from '../testing/devnet.mjs';

let devnet;
let node;
let connection;
before(async () => {
  devnet = await Devnet.start({});
  [node] = devnet.nodes;
  connection = new Connection(node.url, 'confirmed');
});
after(() => {
  connection._rpcWebSocket.close(); // else it tries to reconnect for ever
  return devnet.stop();
});

const keypairOf = (name) => Keypair.fromSeed(Buffer.from(walletNamed(name).seed, 'hex'));
const customer = keypairOf('customer');

for (const [name, program] of [
  ['SPL Token', TOKEN_PROGRAM_ID],
  ['Token-2022', TOKEN_2022_PROGRAM_ID],
]) {
  test(`web3.js makes, mints and transfers a token of ${name}, confirmed over the WebSocket`, async () => {
    const recipient = Keypair.generate().publicKey;
    const confirm = { commitment: 'confirmed' };
    const mint = await createMint(connection, customer, customer.publicKey, null, 2, undefined, confirm, program);
    const accountOf = (owner) =>
      getOrCreateAssociatedTokenAccount(connection, customer, mint, owner, false, 'confirmed', confirm, program);
    const own = await accountOf(customer.publicKey);
    const theirs = await accountOf(recipient);
    await mintTo(connection, customer, mint, own.address, customer, 1000, [], confirm, program);
    await transfer(connection, customer, own.address, theirs.address, customer, 250, [], confirm, program);
    const account = await getAccount(connection, theirs.address, 'confirmed', program);
    assert.equal(account.amount, 250n);
    const supply = await connection.getTokenSupply(mint, 'confirmed');
    assert.equal(supply.value.uiAmountString, '10');
  });
}

test('an airdrop is confirmed, and its transaction read back parsed', async () => {
  const recipient = Keypair.generate().publicKey;
  const signature = await connection.requestAirdrop(recipient, LAMPORTS_PER_SOL);
  await connection.confirmTransaction({ signature, ...(await connection.getLatestBlockhash()) });
  assert.equal(await connection.getBalance(recipient), LAMPORTS_PER_SOL);
  const parsed = await connection.getParsedTransaction(signature, 'confirmed');
  const [transferred] = parsed.transaction.message.instructions;
  assert.equal(transferred.parsed.type, 'transfer');
  assert.equal(transferred.parsed.info.destination, recipient.toBase58());
});

test('a transaction that cannot pay is refused before it is sent', async () => {
  const poor = Keypair.generate();
  const move = SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: customer.publicKey, lamports: 1 });
  await assert.rejects(
    sendAndConfirmTransaction(connection, new Transaction().add(move), [poor]),
    /no record of a prior credit/,
  );
});

test('a failed transaction costs its fee and shows its error', async () => {
  const dave = keypairOf('dave');
  const tooMuch = SystemProgram.transfer({
    fromPubkey: dave.publicKey,
    toPubkey: customer.publicKey,
    lamports: 10n ** 15n,
  });
  const transaction = new Transaction().add(tooMuch);
  await assert.rejects(connection.sendTransaction(transaction, [dave]), /custom program error: 0x1/);
  const before = await connection.getBalance(dave.publicKey);
  const signature = await connection.sendTransaction(transaction, [dave], { skipPreflight: true });
  const status = await node.confirmed(signature);
  assert.deepEqual(status.err, { InstructionError: [0, { Custom: 1 }] });
  assert.equal(await connection.getBalance(dave.publicKey), before - 5000);
});

test('version 0 transactions use lookup tables', async () => {
  const recipient = Keypair.generate().publicKey;
  const [create, table] = AddressLookupTableProgram.createLookupTable({
    authority: customer.publicKey,
    payer: customer.publicKey,
    recentSlot: await connection.getSlot('finalized'),
  });
  const extend = AddressLookupTableProgram.extendLookupTable({
    addresses: [recipient],
    authority: customer.publicKey,
    lookupTable: table,
    payer: customer.publicKey,
  });
  await sendAndConfirmTransaction(connection, new Transaction().add(create, extend), [customer]);
  const { value: lookupTable } = await connection.getAddressLookupTable(table);
  const { blockhash, lastValidBlockHeight } = await connection.getLatestBlockhash();
  const message = new TransactionMessage({
    instructions: [
      SystemProgram.transfer({ fromPubkey: customer.publicKey, toPubkey: recipient, lamports: 2_000_000 }),
    ],
    payerKey: customer.publicKey,
    recentBlockhash: blockhash,
  }).compileToV0Message([lookupTable]);
  const transaction = new VersionedTransaction(message);
  transaction.sign([customer]);
  const signature = await connection.sendTransaction(transaction);
  await connection.confirmTransaction({ signature, blockhash, lastValidBlockHeight });
  assert.equal(await connection.getBalance(recipient), 2_000_000);
  await assert.rejects(node.call('getTransaction', signature, { commitment: 'confirmed' }), { code: -32015 });
  const read = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
  assert.deepEqual(read.meta.loadedAddresses.writable.map(String), [recipient.toBase58()]);
});

test('a durable nonce outlives blockhashes and is used once', async () => {
  const nonceKeys = Keypair.generate();
  const create = SystemProgram.createNonceAccount({
    authorizedPubkey: customer.publicKey,
    fromPubkey: customer.publicKey,
    lamports: await connection.getMinimumBalanceForRentExemption(NONCE_ACCOUNT_LENGTH),
    noncePubkey: nonceKeys.publicKey,
  });
  await sendAndConfirmTransaction(connection, new Transaction().add(create), [customer, nonceKeys]);
  const { nonce } = NonceAccount.fromAccountData((await connection.getAccountInfo(nonceKeys.publicKey)).data);
  const recipient = Keypair.generate().publicKey;
  const transaction = new Transaction({ feePayer: customer.publicKey, nonceInfo: {
    nonce,
    nonceInstruction: SystemProgram.nonceAdvance({ authorizedPubkey: customer.publicKey, noncePubkey: nonceKeys.publicKey }),
  } }).add(SystemProgram.transfer({ fromPubkey: customer.publicKey, toPubkey: recipient, lamports: 1_000_000 })); // prettier-ignore
  transaction.sign(customer);
  await node.confirmed(await connection.sendRawTransaction(transaction.serialize()));
  assert.equal(await connection.getBalance(recipient), 1_000_000);
  const after = NonceAccount.fromAccountData((await connection.getAccountInfo(nonceKeys.publicKey)).data);
  assert.notEqual(after.nonce, nonce);
});

test('kit reads balances, tokens and slots', async () => {
  const rpc = createSolanaRpc(node.url);
  const alice = address(walletNamed('alice').address);
  const { value: lamports } = await rpc.getBalance(alice).send();
  assert.equal(typeof lamports, 'bigint');
  assert.ok(lamports > 900_000_000_000n);
  const { value: supply } = await rpc.getTokenSupply(address(mintNamed('USDC').address)).send();
  assert.equal(supply.decimals, 6);
  const { value: account } = await rpc.getAccountInfo(alice, { encoding: 'base64' }).send();
  assert.equal(account.space, 0n);
  await assert.rejects(rpc.getBlock(11n).send());
});

test('kit follows slots', async () => {
  const subscriptions = createSolanaRpcSubscriptions(node.webSocketUrl);
  const abort = new AbortController();
  const slots = [];
  for await (const { slot, parent } of await subscriptions
    .slotNotifications()
    .subscribe({ abortSignal: abort.signal })) {
    assert.ok(parent < slot);
    slots.push(slot);
    if (slots.length === 2) break;
  }
  abort.abort();
  assert.ok(slots[1] > slots[0]);
});

test('accounts, programs, logs and roots are announced', async () => {
  const watched = Keypair.generate().publicKey;
  const seen = {};
  const ids = [
    connection.onAccountChange(watched, ({ lamports }, { slot }) => (seen.account = { lamports, slot }), {
      commitment: 'confirmed',
    }),
    connection.onProgramAccountChange(
      SystemProgram.programId,
      ({ accountId }) => accountId.equals(watched) && (seen.program = true),
      { commitment: 'confirmed' },
    ),
    connection.onLogs(watched, ({ signature }) => (seen.logs = signature), 'confirmed'),
    connection.onRootChange((root) => (seen.root = root)),
  ];
  await until(() => seen.root); // the subscriptions of one connection are made in order
  const signature = await connection.requestAirdrop(new PublicKey(watched), 12345678);
  await until(() => seen.account && seen.program && seen.logs);
  assert.equal(seen.account.lamports, 12345678);
  assert.equal(seen.logs, signature);
  const [account, program, logs, root] = ids;
  await Promise.all([
    connection.removeAccountChangeListener(account),
    connection.removeProgramAccountChangeListener(program),
    connection.removeOnLogsListener(logs),
    connection.removeRootChangeListener(root),
  ]);
});
