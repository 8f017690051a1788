package io.streamsync.billing.credit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeaseSizeTests {

    @ParameterizedTest(name = "{6}")
    @CsvSource(textBlock = """
            0,     10, 1000000, 1, 5000, 500,  fifty of the dearest ask
            900,   10, 1000000, 1, 5000, 900,  recent spending when that is more
            90000, 10, 1000000, 1, 5000, 5000, never above the cap
            0,     10, 1000000, 4, 5000, 500,  several routers when there is plenty
            0,     10, 2000,    2, 5000, 500,  a quarter each of two routers
            0,     10, 1200,    2, 5000, 300,  a quarter of less
            0,     10, 30,      2, 5000, 10,   a query at least when little is left
            0,     10, 7,       2, 5000, 7,    the last crumb
            0,     10, 30,      1, 5000, 30,   a router alone takes all that is left
            0,     0,  30,      1, 5000, 30,   as much as possible when no ask is known
            0,     10, 0,       1, 5000, 0,    nothing of nothing""")
    void followsTheRule(
            long spentRecently, long dearestAsk, long available, int liveRouters, long cap, long size, String why) {
        assertThat(LeaseSize.of(spentRecently, dearestAsk, available, liveRouters, cap))
                .as(why)
                .isEqualTo(size);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "60000"})
    void survivesAsksBeyondAllMeasure(int liveRouters) {
        assertThat(LeaseSize.of(0, 999_999_999_999_999_999L, 1_000, liveRouters, 5_000))
                .isEqualTo(1_000);
    }
}
