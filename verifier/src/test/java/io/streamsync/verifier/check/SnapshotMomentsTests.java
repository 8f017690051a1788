package io.streamsync.verifier.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.market.QueryClass;
import io.streamsync.protocol.record.PublicRecord;
import io.streamsync.protocol.record.StreamRecord.Asked;
import io.streamsync.protocol.record.StreamRecord.Outcome;
import io.streamsync.protocol.record.StreamRecord.Race;
import io.streamsync.protocol.record.StreamRecord.RefundReason;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.EpochPage.Taken;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Snapshots a, b and c were taken 0, 60 and 145 s after an epoch of five minutes began.
class SnapshotMomentsTests {

    private static final StreamName ROUTER = new StreamName(1, 1);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long EPOCH = 6_000_000;
    private static final long BEGIN = EPOCH * 300_000;

    private final Findings findings = new Findings();
    private final SnapshotMoments moments = new SnapshotMoments(
            number -> number != EPOCH
                    ? Optional.empty()
                    : Optional.of(new EpochPage(
                            EPOCH,
                            List.of(new RouterPage(
                                    ROUTER,
                                    "",
                                    null,
                                    List.of(taken("a", 0), taken("b", 60), taken("c", 145)),
                                    List.of())))),
            findings);
    private long position;

    @Test
    void aSnapshotServesAMinuteBeyondItsTime() {
        race("a", 119);
        race("b", 60 - 70);

        assertThat(findings.isEmpty()).isTrue();
    }

    @Test
    void aSnapshotServesNoLonger() {
        race("a", 120);

        assertThat(findings.counts()).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
        assertThat(findings.kept().getFirst().sentence())
                .contains("snapshot a, in force from " + Instant.ofEpochMilli(BEGIN) + " until "
                        + Instant.ofEpochMilli(BEGIN + 60_000));
    }

    @Test
    void aSnapshotServesNoEarlier() {
        race("b", 60 - 71);

        assertThat(findings.counts()).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
    }

    /// The time of a race is the router's word; that it stands behind others is not.
    @Test
    void aStreamDoesNotGoBackFarWhateverTimeItTells() {
        race("c", 150);
        race("b", 140);
        assertThat(findings.isEmpty()).isTrue();

        race("a", 115);

        assertThat(findings.counts()).containsOnlyKeys(FindingCode.SNAPSHOT_NOT_IN_FORCE);
        assertThat(findings.kept().getFirst().sentence()).contains("as the records before say");
    }

    /// A race that takes its time stands behind those that do not.
    @Test
    void racesMayStandInAnotherOrderThanTheyWereDrawn() {
        race("b", 62);
        race("a", 58);
        race("b", 63);

        assertThat(findings.isEmpty()).isTrue();
    }

    private static Taken taken(String snapshot, int seconds) {
        return new Taken(snapshot, Instant.ofEpochMilli(BEGIN).plusSeconds(seconds));
    }

    private void race(String snapshot, int seconds) {
        var race = new Race(
                position,
                BEGIN + 1_000L * seconds,
                EPOCH,
                snapshot,
                "1",
                "getBalance",
                QueryClass.LOOKUP,
                "00".repeat(32),
                Terms.standard(3),
                -1);
        moments.check(
                new AnsweredLeaf(
                        EPOCH,
                        ROUTER,
                        position++,
                        new PublicRecord.Answered(
                                race,
                                new Asked(List.of(), List.of(), false, false, Set.of()),
                                new Outcome(-1, 0, -1, 0, 0, RefundReason.NO_ANSWER, null, false),
                                "00".repeat(32))),
                DEADLINE);
    }
}
