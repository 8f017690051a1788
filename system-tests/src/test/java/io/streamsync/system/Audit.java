package io.streamsync.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamsync.system.ClientLog.Entry;
import io.streamsync.system.Load.Lost;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a client wrote down, answer by answer, held against what the market says of its account: nothing is lost,
/// nothing is charged twice, and whatever else was charged is a query of which the client got no answer.
record Audit(Load load, String deposited) {

    /// A router that starts again sends what its journal has first; what a crash left unverified is so after that.
    private static final Duration SETTLED = Duration.ofMinutes(2);

    /// Much longer than checkers are waited for (2 s) and records travel.
    private static final Duration VERDICT = Duration.ofSeconds(10);

    /// Waits until everything is posted, then all of it has to agree to the last nano-unit.
    ///
    /// @return races of which the client knows nothing
    int agree() {
        await().atMost(SETTLED).pollInterval(Duration.ofSeconds(1)).untilAsserted(this::check);
        return unseen(races()).size();
    }

    /// As it stands now.
    void check() {
        var races = races();
        assertThat(races.values().stream().filter(Audit::awaitsItsVerdict)).isEmpty();
        seen().forEach((id, entry) -> {
            var race = races.get(id);
            assertThat(race).as("race " + id + ", which was answered").isNotNull();
            assertThat(charged(Objects.requireNonNull(race))).as("race " + id).isEqualByComparingTo(entry.price());
        });
        var unseen = unseen(races);
        assertThat(unmatched(unseen, load.lost()))
                .as("races that nobody asked for")
                .isEmpty();
        checkRefunds(races, unseen.stream().map(race -> text(race, "raceId")).collect(Collectors.toSet()));
        checkBooks(unseen);
    }

    /// Races whose answer two checkers proved wrong.
    List<String> foundOut() {
        return foundOut(races());
    }

    /// Answers that cost something at first.
    long charges() {
        return load.log().entries().stream()
                .filter(entry -> entry.price().signum() > 0)
                .count();
    }

    /// What all races cost at first, whether or not the client got their answers.
    BigDecimal charged() {
        return races().values().stream().map(Audit::charged).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// What came back after it was charged.
    BigDecimal givenBack() {
        return Books.sum(
                load.account().queries().items("/v1/account/refunds").stream()
                        .filter(refund -> "WRONG_ANSWER".equals(text(refund, "reason")))
                        .toList(),
                "amount");
    }

    private void checkBooks(List<JsonNode> unseen) {
        var log = new ClientLog();
        log.entries().addAll(load.log().entries());
        unseen.forEach(race -> log.entries()
                .add(new Entry("", "", 0, charged(race), text(race, "raceId"), "", "", "", Instant.now())));
        new Books(load.account(), new BigDecimal(deposited), log).check();
    }

    /// Each missed promise and each race without an answer is a refund, once; so is each lie that was charged
    /// and that two checkers deny, and nothing else. Neither lies in the same race, so they hold one value.
    /// At different slots a lie may go unjudged; nobody ever confirms it.
    private void checkRefunds(Map<String, JsonNode> races, Set<String> unseen) {
        var refunds = load.account().queries().items("/v1/account/refunds");
        assertThat(refunds).extracting(refund -> text(refund, "raceId")).doesNotHaveDuplicates();
        assertThat(ofReason(refunds, "SLA_MISSED", unseen))
                .containsExactlyInAnyOrderElementsOf(idsWhere(entry -> "missed".equals(entry.sla())));
        assertThat(ofReason(refunds, "NO_ANSWER", unseen))
                .containsExactlyInAnyOrderElementsOf(idsWhere(entry -> entry.status() == 504));
        var lies = load.lies();
        var foundOut = foundOut(races);
        assertThat(foundOut)
                .as("races found to be wrong")
                .containsExactlyInAnyOrderElementsOf(lies.stream()
                        .filter(race -> isDeniedByTwo(races.get(race)))
                        .toList());
        assertThat(lies).as("lies confirmed").noneMatch(race -> isOfStatus("CONFIRMED", races.get(race)));
        assertThat(ofReason(refunds, "WRONG_ANSWER", unseen))
                .containsExactlyInAnyOrderElementsOf(
                        idsWhere(entry -> entry.price().signum() > 0 && foundOut.contains(entry.race())));
    }

    private List<String> foundOut(Map<String, JsonNode> races) {
        return seen().keySet().stream()
                .filter(race -> isOfStatus("CONTRADICTED", races.get(race)))
                .toList();
    }

    private static boolean isDeniedByTwo(@Nullable JsonNode race) {
        return race != null
                && race.path("racers")
                                .valueStream()
                                .filter(racer -> "checking".equals(text(racer, "place")))
                                .filter(racer -> "disagrees".equals(text(racer, "verdict")))
                                .count()
                        >= 2;
    }

    private static boolean isOfStatus(String status, @Nullable JsonNode race) {
        return race != null && status.equals(text(race, "status"));
    }

    private List<String> idsWhere(Function<Entry, Boolean> condition) {
        return seen().values().stream()
                .filter(condition::apply)
                .map(Entry::race)
                .toList();
    }

    private static List<String> ofReason(List<JsonNode> refunds, String reason, Set<String> unseen) {
        return refunds.stream()
                .filter(refund -> reason.equals(text(refund, "reason")))
                .map(refund -> text(refund, "raceId"))
                .filter(race -> !unseen.contains(race))
                .toList();
    }

    private Map<String, Entry> seen() {
        return load.log().entries().stream()
                .filter(entry -> !entry.race().isEmpty())
                .collect(Collectors.toMap(Entry::race, Function.identity()));
    }

    private Map<String, JsonNode> races() {
        return load.account().queries().items("/v1/races").stream()
                .collect(Collectors.toMap(race -> text(race, "raceId"), Function.identity()));
    }

    private List<JsonNode> unseen(Map<String, JsonNode> races) {
        var seen = seen().keySet();
        return races.entrySet().stream()
                .filter(race -> !seen.contains(race.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Gives each race, in the order of time, the lost query that is given up first of those that it may have been.
    private static List<JsonNode> unmatched(List<JsonNode> races, List<Lost> lost) {
        var left = new ArrayList<>(lost);
        left.sort(Comparator.comparing(Lost::to));
        return races.stream()
                .sorted(Comparator.comparing(race -> text(race, "occurredAt")))
                .filter(race -> {
                    var at = Instant.parse(text(race, "occurredAt"));
                    var found = left.stream().filter(one -> one.mayHaveBeen(at)).findFirst();
                    found.ifPresent(left::remove);
                    return found.isEmpty();
                })
                .toList();
    }

    /// Verdicts that died with their router never come.
    private static boolean awaitsItsVerdict(JsonNode race) {
        return "PENDING".equals(text(race, "status"))
                && Instant.parse(text(race, "occurredAt")).plus(VERDICT).isAfter(Instant.now());
    }

    /// What a race cost at first: its price, unless it was free from the start.
    private static BigDecimal charged(JsonNode race) {
        var reason = race.at("/refund/reason").asString("");
        var free = reason.equals("SLA_MISSED") || reason.equals("NO_ANSWER");
        return free ? BigDecimal.ZERO : Books.decimal(race, "price");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
