package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.Market.Account;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.p2p.solanaj.programs.SystemProgram;
import org.p2p.solanaj.rpc.RpcClient;
import org.p2p.solanaj.rpc.RpcException;
import org.p2p.solanaj.rpc.types.Memcmp;
import org.p2p.solanaj.rpc.types.config.Commitment;
import software.sava.core.accounts.PublicKey;
import software.sava.rpc.json.http.client.SolanaRpcClient;

/// Java clients that know nothing of StreamSync, changed by their URL only; their own log is the ledger.
class JavaClientTests {

    private static final String TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
    private static final int TOKEN_ACCOUNT_BYTES = 165;

    /// Where a token account names its mint and its owner.
    private static final int MINT = 0;

    private static final int OWNER = 32;
    private static final long SOL = 1_000_000_000;

    private final Account account = Market.running().openAccount("1.00");
    private final ClientLog log = new ClientLog();

    @AfterEach
    void chargesWhatTheHeadersSaid() {
        assertThat(log.entries()).isNotEmpty();
        Books.agree(account, "1.00", log);
    }

    @Test
    void savaReadsAndIsAnsweredFromTheRace() {
        try (var http = HttpClient.newHttpClient()) {
            var solana = SolanaRpcClient.createClient(account.rpcUrl(), http, answer -> {
                log.add(
                        answer.statusCode(),
                        name -> answer.headers()
                                .firstValue("X-StreamSync-" + name)
                                .orElse(""));
                return true;
            });
            var token = PublicKey.fromBase58Encoded(TOKEN_PROGRAM);

            assertThat(solana.getAccountInfo(token).join().executable()).isTrue();
            assertThat(solana.getBalance(token).join().lamports()).isPositive();
            assertThat(solana.getSlot().join()).isPositive();
            assertThat(solana.getLatestBlockHash().join().blockHash()).isNotEmpty();
            assertThat(solana.getMultipleAccounts(List.of(token)).join()).hasSize(1);
            assertThat(solana.getProgramAccounts(token).join()).isNotEmpty();
        }
    }

    @Test
    void solanajSendsAndReadsItsOwnWrites() throws RpcException {
        var solana = new RpcClient(account.rpcUrl().toString(), recording()).getApi();
        var sender = new org.p2p.solanaj.core.Account();
        var receiver = new org.p2p.solanaj.core.Account().getPublicKey();

        var airdrop = solana.requestAirdrop(sender.getPublicKey(), SOL, Commitment.CONFIRMED);
        await().atMost(Market.PATIENCE)
                .until(() -> solana.getBalance(sender.getPublicKey(), Commitment.CONFIRMED) == SOL);
        var transfer = new org.p2p.solanaj.core.Transaction()
                .addInstruction(SystemProgram.transfer(sender.getPublicKey(), receiver, SOL / 4));
        var blockhash =
                solana.getLatestBlockhash(Commitment.CONFIRMED).getValue().getBlockhash();
        var signature = solana.sendTransaction(transfer, List.of(sender), blockhash);
        await().atMost(Market.PATIENCE).until(() -> solana.getBalance(receiver, Commitment.CONFIRMED) == SOL / 4);

        assertThat(solana.getSignatureStatuses(List.of(airdrop, signature), false)
                        .getValue())
                .extracting("confirmationStatus")
                .isSubsetOf("confirmed", "finalized"); // as much time as it took
        assertThat(solana.getEpochInfo(Commitment.CONFIRMED).getAbsoluteSlot()).isPositive();
        assertThat(solana.getMinimumBalanceForRentExemption(TOKEN_ACCOUNT_BYTES))
                .isPositive();
    }

    @Test
    void solanajFindsProgramAccountsAndMany() throws RpcException {
        var solana = new RpcClient(account.rpcUrl().toString(), recording()).getApi();
        var token = org.p2p.solanaj.core.PublicKey.valueOf(TOKEN_PROGRAM);
        var all = solana.getProgramAccounts(token, List.of(), TOKEN_ACCOUNT_BYTES);
        var first = all.getFirst().getAccount();
        var mint = org.p2p.solanaj.core.PublicKey.readPubkey(first.getDecodedData(), MINT);
        var owner = org.p2p.solanaj.core.PublicKey.readPubkey(first.getDecodedData(), OWNER);

        var ofOwner =
                solana.getProgramAccounts(token, List.of(new Memcmp(OWNER, owner.toBase58())), TOKEN_ACCOUNT_BYTES);

        assertThat(ofOwner).isNotEmpty().hasSizeLessThan(all.size());
        assertThat(solana.getTokenSupply(mint).getDecimals()).isPositive();
        assertThat(solana.getMultipleAccounts(List.of(token, mint), Map.of("encoding", "base64")))
                .hasSize(2);
    }

    private OkHttpClient recording() {
        return new OkHttpClient.Builder()
                .addInterceptor(chain -> {
                    var answer = chain.proceed(chain.request());
                    log.add(answer.code(), name -> String.join("", answer.headers("X-StreamSync-" + name)));
                    return answer;
                })
                .build();
    }
}
