package io.streamsync.billing.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamsync.protocol.record.Frame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class CompressedTests {

    private static final Frame FRAME = new Frame(7, 3, 1_000, Collections.nCopies(200, new byte[700]));

    @Test
    void keepsFramesSmall() {
        var kept = Compressed.of(List.of(FRAME.encode()))[0];

        assertThat(Compressed.frame(kept)).isEqualTo(FRAME);
        assertThat(kept.length).isLessThan(FRAME.encode().length / 10);
    }

    @Test
    void readsWhatWasKeptByZlib() throws IOException {
        var kept = new ByteArrayOutputStream();
        try (var zlib = new DeflaterOutputStream(kept)) {
            zlib.write(FRAME.encode());
        }

        assertThat(Compressed.frame(kept.toByteArray())).isEqualTo(FRAME);
    }

    @Test
    void refusesWhatIsDamaged() {
        var kept = Compressed.of(List.of(FRAME.encode()))[0];
        var broken = kept.clone();
        broken[0] ^= 1;

        assertThatThrownBy(() -> Compressed.frame(Arrays.copyOf(kept, kept.length / 2)))
                .isInstanceOf(RuntimeException.class);
        assertThatThrownBy(() -> Compressed.frame(broken))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("damaged");
    }
}
