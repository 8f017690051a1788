package io.streamsync.protocol.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KnownTests {

    private final Known<String> known = new Known<>();

    /// Short and long ones, and such as differ in one byte wherever it is; more than there are slots.
    @Test
    void neverTakesOneForAnother() {
        var random = new Random(5);
        var texts = new ArrayList<String>();
        for (var number = 0; number < 3_000; number++) {
            var text = "0123456789abcdef".repeat(4).substring(0, random.nextInt(65));
            var at = random.nextInt(text.length() + 1);
            texts.add(text.substring(0, at) + (char) ('a' + random.nextInt(26)) + text.substring(at));
        }
        for (var round = 0; round < 2; round++) {
            for (var text : texts) {
                var bytes = ("before" + text + "behind").getBytes(StandardCharsets.ISO_8859_1);
                var found = known.find(bytes, 6, text.length());
                if (found == null) {
                    known.add(bytes, 6, text.length(), text);
                } else {
                    assertThat(found).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void givesWhatItHasAsTheSameObject() {
        var bytes = "0199ab00-0000-7000-8000-000000000017".getBytes(StandardCharsets.ISO_8859_1);
        var added = known.add(bytes, 0, bytes.length, new String(bytes, StandardCharsets.ISO_8859_1));
        var again = bytes.clone();

        assertThat(known.find(again, 0, again.length)).isSameAs(added);
        bytes[20] = 'f';
        assertThat(known.find(again, 0, again.length))
                .as("its bytes are its own")
                .isSameAs(added);
    }

    @Test
    void decodesIdsThatComeAgainAsTheSameObjects() {
        var bytes = StreamRecords.encode(Records.ordinary());
        var once = (StreamRecord.Answered) StreamRecords.decode(bytes);
        var again = (StreamRecord.Answered) StreamRecords.decode(bytes);

        assertThat(again).isEqualTo(once);
        assertThat(again.asked().places().getFirst().operatorId())
                .isSameAs(once.asked().places().getFirst().operatorId());
    }
}
