package io.streamsync.protocol.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The method table against the words of the protocol and of comparability, row by row.
class SolanaMethodsTests {

    private static final String ROWS = """
            SLOT_KEYED       state  lookup      getAccountInfo getBalance getTokenAccountBalance getTokenSupply
            SLOT_KEYED       state  lookup      isBlockhashValid getFeeForMessage getSignatureStatuses
            SLOT_KEYED       state  lookup      getBlockProduction simulateTransaction getRankMap
            SLOT_KEYED       state  scan        getMultipleAccounts getProgramAccounts getSupply
            SLOT_KEYED       state  scan        getTokenAccountsByOwner getTokenAccountsByDelegate
            SLOT_KEYED       state  scan        getTokenLargestAccounts
            NODE_LOCAL       state  scan        getLargestAccounts
            EXACT            state  lookup      getStakeMinimumDelegation getInflationRate getLeaderSchedule
            EXACT            final  lookup      getMinimumBalanceForRentExemption getGenesisHash getEpochSchedule
            EXACT            final  lookup      getInflationGovernor getSlotLeaders getAgGenesisCert
            RANGE            state  lookup      getSlotLeader getSlot getBlockHeight getTransactionCount
            RANGE            state  lookup      getEpochInfo getLatestBlockhash getVoteAccounts
            EXACT_FINALIZED  final  archive     getBlock getBlockTime getTransaction getInflationReward
            PREFIX           state  archive     getBlocks getBlocksWithLimit getSignaturesForAddress
            PREFIX           state  lookup      getRecentPrioritizationFees
            NODE_LOCAL       state  lookup      getRecentPerformanceSamples getBlockCommitment getClusterNodes
            NODE_LOCAL       state  lookup      getHealth getVersion getIdentity getFirstAvailableBlock
            NODE_LOCAL       state  lookup      minimumLedgerSlot getHighestSnapshotSlot getMaxRetransmitSlot
            NODE_LOCAL       state  lookup      getMaxShredInsertSlot
            WRITE            state  submit      sendTransaction requestAirdrop
            SLOT_KEYED       state  compressed  getCompressedAccount getCompressedAccountV2
            SLOT_KEYED       state  compressed  getMultipleCompressedAccounts getMultipleCompressedAccountsV2
            SLOT_KEYED       state  compressed  getCompressedAccountsByOwner getCompressedAccountsByOwnerV2
            SLOT_KEYED       state  compressed  getCompressedBalance getCompressedAccountBalance
            SLOT_KEYED       state  compressed  getCompressedBalanceByOwner getCompressedTokenAccountBalance
            SLOT_KEYED       state  compressed  getCompressedTokenAccountsByOwner getCompressedTokenAccountsByOwnerV2
            SLOT_KEYED       state  compressed  getCompressedTokenAccountsByDelegate
            SLOT_KEYED       state  compressed  getCompressedTokenAccountsByDelegateV2
            SLOT_KEYED       state  compressed  getCompressedTokenBalancesByOwner getCompressedTokenBalancesByOwnerV2
            SLOT_KEYED       state  compressed  getCompressedMintTokenHolders getQueueElements getQueueInfo
            SELF_VERIFIABLE  state  compressed  getCompressedAccountProof getCompressedAccountProofV2
            SELF_VERIFIABLE  state  compressed  getMultipleCompressedAccountProofs
            SELF_VERIFIABLE  state  compressed  getMultipleCompressedAccountProofsV2
            SELF_VERIFIABLE  state  compressed  getMultipleNewAddressProofs getMultipleNewAddressProofsV2
            SELF_VERIFIABLE  state  compressed  getValidityProof getValidityProofV2
            PREFIX           state  compressed  getCompressionSignaturesForAccount getCompressionSignaturesForAddress
            PREFIX           state  compressed  getCompressionSignaturesForOwner getCompressionSignaturesForTokenOwner
            PREFIX           state  compressed  getLatestCompressionSignatures getLatestNonVotingSignatures
            EXACT_FINALIZED  final  compressed  getTransactionWithCompressionInfo getTransactionWithCompressionInfoV2
            NODE_LOCAL       state  compressed  getIndexerHealth
            RANGE            state  compressed  getIndexerSlot
            SELF_VERIFIABLE  state  scan        getAssetProof getAssetProofs getAssetProofBatch
            PREFIX           state  scan        getAsset getAssets getAssetBatch getAssetsByOwner getAssetsByGroup
            PREFIX           state  scan        getAssetsByCreator getAssetsByAuthority searchAssets getTokenAccounts
            PREFIX           state  scan        getNftEditions getSignaturesForAsset getAssetSignatures
            """;

    private static final Set<String> HEAVY = Set.of(
            "getProgramAccounts",
            "getBlock",
            "getLargestAccounts",
            "getTokenLargestAccounts",
            "getSupply",
            "getTokenAccountsByOwner",
            "getTokenAccountsByDelegate",
            "searchAssets",
            "getAssetsByOwner",
            "getAssetsByGroup",
            "getAssetsByCreator",
            "getAssetsByAuthority");

    static Stream<SolanaMethod> rows() {
        return ROWS.lines()
                .map(line -> List.of(line.split(" +")))
                .flatMap(cells -> cells.stream()
                        .skip(3)
                        .map(name -> new SolanaMethod(
                                name,
                                QueryClass.ofWireName(cells.get(2)).orElseThrow(),
                                ComparisonRule.valueOf(cells.get(0)),
                                HEAVY.contains(name),
                                cells.get(1).equals("final"),
                                switch (name) {
                                    case "sendTransaction" -> SolanaMethod.Delivery.ALL_RACERS;
                                    case "requestAirdrop" -> SolanaMethod.Delivery.ONE;
                                    default -> SolanaMethod.Delivery.RACE;
                                })));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void knowsEveryRow(SolanaMethod row) {
        assertThat(SolanaMethods.find(row.name())).contains(row);
    }

    @Test
    void knowsNothingElse() {
        assertThat(SolanaMethods.all())
                .extracting(SolanaMethod::name)
                .containsExactlyInAnyOrderElementsOf(
                        rows().map(SolanaMethod::name).collect(Collectors.toSet()));
    }

    @Test
    void knowsAll54StandardMethods() {
        var standard = SolanaMethods.all().stream()
                .filter(method -> method.queryClass() != QueryClass.COMPRESSED)
                .filter(method -> !method.name().contains("Asset"))
                .filter(method -> !Set.of("getTokenAccounts", "getNftEditions").contains(method.name()));

        assertThat(standard).hasSize(54);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "getConfirmedBlock",
                "getConfirmedTransaction",
                "getRecentBlockhash",
                "getFees",
                "getFeeCalculatorForBlockhash",
                "getStakeActivation",
                "getSnapshotSlot",
                "accountSubscribe",
                "getaccountinfo",
                "",
                "name"
            })
    void putsRemovedAndUnknownMethodsInNoClass(String name) {
        assertThat(SolanaMethods.find(name)).isEmpty();
    }

    @Test
    void checksWhatOthersCanConfirm() {
        assertThat(SolanaMethods.all())
                .filteredOn(method -> !method.isChecked())
                .allMatch(
                        method -> method.rule() == ComparisonRule.NODE_LOCAL || method.rule() == ComparisonRule.WRITE);
        assertThat(method("getHealth").isChecked()).isFalse();
        assertThat(method("sendTransaction").isChecked()).isFalse();
        assertThat(method("getSlot").isChecked()).isTrue();
    }

    @Test
    void leavesHistoryBelowFinalizedUndisputed() {
        var block = method("getBlock").belowFinalized();

        assertThat(block.finality()).isFalse();
        assertThat(block.rule()).isEqualTo(ComparisonRule.SLOT_KEYED);
        assertThat(method("getBalance").belowFinalized()).isEqualTo(method("getBalance"));
        assertThat(method("getGenesisHash").belowFinalized()).isEqualTo(method("getGenesisHash"));
    }

    @Test
    void knowsAClassByItsWireName() {
        assertThat(Arrays.stream(QueryClass.values()).map(QueryClass::wireName))
                .containsExactly("lookup", "scan", "archive", "compressed", "submit");
        assertThat(QueryClass.ofWireName("LOOKUP")).isEmpty();
    }

    private static SolanaMethod method(String name) {
        return SolanaMethods.find(name).orElseThrow();
    }
}
