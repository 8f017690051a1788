package io.streamsync.billing.paging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTests {

    @Test
    void quotesWhatWouldEndAFieldOrALine() {
        assertThat(line("plain", "a,b", "say \"a\"", "two\r\nlines", ""))
                .isEqualTo("plain,\"a,b\",\"say \"\"a\"\"\",\"two\r\nlines\",\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "@a", "-a", "-1+1", "--1", "=cmd|' /C calc'!A0", "-", "\tx"})
    void holdsNoFormulas(String text) {
        assertThat(line(text)).startsWith("'").contains(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-0.000005", "0", "-1", "12.5"})
    void leavesNumbersAsTheyAre(String number) {
        assertThat(line(number)).isEqualTo(number + "\r\n");
    }

    private static String line(String... fields) {
        var file = new CsvFile();
        file.line(fields);
        return file.toString().substring(2);
    }
}
