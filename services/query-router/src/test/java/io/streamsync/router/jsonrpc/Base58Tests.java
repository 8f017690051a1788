package io.streamsync.router.jsonrpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Base58Tests {

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "00,1",
        "0000ff,115Q",
        "61,2g",
        "626262,a3gV",
        "73696d706c792061206c6f6e6720737472696e67,2cFupjhnEsSn59qHXstmK2ffpLv2"
    })
    void readsAndWrites(String hex, String text) {
        var bytes = HexFormat.of().parseHex(hex);

        assertThat(Base58.decode(text)).isEqualTo(bytes);
        assertThat(Base58.encode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @Test
    void refusesOtherLetters() {
        assertThatIllegalArgumentException().isThrownBy(() -> Base58.decode("0OIl"));
    }
}
