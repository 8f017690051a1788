package io.streamsync.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.market.ListedOperator;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.protocol.settlement.SharedOut;
import io.streamsync.protocol.settlement.StakeShare;
import io.streamsync.protocol.settlement.StakeShares;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.publication.EpochPage.Taken;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/// The stakers' share goes to somebody else than it should.
class StakesForgeryTests {

    private static final OperatorId RIVAL = Asks.operator(2);

    private final Installation market = new Installation(11, 6_000);
    private final Published published = market.publish();

    @Test
    void catchesMoreForStakesThanWasSaidToBeLeft() {
        var shares = shares();
        resign(header -> Copy.sharedOut(header, shares.sum(), new SharedOut(carried(header) + 1, shares.root())));

        assertThat(Forger.found(published)).containsKey(FindingCode.STAKERS_SHARE);
    }

    @Test
    void catchesMoneyThatIsKeptFromStakes() {
        var half = StakeShares.of(shares().sum() / 2, Asks.stakes());
        share(half, shares().sum() + carried(header()) - half.sum());

        assertThat(Forger.found(published)).containsOnlyKeys(FindingCode.STAKES_WRONG);
    }

    @Test
    void catchesMoneyThatIsForgottenBetweenWindows() {
        assertThat(carried(header())).isPositive();
        resign(header -> Copy.sharedOut(header, header.stakersShare(), new SharedOut(0, shares().root())));

        assertThat(Forger.found(published)).containsKey(FindingCode.STAKERS_SHARE);
    }

    @Test
    void catchesPartsThatAreNotProRata() {
        var all = new ArrayList<>(shares().all());
        all.set(
                1,
                new StakeShare(
                        all.get(1).operatorId(), all.get(1).bonded(), all.get(1).share() + 1));
        all.set(
                2,
                new StakeShare(
                        all.get(2).operatorId(), all.get(2).bonded(), all.get(2).share() - 1));
        share(new StakeShares(all), carried(header()));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 2L));
    }

    @Test
    void catchesPartsThatComeToSomethingElse() {
        var shares = shares();
        resign(header ->
                Copy.sharedOut(header, header.stakersShare() - 1, new SharedOut(carried(header) + 1, shares.root())));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesAStakeThatSnapshotsShowOtherwise() {
        bonded(stakes -> stakes.put(RIVAL, Asks.stake(2) / 2));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesAnOperatorThatIsLeftOut() {
        bonded(stakes -> stakes.remove(RIVAL));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesStakesThatAreNotThoseSigned() {
        published.stakes.put(Installation.WINDOW, StakeShares.of(shares().sum(), Map.of(RIVAL, 1L)));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesStakesThatAreNotPublished() {
        published.stakes.remove(Installation.WINDOW);

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesStakesWhereNothingIsDue() {
        var shares = new StakeShares(List.of(new StakeShare(RIVAL, Asks.stake(2), 0)));
        published.stakes.put(Published.LAST, shares);
        published.resign(Published.LAST, header -> Copy.sharedOut(header, 0, new SharedOut(0, shares.root())));
        published.resign(
                Published.LAST - 1, header -> Copy.sharedOut(header, 0, new SharedOut(0, StakeShares.NONE.root())));
        published.stakes.put(Published.LAST - 1, StakeShares.NONE);

        assertThat(Forger.found(published, Published.LAST)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void catchesAHeaderThatSaysNoMoreWhoGotIt() {
        resign(header -> Copy.sharedOut(header, 0, null));

        assertThat(Forger.found(published)).containsOnly(Map.entry(FindingCode.STAKES_WRONG, 1L));
    }

    @Test
    void checksWindowsOfTheFirstFormatAsFarAsTheySay() {
        published.stakesFrom = Published.LAST + 1;
        published.seal(market.key, UnaryOperator.identity());
        assertThat(header().sharedOut()).isNull();
        assertThat(Forger.found(published)).isEmpty();

        published.stakesFrom = Installation.AFTER;
        published.seal(market.key, UnaryOperator.identity());
        assertThat(Forger.found(published, Installation.AFTER)).isEmpty();

        published.resign(Installation.AFTER, header -> {
            var sharedOut = Objects.requireNonNull(header.sharedOut());
            return Copy.sharedOut(header, header.stakersShare(), new SharedOut(1_000_000_000, sharedOut.stakesRoot()));
        });
        assertThat(Forger.found(published, Installation.AFTER)).containsKey(FindingCode.STAKERS_SHARE);
    }

    /// The ledger knows of the change, routers do not yet.
    @Test
    void accusesNobodyOfAStakeThatChangesAroundTheEnd() {
        var more = Asks.stake(2) + 1;
        nameAfterTheEnd(operators -> operators.replaceAll(operator ->
                operator.id().equals(RIVAL) ? new ListedOperator(RIVAL, RIVAL, more, 950_000, false) : operator));
        assertThat(Forger.found(published)).isEmpty();

        bonded(stakes -> stakes.put(RIVAL, more));
        assertThat(Forger.found(published)).isEmpty();
    }

    @Test
    void accusesNobodyOfAnOperatorThatComesAfterTheEnd() {
        var newcomer = new OperatorId("newcomer");
        nameAfterTheEnd(operators -> operators.add(new ListedOperator(newcomer, newcomer, 1, 950_000, false)));

        assertThat(Forger.found(published)).isEmpty();
    }

    @Test
    void waitsForSnapshotsThatMayStillShowAStake() {
        bonded(stakes -> stakes.put(RIVAL, 1L));
        var soon = InstantSource.fixed(Instant.ofEpochMilli(header().endsAt()).plusSeconds(30));

        var report = new EpochVerifier(published, soon).verify(Installation.WINDOW, List.of());

        assertThat(report.fits()).isTrue();
        assertThat(report.checked().waiting())
                .contains("the stake of operator " + RIVAL + ", which snapshots to come may show");
    }

    /// A bond that is taken back within the second between two snapshots looks like a stake that was made up: once.
    @Test
    void accusesNobodyOfAStakeThatChangedForASecond() {
        var honest = header();
        for (var stake : List.of(Asks.stake(2) / 2, Asks.stake(2) * 2)) {
            var changed = new HashMap<>(Asks.stakes());
            changed.put(RIVAL, stake);
            var shares = StakeShares.of(honest.stakersShare() + carried(honest), changed);
            share(shares, honest.stakersShare() + carried(honest) - shares.sum());

            var report = new EpochVerifier(published, EpochVerifierTests.LATER).verify(Installation.WINDOW, List.of());

            assertThat(report.findings()).isEmpty();
            assertThat(report.checked().waiting())
                    .singleElement()
                    .asString()
                    .contains("operator " + RIVAL, "taken back within a second");
        }
    }

    @Test
    void saysOfWhomNoSnapshotSpeaks() {
        bonded(stakes -> stakes.put(new OperatorId("without-a-node"), 1L));

        var report = new EpochVerifier(published, EpochVerifierTests.LATER).verify(Installation.WINDOW, List.of());

        assertThat(report.fits()).isTrue();
        assertThat(report.checked().notices())
                .containsExactly("1 of 11 stakes are of operators without a listed node: no snapshot shows them");
    }

    private SettlementHeader header() {
        return Objects.requireNonNull(published.settlements.get(Installation.WINDOW))
                .header();
    }

    private StakeShares shares() {
        return Objects.requireNonNull(published.stakes.get(Installation.WINDOW));
    }

    private static long carried(SettlementHeader header) {
        return Optional.ofNullable(header.sharedOut()).orElseThrow().carried();
    }

    private void resign(UnaryOperator<SettlementHeader> how) {
        published.resign(Installation.WINDOW, how);
    }

    private void share(StakeShares shares, long carried) {
        published.stakes.put(Installation.WINDOW, shares);
        resign(header -> Copy.sharedOut(header, shares.sum(), new SharedOut(carried, shares.root())));
    }

    /// Another snapshot, which one router works from when the next epoch begins.
    private void nameAfterTheEnd(Consumer<List<ListedOperator>> how) {
        var operators = new ArrayList<>(market.snapshots.getLast().operators());
        how.accept(operators);
        var changed = MarketSnapshot.of(
                market.parameters.version(),
                operators,
                market.snapshots.getLast().nodes());
        published.snapshots.put(changed.hash(), changed.canonical());
        Forger.page(published, Installation.AFTER, page -> {
            var taken = new ArrayList<>(page.taken());
            taken.addFirst(new Taken(changed.hash(), taken.getFirst().at()));
            return Copy.taken(page, taken);
        });
    }

    /// Seals anew with other stakes.
    private void bonded(Consumer<Map<OperatorId, Long>> how) {
        published.bonded = honest -> {
            var changed = new HashMap<>(honest);
            how.accept(changed);
            return changed;
        };
        published.seal(market.key, UnaryOperator.identity());
    }
}
