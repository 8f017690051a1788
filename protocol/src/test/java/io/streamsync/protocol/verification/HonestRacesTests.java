package io.streamsync.protocol.verification;

import static io.streamsync.protocol.answer.Answers.at;
import static io.streamsync.protocol.answer.Answers.method;
import static io.streamsync.protocol.answer.Answers.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.answer.NodeAnswer;
import io.streamsync.protocol.comparison.Agreement;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// Races among nodes 0 to 3 slots behind the tip, of an account that changes now and then: nobody honest is ever
/// contradicted, and a liar is, in the same market.
class HonestRacesTests {

    private static final int RACES = 100_000;
    private static final List<String> METHODS = List.of(
            "getBalance",
            "getAccountInfo",
            "getMultipleAccounts",
            "getSlot",
            "getBlockHeight",
            "getLatestBlockhash",
            "getSignaturesForAddress",
            "getSignatureStatuses",
            "getBlocks",
            "getRecentPrioritizationFees");

    @Test
    void neverContradictsHonestNodesAFewSlotsApart() {
        var random = new Random(20_261_122);
        var statuses = new EnumMap<RaceStatus, Integer>(RaceStatus.class);
        for (var race = 0; race < RACES; race++) {
            var tip = 1_000L + race;
            var name = METHODS.get(race % METHODS.size());
            var verification = Verification.of(
                    method(name),
                    honest(name, tip - random.nextInt(4)),
                    List.of(honest(name, tip - random.nextInt(4)), honest(name, tip - random.nextInt(4))));
            statuses.merge(verification.status(), 1, Integer::sum);

            assertThat(verification.votes()).as(name + " at " + tip).doesNotContain(Agreement.DISAGREES);
        }

        assertThat(statuses).containsOnlyKeys(RaceStatus.CONFIRMED, RaceStatus.UNVERIFIED);
        assertThat(statuses.getOrDefault(RaceStatus.CONFIRMED, 0)).isGreaterThan(RACES / 2);
    }

    @Test
    void contradictsALiarAmongThem() {
        var random = new Random(4);
        var contradicted = 0;
        for (var race = 0; race < 2_000; race++) {
            var tip = 1_000L + race;
            var slot = tip - random.nextInt(4);
            var verification = Verification.of(
                    method("getBalance"),
                    at(slot, "getBalance", Long.toString(lamports(slot) + 1_000_000)),
                    List.of(
                            honest("getBalance", tip - random.nextInt(4)),
                            honest("getBalance", tip - random.nextInt(4))));
            contradicted += verification.status() == RaceStatus.CONTRADICTED ? 1 : 0;

            assertThat(verification.status()).isNotEqualTo(RaceStatus.CONFIRMED);
        }

        assertThat(contradicted).isGreaterThan(200);
    }

    private static NodeAnswer honest(String name, long slot) {
        return switch (name) {
            case "getSlot" -> result(name, Long.toString(slot));
            case "getBlockHeight" -> result(name, Long.toString(slot - slot / 20));
            case "getBalance" -> at(slot, name, Long.toString(lamports(slot)));
            case "getAccountInfo" -> at(slot, name, account(slot));
            case "getMultipleAccounts" -> at(slot, name, "[" + account(slot) + ",null," + account(7) + "]");
            case "getLatestBlockhash" ->
                at(slot, name, "{\"blockhash\":\"hash" + slot + "\",\"lastValidBlockHeight\":" + (slot + 150) + "}");
            case "getSignatureStatuses" -> at(slot, name, "[" + status(slot) + "]");
            case "getSignaturesForAddress" -> result(name, signatures(slot));
            case "getBlocks" ->
                result(
                        name,
                        LongStream.rangeClosed(slot - 9, slot).boxed().toList().toString());
            default -> result(name, fees(slot));
        };
    }

    // rises at every seventh slot; some answers say null of it before
    private static long lamports(long slot) {
        return 5_000_000 + slot / 7;
    }

    private static String account(long slot) {
        return "{\"data\":[\"\",\"base64\"],\"lamports\":" + lamports(slot) + ",\"rentEpoch\":18446744073709551615}";
    }

    // a transaction of the slot 2 below a multiple of ten: unseen, then confirmed, then finalized
    private static String status(long slot) {
        var landed = slot / 10 * 10 + 2;
        if (slot < landed) {
            return "null";
        }
        var age = slot - landed;
        return "{\"slot\":" + landed + ",\"confirmations\":" + age + ",\"err\":null,\"status\":{\"Ok\":null},"
                + "\"confirmationStatus\":\"" + (age > 4 ? "finalized" : "confirmed") + "\"}";
    }

    private static String signatures(long slot) {
        return IntStream.range(0, 6)
                .mapToLong(back -> slot / 3 * 3 - 3L * back)
                .mapToObj(landed -> "{\"signature\":\"s" + landed + "\",\"slot\":" + landed
                        + ",\"err\":null,\"confirmationStatus\":\"" + (slot - landed > 5 ? "finalized" : "confirmed")
                        + "\"}")
                .toList()
                .toString();
    }

    private static String fees(long slot) {
        return LongStream.rangeClosed(slot - 8, slot)
                .mapToObj(each -> "{\"slot\":" + each + ",\"prioritizationFee\":" + each % 5 + "}")
                .toList()
                .toString();
    }

    @Test
    void keepsItsWordsWhereStateGoesBackAndForth() {
        // what was so before and after is held to have been so in between: a value that was another for one slot only
        // loses against two that enclose it (protocol, Verification)
        var state = Map.of(8L, 4L, 9L, 5L, 10L, 4L);
        var answers = state.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> at(entry.getKey(), "getBalance", entry.getValue().toString()))
                .toList();

        assertThat(Verification.of(method("getBalance"), answers.get(1), List.of(answers.get(0), answers.get(2)))
                        .status())
                .isEqualTo(RaceStatus.CONTRADICTED);
    }
}
