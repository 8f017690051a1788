package io.streamsync.protocol.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.SolanaMethod;
import io.streamsync.protocol.market.SolanaMethods;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which results can be answers to which method, row by row.
class ShapesTests {

    /// Results by a letter each; a capital is the same as the value beside a context.
    private static final Map<Character, String> RESULTS = results();

    private static final String ROWS = """
            on  getLeaderSchedule getBlock getTransaction getTransactionWithCompressionInfo
            on  getTransactionWithCompressionInfoV2 getAsset getAssetProof
            ON  getAccountInfo getCompressedAccount getCompressedAccountV2 getCompressedTokenAccountBalance
            I   getBalance getStakeMinimumDelegation getCompressedBalanceByOwner
            IN  getFeeForMessage getCompressedBalance getCompressedAccountBalance
            L   getMultipleAccounts getLargestAccounts getTokenAccountsByOwner getTokenAccountsByDelegate
            L   getTokenLargestAccounts getSignatureStatuses
            L   getMultipleCompressedAccountProofs getMultipleCompressedAccountProofsV2
            L   getMultipleNewAddressProofs getMultipleNewAddressProofsV2
            lL  getProgramAccounts
            O   getSupply getTokenAccountBalance getTokenSupply getLatestBlockhash getBlockProduction
            O   simulateTransaction getMultipleCompressedAccounts getMultipleCompressedAccountsV2
            O   getCompressedAccountsByOwner getCompressedAccountsByOwnerV2
            O   getCompressedTokenAccountsByOwner getCompressedTokenAccountsByOwnerV2
            O   getCompressedTokenAccountsByDelegate getCompressedTokenAccountsByDelegateV2
            O   getCompressedTokenBalancesByOwner getCompressedTokenBalancesByOwnerV2 getCompressedMintTokenHolders
            O   getCompressedAccountProof getCompressedAccountProofV2 getValidityProof getValidityProofV2
            O   getCompressionSignaturesForAccount getCompressionSignaturesForAddress
            O   getCompressionSignaturesForOwner getCompressionSignaturesForTokenOwner
            O   getLatestCompressionSignatures getLatestNonVotingSignatures
            i   getMinimumBalanceForRentExemption getSlot getBlockHeight getTransactionCount getFirstAvailableBlock
            i   minimumLedgerSlot getMaxRetransmitSlot getMaxShredInsertSlot getIndexerSlot
            imn getBlockTime
            h   getGenesisHash getSlotLeader
            g   sendTransaction requestAirdrop
            thg getHealth getIndexerHealth
            F   isBlockhashValid
            l   getSlotLeaders getRecentPrioritizationFees getRecentPerformanceSamples getClusterNodes
            l   getInflationReward
            ln  getBlocks getBlocksWithLimit getSignaturesForAddress
            o   getEpochSchedule getInflationGovernor getInflationRate getEpochInfo getVoteAccounts
            o   getBlockCommitment getVersion getIdentity getHighestSnapshotSlot getQueueElements getQueueInfo
            o   getAssetsByOwner getAssetsByGroup getAssetsByCreator getAssetsByAuthority searchAssets
            o   getTokenAccounts getNftEditions getSignaturesForAsset getAssetSignatures
            lo  getAssets getAssetBatch getAssetProofs getAssetProofBatch
            *   getAgGenesisCert getRankMap
            """;

    record Row(SolanaMethod method, String takes) {}

    static Stream<Row> rows() {
        return ROWS.lines()
                .map(line -> List.of(line.split(" +")))
                .flatMap(cells -> cells.stream().skip(1).map(name -> new Row(Answers.method(name), cells.getFirst())));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void takesWhatTheMethodReturnsAndNothingElse(Row row) {
        RESULTS.forEach((letter, result) -> assertThat(isShaped(row.method(), result))
                .as(result)
                .isEqualTo(row.takes().equals("*")
                        || row.takes().indexOf(letter) >= 0
                        // an object may have a context and a value like any other members
                        || (Character.isUpperCase(letter) && row.takes().indexOf('o') >= 0)));
    }

    @Test
    void knowsEveryMethodAndNoOther() {
        var names = SolanaMethods.all().stream().map(SolanaMethod::name).toList();

        assertThat(Shapes.all().keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(rows().map(row -> row.method().name()).collect(Collectors.toList()))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":7}",
                "{\"context\":{},\"value\":7}",
                "{\"context\":{\"slot\":1}}",
                "{\"context\":7,\"value\":7}",
                "{\"context\":{\"slot\":1},\"value\":7,\"value\":7}",
                "{\"context\":{\"slot\":1},\"value\":7,\"value\":[]}"
            })
    void takesNoContextByHalves(String result) {
        assertThat(isShaped(Answers.method("getBalance"), result)).isFalse();
    }

    @Test
    void takesTheLargestNumberThereIs() {
        assertThat(isShaped(Answers.method("getBalance"), "{\"context\":{\"slot\":1},\"value\":18446744073709551615}"))
                .isTrue();
    }

    private static boolean isShaped(SolanaMethod method, String result) {
        var body = "{\"jsonrpc\":\"2.0\",\"result\":" + result + ",\"id\":7}";
        var answer = NodeAnswer.parse(body.getBytes(StandardCharsets.UTF_8), method.name(), "7");
        return answer != null && answer.shaped();
    }

    private static Map<Character, String> results() {
        var results = new LinkedHashMap<Character, String>();
        results.put('n', "null");
        results.put('i', "7");
        results.put('m', "-7");
        results.put('d', "7.5");
        results.put('t', "\"ok\"");
        results.put('h', "\"" + "4".repeat(43) + "\"");
        results.put('g', "\"" + "5".repeat(87) + "\"");
        results.put('f', "true");
        results.put('l', "[]");
        results.put('o', "{\"a\":1}");
        for (var plain : List.copyOf(results.entrySet())) {
            results.put(
                    Character.toUpperCase(plain.getKey()),
                    "{\"context\":{\"slot\":1},\"value\":" + plain.getValue() + "}");
        }
        return results;
    }
}
