package io.streamsync.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import io.streamsync.protocol.record.RaceIds.Opened;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RaceIdsTests {

    private static final long MAX_MILLIS = (1L << 48) - 1;
    private static final RaceIds IDS = RaceIds.of(new byte[16]);

    @Test
    void opensWhatItSealed() {
        qt().forAll(
                        integers().between(0, 65_535),
                        integers().between(0, 65_535),
                        longs().between(0, RaceAddress.MAX_SEQUENCE),
                        longs().between(0, MAX_MILLIS))
                .check((router, incarnation, sequence, millis) -> {
                    var address = new RaceAddress(router, incarnation, sequence);
                    var id = IDS.seal(address, millis);
                    return id.matches("[0-9a-f]{32}")
                            && IDS.open(id).orElseThrow().equals(new Opened(address, millis));
                });
    }

    @Test
    void looksNothingLikeItsNeighbour() {
        var one = IDS.seal(new RaceAddress(1, 1, 1), 1_800_000_000_000L);
        var next = IDS.seal(new RaceAddress(1, 1, 2), 1_800_000_000_000L);

        assertThat(IntStream.range(0, 32)
                        .filter(i -> one.charAt(i) == next.charAt(i))
                        .count())
                .isLessThan(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "66e94bd4ef8a2c3b884cfa59ca342b2",
                "66e94bd4ef8a2c3b884cfa59ca342b2e0",
                "66E94BD4EF8A2C3B884CFA59CA342B2E",
                "66e94bd4ef8a2c3b884cfa59ca342b2g",
                "66e94bd4ef8a2c3b884cfa59ca342b2\u0660"
            })
    void opensNothingThatIsNoId(String text) {
        assertThat(IDS.open(text)).isEmpty();
    }

    @Test
    void servesManyThreads() throws Exception {
        var tasks = new ArrayList<Callable<Boolean>>();
        for (var thread = 0; thread < 8; thread++) {
            var router = thread;
            tasks.add(() -> IntStream.range(0, 2_000).allMatch(sequence -> {
                var address = new RaceAddress(router, 1, sequence);
                return IDS.open(IDS.seal(address, sequence))
                        .orElseThrow()
                        .address()
                        .equals(address);
            }));
        }
        try (var executor = Executors.newFixedThreadPool(8)) {
            for (var done : executor.invokeAll(tasks)) {
                assertThat(done.get()).isTrue();
            }
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> RaceIds.of(new byte[32]));
        assertThatIllegalArgumentException().isThrownBy(() -> IDS.seal(new RaceAddress(0, 0, 0), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> IDS.seal(new RaceAddress(0, 0, 0), MAX_MILLIS + 1));
        for (var bits : List.of(-1, 65_536)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new RaceAddress(bits, 0, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> new RaceAddress(0, bits, 0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> new RaceAddress(0, 0, 1L << 48));
    }
}
