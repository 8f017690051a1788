package io.streamsync.protocol.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.longs;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTests {

    @ParameterizedTest
    @CsvSource({"0.000004, 4000", "5, 5000000000", "5.00, 5000000000", "0, 0", "-1.5, -1500000000"})
    void readsPlainDecimals(String decimal, long nanoUnits) {
        assertThat(Amount.parse(Asset.USDC, decimal)).isEqualTo(Amount.usdc(nanoUnits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1e3", "+1", ".5", "1.", "0.0000000001", "0x1", "NaN", "1,5", "99999999999", "٣"})
    void refusesWhatIsNoPlainDecimal(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Amount.parse(Asset.USDC, text));
    }

    @Test
    void refusesMoreThanCanBeBooked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.parse(Asset.USDC, "9999999999"))
                .withMessageContaining("larger than can be booked");
    }

    @Test
    void writesWhatItReads() {
        qt().forAll(longs().between(-9_223_372_036_854_775_807L, Long.MAX_VALUE))
                .check(nano -> {
                    var amount = Amount.strm(nano);
                    return Amount.parse(Asset.STRM, amount.decimal()).equals(amount);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,0.000000001",
        "-1,-0.000000001",
        "4000,0.000004",
        "1000000000,1",
        "-1500000000,-1.5",
        "1000000010,1.00000001",
        "9223372036854775807,9223372036.854775807",
        "-9223372036854775808,-9223372036.854775808"
    })
    void writesPlainDecimalsWithoutTrailingZeros(long nanoUnits, String decimal) {
        assertThat(Amount.decimal(nanoUnits)).isEqualTo(decimal);
    }

    @Test
    void neverMixesAssets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Amount.usdc(1).plus(Amount.strm(1)))
                .withMessage("USDC and STRM are never mixed");
    }
}
