package io.streamsync.protocol.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.record.Frame;
import io.streamsync.protocol.record.StreamRecords;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The golden files say what the code does. A difference is a change of the protocol: a new version, or a mistake.
class GoldenVectorsTests {

    static Stream<GoldenFile> files() {
        return Stream.of(
                new Fees(),
                new ParameterVersions(),
                new RaceIdentities(),
                new Numbers(),
                new Qualities(),
                new Snapshots(),
                new Draws(),
                new SubmitOrders(),
                new RecordBytes(),
                new Frames(),
                new Trees(),
                new SettlementHeaders());
    }

    @BeforeAll
    static void writeIfAsked() {
        if (GoldenFiles.WRITE) {
            Snapshots.ALL.forEach((name, snapshot) -> GoldenFiles.write(name, snapshot.canonical()));
            GoldenFiles.write(Frames.FILE, Frames.FRAME.encode());
            files().forEach(file ->
                    GoldenFiles.write(file.name(), GoldenJson.write(file).getBytes(StandardCharsets.UTF_8)));
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void followFromTheirInputsAlone(GoldenFile file) {
        var cases = GoldenJson.JSON.readTree(GoldenFiles.read(file.name()));

        assertThat(cases)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(GoldenJson.tree(file.expected(each.required("input"))))
                        .isEqualTo(each.required("expected")));
    }

    @ParameterizedTest
    @MethodSource("files")
    void areWrittenAgainByteForByte(GoldenFile file) {
        assertThat(new String(GoldenFiles.read(file.name()), StandardCharsets.UTF_8))
                .isEqualTo(GoldenJson.write(file));
    }

    @Test
    void holdRecordsThatReadBack() {
        var cases = GoldenJson.JSON.readTree(GoldenFiles.read("records.json"));

        assertThat(cases).allSatisfy(each -> {
            var bytes = HexFormat.of().parseHex(each.at("/expected/bytes").stringValue());
            assertThat(GoldenJson.tree(StreamRecords.decode(bytes))).isEqualTo(each.at("/input/record"));
        });
    }

    @Test
    void holdAFrameThatReadsBack() {
        assertThat(Frame.decode(GoldenFiles.read(Frames.FILE))).isEqualTo(Frames.FRAME);
    }

    @Test
    void drawEveryKindOfPlace() {
        assertThat(GoldenJson.JSON.readTree(GoldenFiles.read("draws.json")).findValuesAsString("place"))
                .contains("racing", "checking", "exploring", "shadow");
    }
}
