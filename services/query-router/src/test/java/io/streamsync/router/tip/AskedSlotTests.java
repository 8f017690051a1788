package io.streamsync.router.tip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.jsonrpc.Call;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedSlotTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"a\",{\"minContextSlot\":7}] | 7",
                "[{\"commitment\":\"processed\",\"minContextSlot\":7}] | 7",
                "{\"minContextSlot\":7} | 7",
                "[\"a\"] | -1",
                "[\"minContextSlot\",7] | -1",
                "[\"a\",{\"x\":{\"minContextSlot\":7}}] | -1",
                "[\"a\",{\"minContextSlot\":-7}] | -1",
                "[\"a\",{\"minContextSlot\":\"7\"}] | -1",
                "[\"a\",{\"minContextSlot\":7.5}] | -1",
                "[\"a\",{\"minContextSlot\":null}] | -1",
                "[\"a\",{\"minContextSlot\":{\"minContextSlot\":7}}] | -1",
                "[\"a\",{\"minContextSlot\":99999999999999999999999}] | -1"
            })
    void readsWhatTheCallWants(String params, long slot) {
        var body = params.getBytes(UTF_8);

        assertThat(AskedSlot.of(new Call("1".getBytes(UTF_8), "getBalance", body, 0, body.length)))
                .isEqualTo(slot);
    }
}
