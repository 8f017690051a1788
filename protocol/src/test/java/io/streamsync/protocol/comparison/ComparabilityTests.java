package io.streamsync.protocol.comparison;

import static io.streamsync.protocol.answer.Answers.at;
import static io.streamsync.protocol.answer.Answers.error;
import static io.streamsync.protocol.answer.Answers.method;
import static io.streamsync.protocol.answer.Answers.result;
import static io.streamsync.protocol.comparison.Agreement.AGREES;
import static io.streamsync.protocol.comparison.Agreement.DISAGREES;
import static io.streamsync.protocol.comparison.Agreement.UNJUDGED;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.market.ComparisonRule;
import io.streamsync.protocol.market.SolanaMethods;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The comparison rules, method by method, on answers as nodes give them.
class ComparabilityTests {

    private static final String ACCOUNT = "{\"data\":[\"AQID\",\"base64\"],\"executable\":false,\"lamports\":5,"
            + "\"owner\":\"11111111111111111111111111111111\",\"rentEpoch\":18446744073709551615,\"space\":3}";
    private static final String TRANSACTION = "{\"blockTime\":1700000000,\"meta\":{\"err\":null,\"fee\":5000,"
            + "\"innerInstructions\":[],\"logMessages\":[\"a\",\"b\",\"c\"],\"postBalances\":[1],\"preBalances\":[2],"
            + "\"rewards\":[],\"status\":{\"Ok\":null}},\"slot\":77,"
            + "\"transaction\":[\"AQID\",\"base64\"],\"version\":0}";

    @Test
    void agreesOnEqualValuesAtAnySlots() {
        assertThat(judge("getBalance", at(1, "getBalance", "5"), at(3, "getBalance", "5")))
                .isEqualTo(AGREES);
        assertThat(judge("getBalance", at(1, "getBalance", "null"), at(3, "getBalance", "null")))
                .isEqualTo(AGREES);
    }

    @Test
    void countsDifferentValuesAtAnEqualSlotOnly() {
        assertThat(judge("getBalance", at(1, "getBalance", "5"), at(1, "getBalance", "6")))
                .isEqualTo(DISAGREES);
        assertThat(judge("getBalance", at(1, "getBalance", "5"), at(2, "getBalance", "6")))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getAccountInfo", at(1, "getAccountInfo", "null"), at(1, "getAccountInfo", ACCOUNT)))
                .isEqualTo(DISAGREES);
        assertThat(judge(
                        "getProgramAccounts", result("getProgramAccounts", "[1]"), result("getProgramAccounts", "[2]")))
                .isEqualTo(UNJUDGED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"rentEpoch\":18446744073709551615 | \"rentEpoch\":0",
                "\"space\":3 | \"space\" : 3",
                "\"executable\":false,\"lamports\":5 | \"lamports\":5,\"executable\":false",
                "\"lamports\":5 | \"lamports\":5,\"delegate\":null",
                "[\"AQID\",\"base64\"] | [\"Ldp\",\"base58\"]",
            })
    void ignoresWhatIsNoDifference(String as, String otherwise) {
        var one = at(1, "getAccountInfo", ACCOUNT);
        var other = at(1, "getAccountInfo", ACCOUNT.replace(as, otherwise));

        assertThat(judge("getAccountInfo", one, other)).isEqualTo(AGREES);
        assertThat(judge("getAccountInfo", other, one)).isEqualTo(AGREES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "AQID | AQIE",
                "AQID | AQI",
                "\"lamports\":5 | \"lamports\":50000000000000000000",
                "\"lamports\":5 | \"lamports\":5.5",
                "\"lamports\":5 | \"lamports\":\"5\"",
                "\"lamports\":5 | \"lamports\":null",
                "\"executable\":false | \"executable\":true",
                "11111111111111111111111111111111 | 11111111111111111111111111111112",
            })
    void seesWhatIsADifference(String as, String otherwise) {
        var one = at(1, "getAccountInfo", ACCOUNT);
        var other = at(1, "getAccountInfo", ACCOUNT.replace(as, otherwise));

        assertThat(judge("getAccountInfo", one, other)).isEqualTo(DISAGREES);
        assertThat(judge("getAccountInfo", other, one)).isEqualTo(DISAGREES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"space\":3 | \"space\":3,\"laterVersion\":1",
                "[\"AQID\",\"base64\"] | [\"KLUv\",\"base64+zstd\"]",
                "[\"AQID\",\"base64\"] | {\"parsed\":{\"type\":\"mint\"},\"program\":\"spl-token\",\"space\":3}",
            })
    void leavesWhatVersionsMayDifferInUnjudged(String as, String otherwise) {
        var one = at(1, "getAccountInfo", ACCOUNT);
        var other = at(1, "getAccountInfo", ACCOUNT.replace(as, otherwise));

        assertThat(judge("getAccountInfo", one, other)).isEqualTo(UNJUDGED);
        assertThat(judge("getAccountInfo", other, one)).isEqualTo(UNJUDGED);
    }

    @Test
    void comparesParsedDataOnlyWhereItIsEqual() {
        var one = ACCOUNT.replace("[\"AQID\",\"base64\"]", "{\"parsed\":{\"a\":1},\"program\":\"p\"}");
        var other = one.replace("\"a\":1", "\"a\":2");

        assertThat(judge("getAccountInfo", at(1, "getAccountInfo", one), at(1, "getAccountInfo", other)))
                .isEqualTo(UNJUDGED);
        assertThat(judge(
                        "getAccountInfo",
                        at(1, "getAccountInfo", one),
                        at(1, "getAccountInfo", other.replace("\"lamports\":5", "\"lamports\":6"))))
                .isEqualTo(DISAGREES);
    }

    @Test
    void comparesTokenAmountsByAmountAndDecimals() {
        var one = "{\"amount\":\"10\",\"decimals\":1,\"uiAmount\":1.0,\"uiAmountString\":\"1\"}";

        assertThat(judge(
                        "getTokenAccountBalance",
                        at(1, "getTokenAccountBalance", one),
                        at(1, "getTokenAccountBalance", one.replace("1.0", "1.00001"))))
                .isEqualTo(AGREES);
        assertThat(judge(
                        "getTokenAccountBalance",
                        at(1, "getTokenAccountBalance", one),
                        at(1, "getTokenAccountBalance", one.replace("\"10\"", "\"11\""))))
                .isEqualTo(DISAGREES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"getProgramAccounts", "getTokenAccountsByOwner", "getTokenAccountsByDelegate"})
    void takesListsWithoutAnOrderAsSets(String name) {
        var a = "{\"pubkey\":\"a\",\"account\":" + ACCOUNT + "}";
        var b = "{\"account\":" + ACCOUNT + ",\"pubkey\":\"b\"}";

        assertThat(judge(name, at(1, name, "[" + a + "," + b + "]"), at(1, name, "[" + b + "," + a + "]")))
                .isEqualTo(AGREES);
        assertThat(judge(name, at(1, name, "[" + a + "," + b + "]"), at(1, name, "[" + a + "," + a + "]")))
                .isEqualTo(DISAGREES);
        assertThat(judge(name, at(1, name, "[" + a + "]"), at(1, name, "[" + a + "," + b + "]")))
                .isEqualTo(DISAGREES);
    }

    @Test
    void keepsTheOrderWhereItIsTheAnswer() {
        assertThat(judge(
                        "getMultipleAccounts",
                        at(1, "getMultipleAccounts", "[null," + ACCOUNT + "]"),
                        at(1, "getMultipleAccounts", "[" + ACCOUNT + ",null]")))
                .isEqualTo(DISAGREES);
    }

    @Test
    void takesSupplyAndCompressedItemsAsSets() {
        assertThat(judge(
                        "getSupply",
                        at(1, "getSupply", "{\"total\":5,\"nonCirculatingAccounts\":[\"a\",\"b\"]}"),
                        at(1, "getSupply", "{\"total\":5,\"nonCirculatingAccounts\":[\"b\",\"a\"]}")))
                .isEqualTo(AGREES);
        assertThat(judge(
                        "getCompressedAccountsByOwner",
                        at(1, "getCompressedAccountsByOwner", "{\"items\":[{\"hash\":\"a\"},{\"hash\":\"b\"}]}"),
                        at(
                                1,
                                "getCompressedAccountsByOwner",
                                "{\"cursor\":\"x\",\"items\":[{\"hash\":\"b\"},{\"hash\":\"a\"}]}")))
                .isEqualTo(AGREES);
    }

    @Test
    void leavesTiesAmongTheLargestOpen() {
        var two =
                "[{\"address\":\"a\",\"amount\":\"9\",\"decimals\":0},{\"address\":\"b\",\"amount\":\"5\",\"decimals\":0}]";

        assertThat(judge(
                        "getTokenLargestAccounts",
                        at(1, "getTokenLargestAccounts", two),
                        at(1, "getTokenLargestAccounts", two.replace("\"b\"", "\"c\""))))
                .isEqualTo(UNJUDGED);
        assertThat(judge(
                        "getTokenLargestAccounts",
                        at(1, "getTokenLargestAccounts", two),
                        at(1, "getTokenLargestAccounts", two.replace("\"5\"", "\"6\""))))
                .isEqualTo(DISAGREES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[null] | [null] | AGREES",
                "[null] | [{\"slot\":5,\"err\":null,\"confirmationStatus\":\"finalized\"}] | UNJUDGED",
                "[{\"slot\":5,\"err\":null,\"confirmations\":3,\"confirmationStatus\":\"confirmed\"}]"
                        + " | [{\"slot\":5,\"err\":null,\"confirmations\":null,\"confirmationStatus\":\"finalized\"}]"
                        + " | AGREES",
                "[{\"slot\":5,\"err\":null,\"confirmationStatus\":\"processed\"}]"
                        + " | [{\"slot\":6,\"err\":null,\"confirmationStatus\":\"finalized\"}] | UNJUDGED",
                "[{\"slot\":5,\"err\":null,\"confirmationStatus\":\"finalized\"}]"
                        + " | [{\"slot\":6,\"err\":null,\"confirmationStatus\":\"finalized\"}] | DISAGREES",
            })
    void judgesSignatureStatusesOnceFinalized(String one, String other, Agreement agreement) {
        assertThat(judge(
                        "getSignatureStatuses",
                        at(1, "getSignatureStatuses", one),
                        at(1, "getSignatureStatuses", other)))
                .isEqualTo(agreement);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"logs\":[\"a\",\"b\"] | \"logs\":[\"a\"] | AGREES",
                "\"x\":1 | \"replacementBlockhash\":{\"blockhash\":\"z\"} | AGREES",
                "\"unitsConsumed\":150 | \"unitsConsumed\":151 | DISAGREES",
                "\"err\":null | \"err\":\"AccountNotFound\" | DISAGREES",
                "\"returnData\":null | \"returnData\":{\"data\":[\"AQ==\",\"base64\"]} | UNJUDGED",
            })
    void judgesSimulationsByErrorAndUnits(String as, String otherwise, Agreement agreement) {
        var value = "{\"err\":null,\"logs\":[\"a\",\"b\"],\"returnData\":null,\"unitsConsumed\":150,\"x\":1}";

        assertThat(judge(
                        "simulateTransaction",
                        at(1, "simulateTransaction", value),
                        at(1, "simulateTransaction", value.replace(as, otherwise))))
                .isEqualTo(agreement);
    }

    @Test
    void comparesSimulationErrorsByKind() {
        var one = "{\"err\":{\"InstructionError\":[0,{\"Custom\":1}]},\"unitsConsumed\":1}";

        assertThat(judge(
                        "simulateTransaction",
                        at(1, "simulateTransaction", one),
                        at(1, "simulateTransaction", one.replace("\"Custom\":1", "\"Custom\":2"))))
                .isEqualTo(UNJUDGED);
        assertThat(judge(
                        "simulateTransaction",
                        at(1, "simulateTransaction", one),
                        at(1, "simulateTransaction", one.replace("InstructionError", "InsufficientFunds"))))
                .isEqualTo(DISAGREES);
    }

    @Test
    void leavesAFeeThatIsNotKnownUnjudged() {
        assertThat(judge("getFeeForMessage", at(1, "getFeeForMessage", "null"), at(1, "getFeeForMessage", "5000")))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getFeeForMessage", at(1, "getFeeForMessage", "5001"), at(1, "getFeeForMessage", "5000")))
                .isEqualTo(DISAGREES);
    }

    @Test
    void comparesBlockProductionOfOneRange() {
        var one = "{\"byIdentity\":{\"a\":[4,4]},\"range\":{\"firstSlot\":1,\"lastSlot\":9}}";

        assertThat(production(one, one.replace("[4,4]", "[4,3]"))).isEqualTo(DISAGREES);
        assertThat(production(one, one.replace("[4,4]", "[4,3]").replace("9", "8")))
                .isEqualTo(UNJUDGED);
    }

    private static Agreement production(String one, String other) {
        return judge("getBlockProduction", at(1, "getBlockProduction", one), at(1, "getBlockProduction", other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "getGenesisHash | \"a\" | \"b\" | DISAGREES",
                "getGenesisHash | \"a\" | \"a\" | AGREES",
                "getMinimumBalanceForRentExemption | 890880 | 890880.0 | AGREES",
                "getMinimumBalanceForRentExemption | 890880 | 890881 | DISAGREES",
                "getInflationGovernor | {\"taper\":0.15,\"foundation\":0.05} | {\"foundation\":0.050,\"taper\":0.15} | AGREES",
                "getInflationGovernor | {\"taper\":0.15} | {\"taper\":0.16} | DISAGREES",
                "getInflationRate | {\"epoch\":5,\"total\":0.1} | {\"epoch\":5,\"total\":0.2} | DISAGREES",
                "getInflationRate | {\"epoch\":5,\"total\":0.1} | {\"epoch\":6,\"total\":0.2} | UNJUDGED",
                "getLeaderSchedule | {\"a\":[0,1]} | {\"a\":[0,2]} | UNJUDGED",
                "getLeaderSchedule | {\"a\":[0,1]} | null | UNJUDGED",
                "getSlotLeaders | [\"a\",\"b\"] | [\"a\",\"c\"] | DISAGREES",
                "getEpochSchedule | {\"slotsPerEpoch\":432000} | {\"slotsPerEpoch\":432000,\"later\":1} | UNJUDGED",
            })
    void comparesConstantsExactly(String name, String one, String other, Agreement agreement) {
        assertThat(judge(name, result(name, one), result(name, other))).isEqualTo(agreement);
    }

    @Test
    void leavesAConstantThatChangesByFeatureToItsSlot() {
        var name = "getStakeMinimumDelegation";

        assertThat(judge(name, at(1, name, "1"), at(1, name, "1000000000"))).isEqualTo(DISAGREES);
        assertThat(judge(name, at(1, name, "1"), at(2, name, "1000000000"))).isEqualTo(UNJUDGED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"fee\":5000 | \"fee\":5001 | DISAGREES",
                "AQID | AQIE | DISAGREES",
                "\"slot\":77 | \"slot\":78 | DISAGREES",
                "\"blockTime\":1700000000 | \"blockTime\":null | UNJUDGED",
                "\"innerInstructions\":[] | \"innerInstructions\":null | AGREES",
                "\"innerInstructions\":[] | \"innerInstructions\":[{\"index\":0}] | UNJUDGED",
                "\"rewards\":[], | | AGREES",
                "\"rewards\":[] | \"rewards\":[],\"loadedAddresses\":{\"readonly\":[],\"writable\":[]} | AGREES",
                "\"rewards\":[] | \"rewards\":[],\"computeUnitsConsumed\":150 | AGREES",
                "[\"a\",\"b\",\"c\"] | [\"a\",\"b\",\"Log truncated\"] | AGREES",
                "[\"a\",\"b\",\"c\"] | [\"a\",\"x\",\"Log truncated\"] | DISAGREES",
                "[\"a\",\"b\",\"c\"] | [\"a\",\"b\"] | DISAGREES",
                "[\"a\",\"b\",\"c\"] | null | UNJUDGED",
            })
    void comparesHistoryExactlyButTakesIncompleteForIncomplete(String as, String otherwise, Agreement agreement) {
        var one = result("getTransaction", TRANSACTION);
        var other = result("getTransaction", TRANSACTION.replace(as, otherwise == null ? "" : otherwise));

        assertThat(judge("getTransaction", one, other)).isEqualTo(agreement);
        assertThat(judge("getTransaction", other, one)).isEqualTo(agreement);
    }

    @Test
    void takesHistoryThatANodeDoesNotHoldForIncomplete() {
        assertThat(judge("getTransaction", result("getTransaction", "null"), result("getTransaction", TRANSACTION)))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getBlockTime", result("getBlockTime", "null"), result("getBlockTime", "5")))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getBlockTime", result("getBlockTime", "6"), result("getBlockTime", "5")))
                .isEqualTo(DISAGREES);
    }

    @Test
    void leavesHistoryBelowFinalizedUnjudged() {
        var confirmed = method("getTransaction").belowFinalized();
        var one = result("getTransaction", TRANSACTION);
        var other = result("getTransaction", TRANSACTION.replace("77", "78"));

        assertThat(Comparability.judge(confirmed, one, other)).isEqualTo(UNJUDGED);
        assertThat(Comparability.judge(confirmed, one, one)).isEqualTo(AGREES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "getSlot | 1000 | 1150 | AGREES",
                "getSlot | 1000 | 1151 | UNJUDGED",
                "getSlot | 1 | 9223372036854775807 | UNJUDGED",
                "getBlockHeight | 5 | 18446744073709551615 | UNJUDGED",
                "getBlockHeight | 5 | 8 | AGREES",
                "getBlockHeight | 5 | \"8\" | UNJUDGED",
                "getIndexerSlot | 5 | 8 | AGREES",
                "getTransactionCount | 5 | 8 | UNJUDGED",
                "getTransactionCount | 5 | 5 | AGREES",
                "getSlotLeader | \"a\" | \"b\" | UNJUDGED",
                "getVoteAccounts | {\"current\":[1]} | {\"current\":[2]} | UNJUDGED",
                "getEpochInfo | {\"absoluteSlot\":9,\"epoch\":1,\"slotsInEpoch\":8,\"slotIndex\":1}"
                        + " | {\"absoluteSlot\":10,\"epoch\":1,\"slotsInEpoch\":8,\"slotIndex\":2} | AGREES",
                "getEpochInfo | {\"absoluteSlot\":9,\"epoch\":1,\"slotsInEpoch\":8}"
                        + " | {\"absoluteSlot\":10,\"epoch\":2,\"slotsInEpoch\":8} | UNJUDGED",
            })
    void takesNearValuesAtTheTipForAgreement(String name, String one, String other, Agreement agreement) {
        assertThat(judge(name, result(name, one), result(name, other))).isEqualTo(agreement);
    }

    @Test
    void comparesBlockhashesOfOneSlot() {
        var name = "getLatestBlockhash";
        var one = "{\"blockhash\":\"a\",\"lastValidBlockHeight\":9}";
        var other = "{\"blockhash\":\"b\",\"lastValidBlockHeight\":10}";

        assertThat(judge(name, at(1, name, one), at(1, name, one))).isEqualTo(AGREES);
        assertThat(judge(name, at(1, name, one), at(2, name, other))).isEqualTo(UNJUDGED);
        assertThat(judge(name, at(1, name, one), at(1, name, other))).isEqualTo(DISAGREES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "getBlocks | [5,6,8] | [5,6,8] | AGREES",
                "getBlocks | [5,6,8] | [6,8,9] | AGREES",
                "getBlocks | [5,6,8] | [6,8] | AGREES",
                "getBlocks | [5,6,8] | [5,8] | UNJUDGED",
                "getBlocks | [5,6,8] | [5,6,7,8] | UNJUDGED",
                "getBlocks | [5,6,8] | [9,10] | UNJUDGED",
                "getBlocks | [5,6,8] | [] | UNJUDGED",
                "getBlocks | [4,5] | [3,5] | UNJUDGED",
                "getRecentPrioritizationFees | [{\"slot\":1,\"prioritizationFee\":0},{\"slot\":2,\"prioritizationFee\":9}]"
                        + " | [{\"slot\":2,\"prioritizationFee\":9},{\"slot\":3,\"prioritizationFee\":0}] | AGREES",
                "getRecentPrioritizationFees | [{\"slot\":1,\"prioritizationFee\":0},{\"slot\":2,\"prioritizationFee\":9}]"
                        + " | [{\"slot\":2,\"prioritizationFee\":8},{\"slot\":3,\"prioritizationFee\":0}] | UNJUDGED",
            })
    void agreesOnACommonWindow(String name, String one, String other, Agreement agreement) {
        assertThat(judge(name, result(name, one), result(name, other))).isEqualTo(agreement);
        assertThat(judge(name, result(name, other), result(name, one))).isEqualTo(agreement);
    }

    @ParameterizedTest
    @CsvSource({
        "9 8 7 6, 9 8 7 6, AGREES",
        "9 8 7 6, 10 9 8 7, AGREES",
        "9 8 7 6, 8 7 6, AGREES",
        "9 8 7 6, 9 8 7, AGREES",
        "9 8 7 6, 9 7 6, UNJUDGED",
        "9 8 7 6, 9 8 5 7 6, UNJUDGED",
        "9 8 7 6, 8 9 7 6, UNJUDGED",
        "9 8 7 6, 5 4, UNJUDGED",
        "9 8 7 6, 9! 8 7 6, DISAGREES",
        "9 8 7 6, 8 7! 6, DISAGREES",
        "9 8 7? 6, 9 8 7! 6, UNJUDGED",
    })
    void alignsSignaturesOfAnAddress(String one, String other, Agreement agreement) {
        assertThat(judge("getSignaturesForAddress", signatures(one), signatures(other)))
                .isEqualTo(agreement);
        assertThat(judge("getSignaturesForAddress", signatures(other), signatures(one)))
                .isEqualTo(agreement);
    }

    // 7: finalized in slot 7; 7!: finalized with another outcome; 7?: not yet finalized
    private static NodeAnswer signatures(String words) {
        var items = new StringBuilder();
        for (var word : words.split(" ", -1)) {
            var number = word.replaceAll("\\D", "");
            items.append(items.isEmpty() ? "[" : ",")
                    .append("{\"signature\":\"s")
                    .append(number)
                    .append("\",\"slot\":")
                    .append(number)
                    .append(",\"memo\":null,\"err\":")
                    .append(word.endsWith("!") ? "{\"InstructionError\":[0,\"Custom\"]}" : "null")
                    .append(",\"confirmationStatus\":\"")
                    .append(word.endsWith("?") ? "confirmed" : "finalized")
                    .append("\"}");
        }
        return result("getSignaturesForAddress", items + "]");
    }

    @Test
    void alignsPagesOfIndexers() {
        var photon = "{\"items\":[{\"signature\":\"a\",\"slot\":2},{\"signature\":\"b\",\"slot\":1}],\"cursor\":null}";
        var pairs = "{\"total\":2,\"items\":[[\"a\",\"Transfer\"],[\"b\",\"Mint\"]]}";

        assertThat(judge(
                        "getCompressionSignaturesForOwner",
                        at(1, "getCompressionSignaturesForOwner", photon),
                        at(
                                9,
                                "getCompressionSignaturesForOwner",
                                photon.replace(
                                        "[{\"signature\":\"a\"",
                                        "[{\"signature\":\"c\",\"slot\":3},{\"signature\":\"a\""))))
                .isEqualTo(AGREES);
        assertThat(judge(
                        "getSignaturesForAsset",
                        result("getSignaturesForAsset", pairs),
                        result(
                                "getSignaturesForAsset",
                                pairs.replace(",[\"b\",\"Mint\"]", "").replace("2", "1"))))
                .isEqualTo(AGREES);
    }

    @Test
    void comparesAssetsByTheirCore() {
        var asset = "{\"interface\":\"V1_NFT\",\"id\":\"x\",\"content\":{\"json_uri\":\"u\"},"
                + "\"ownership\":{\"owner\":\"o\",\"delegate\":null,\"frozen\":false},\"burnt\":false}";
        var elsewhere = asset.replace("\"u\"", "\"cdn\"").replace(",\"delegate\":null", "");
        var sold = asset.replace("\"o\"", "\"p\"");

        assertThat(judge("getAsset", result("getAsset", asset), result("getAsset", elsewhere)))
                .isEqualTo(AGREES);
        assertThat(judge("getAsset", result("getAsset", asset), result("getAsset", sold)))
                .isEqualTo(UNJUDGED);
        assertThat(judge(
                        "getAssets",
                        result("getAssets", "[" + asset + ",null]"),
                        result("getAssets", "[" + elsewhere + ",null]")))
                .isEqualTo(AGREES);
        assertThat(judge(
                        "searchAssets",
                        result("searchAssets", "{\"total\":1,\"items\":[" + asset + "]}"),
                        result("searchAssets", "{\"total\":9,\"items\":[" + elsewhere + "]}")))
                .isEqualTo(AGREES);
        assertThat(judge(
                        "searchAssets",
                        result("searchAssets", "{\"items\":[" + asset + "]}"),
                        result("searchAssets", "{\"items\":[" + sold + "]}")))
                .isEqualTo(UNJUDGED);
    }

    @Test
    void neverComparesANodesOwnViewNorWrites() {
        for (var method : SolanaMethods.all()) {
            if (method.rule() == ComparisonRule.NODE_LOCAL || method.rule() == ComparisonRule.WRITE) {
                assertThat(judge(method.name(), result(method.name(), "1"), result(method.name(), "1")))
                        .isEqualTo(UNJUDGED);
            }
        }
    }

    @Test
    void neverDisagreesAboutWhatProvesItself() {
        for (var method : SolanaMethods.all()) {
            if (method.rule() == ComparisonRule.SELF_VERIFIABLE) {
                assertThat(judge(method.name(), at(1, method.name(), "\"a\""), at(1, method.name(), "\"b\"")))
                        .isEqualTo(UNJUDGED);
                assertThat(judge(method.name(), at(1, method.name(), "\"a\""), at(2, method.name(), "\"a\"")))
                        .isEqualTo(AGREES);
            }
        }
    }

    @Test
    void agreesOnErrorsThatMeanTheSameAndDisagreesAboutNone() {
        assertThat(judge("getBlock", error("getBlock", -32_007), error("getBlock", -32_009)))
                .isEqualTo(AGREES);
        assertThat(judge("getBalance", error("getBalance", -32_602), error("getBalance", -32_600)))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getBlock", error("getBlock", -32_007), result("getBlock", "{\"blockhash\":\"a\"}")))
                .isEqualTo(UNJUDGED);
        assertThat(judge(
                        "getSignaturesForAddress",
                        error("getSignaturesForAddress", -32_020),
                        result("getSignaturesForAddress", "[]")))
                .isEqualTo(AGREES);
        assertThat(judge("getBalance", error("getBalance", -32_005), error("getBalance", -32_005)))
                .isEqualTo(UNJUDGED);
    }

    @Test
    void holdsNothingAgainstNodesForRidiculousNumbers() {
        var huge = "1e999999999";

        assertThat(judge(
                        "getInflationGovernor",
                        result("getInflationGovernor", huge),
                        result("getInflationGovernor", "1")))
                .isEqualTo(DISAGREES);
        assertThat(judge(
                        "getInflationGovernor",
                        result("getInflationGovernor", huge),
                        result("getInflationGovernor", "10e999999998")))
                .isEqualTo(AGREES);
    }

    @Test
    void leavesNumbersThatNobodyCanReadUnjudged() {
        var huge = result("getBlockHeight", "1e9999999999");

        assertThat(judge("getBlockHeight", huge, result("getBlockHeight", "1"))).isEqualTo(UNJUDGED);
        assertThat(judge("getBalance", at(1, "getBalance", "1e9999999999"), at(1, "getBalance", "1")))
                .isEqualTo(UNJUDGED);
    }

    @Test
    void buildsNoTreeOfAFlood() {
        var flood = "[" + "[],".repeat(AnswerTree.MOST_TOKENS / 2) + "[]]";
        var other = at(1, "getAccountInfo", "[" + flood + ",1]");

        assertThat(judge("getAccountInfo", at(1, "getAccountInfo", "[" + flood + ",2]"), other))
                .isEqualTo(UNJUDGED);
        assertThat(judge("getAccountInfo", at(2, "getAccountInfo", "[" + flood + ",1]"), other))
                .isEqualTo(AGREES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"a\"", "[]", "{}", "[[]]", "[null]", "[{}]", "null", "{\"value\":{}}", "true"})
    void survivesShapesThatTheMethodDoesNotHave(String odd) {
        for (var method : SolanaMethods.all()) {
            if (!method.name().equals("getSlot")) {
                var one = result(method.name(), odd);
                var other = result(method.name(), "{\"context\":{\"slot\":1},\"value\":[{\"err\":1}]}");

                assertThat(judge(method.name(), one, one)).isNotEqualTo(DISAGREES);
                assertThat(judge(method.name(), one, other)).isEqualTo(judge(method.name(), other, one));
            }
        }
    }

    @Test
    void survivesEveryAlteredByte() {
        var random = new Random(31);
        var body = ("{\"jsonrpc\":\"2.0\",\"result\":{\"context\":{\"slot\":1},\"value\":" + ACCOUNT + "},\"id\":7}")
                .getBytes(StandardCharsets.UTF_8);
        var honest = at(1, "getAccountInfo", ACCOUNT);
        var judged = 0;
        for (var i = 0; i < 50_000; i++) {
            var altered = body.clone();
            altered[random.nextInt(body.length)] = (byte) random.nextInt(256);
            var answer = NodeAnswer.parse(altered, "getAccountInfo", "7");
            judged += answer != null && judge("getAccountInfo", answer, honest) == DISAGREES ? 1 : 0;
        }

        assertThat(judged).isGreaterThan(1_000);
    }

    private static Agreement judge(String method, NodeAnswer winner, NodeAnswer checker) {
        return Comparability.judge(method(method), winner, checker);
    }
}
