package io.streamsync.router.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.local.LocalChannel;
import io.streamsync.protocol.draw.Preference;
import io.streamsync.protocol.draw.Terms;
import io.streamsync.protocol.draw.WrittenTerms;
import io.streamsync.protocol.market.OperatorId;
import io.streamsync.router.access.Credential;
import io.streamsync.router.node.Loop;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WishesTests {

    private static final Credential PLAIN = new Credential(
            "key",
            "account",
            Credential.Scope.QUERY,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.empty(),
            OptionalInt.empty());

    private final Wishes wishes = new Wishes(3);

    @Test
    void givesTheStandardTermsWithoutBuildingThemAnew() {
        var terms = wishes.read(new Request(Map.of(), Map.of()), PLAIN);

        assertThat(terms.draw()).isEqualTo(Terms.standard(3));
        assertThat(terms.minSlot()).isEqualTo(CustomerTerms.NO_SLOT);
        assertThat(wishes.read(new Request(Map.of(), Map.of()), PLAIN)).isSameAs(terms);
    }

    @Test
    void readsEveryHeader() {
        var headers = Map.of(
                "X-StreamSync-Max-Latency", "2s",
                "X-StreamSync-Max-Price", "0.000004",
                "X-StreamSync-Prefer", "cheapest",
                "X-StreamSync-Racers", "2+1",
                "X-StreamSync-Verify", "quorum",
                "X-StreamSync-Operators", "op_a, op-b",
                "X-StreamSync-Exclude-Operators", "c",
                "X-StreamSync-Min-Slot", "77");

        var terms = wishes.read(new Request(headers, Map.of()), PLAIN);

        assertThat(terms)
                .isEqualTo(new CustomerTerms(
                        new Terms(
                                Preference.CHEAPEST,
                                OptionalLong.of(4_000),
                                OptionalInt.of(2_000),
                                2,
                                1,
                                true,
                                List.of(new OperatorId("op_a"), new OperatorId("op-b")),
                                List.of(new OperatorId("c"))),
                        77));
    }

    @Test
    void readsParametersOfTheSameNamesAndPrefersTheHeader() {
        var request = new Request(
                Map.of("X-StreamSync-Racers", "1"), Map.of("racers", "5", "max-latency", "50ms", "prefer", "fastest"));

        var terms = wishes.read(request, PLAIN).draw();

        assertThat(terms.racers()).isEqualTo(1);
        assertThat(terms.maxLatencyMs()).hasValue(50);
        assertThat(terms.prefer()).isEqualTo(Preference.FASTEST);
    }

    @Test
    void takesAPlusThatTheUrlMadeASpace() {
        var terms = wishes.read(new Request(Map.of(), Map.of("racers", "1 2")), PLAIN);

        assertThat(terms.draw().stagedRacers()).isEqualTo(2);
    }

    @Test
    void neverRaisesTheKeysOwnCeiling() {
        var key = key(own(OptionalLong.of(500), List.of(), List.of()));

        assertThat(wishes.read(new Request(Map.of("X-StreamSync-Max-Price", "1"), Map.of()), key)
                        .draw()
                        .maxPriceNano())
                .hasValue(500);
        assertThat(wishes.read(new Request(Map.of("X-StreamSync-Max-Price", "0.0000001"), Map.of()), key)
                        .draw()
                        .maxPriceNano())
                .hasValue(100);
        assertThat(wishes.read(new Request(Map.of(), Map.of()), key).draw().maxPriceNano())
                .hasValue(500);
    }

    @Test
    void takesTheKeysTermsAsTheyAreWhenTheRequestWishesForNothing() {
        var own = own(OptionalLong.of(500), ids("a"), ids("b"));

        assertThat(wishes.read(new Request(Map.of(), Map.of()), key(own)).draw())
                .isSameAs(own);
    }

    @Test
    void letsTheRequestsWishWinOverTheKeys() {
        var headers = Map.of(
                "X-StreamSync-Max-Latency", "2s",
                "X-StreamSync-Prefer", "fastest",
                "X-StreamSync-Racers", "2",
                "X-StreamSync-Verify", "first");
        var key = key(own(OptionalLong.empty(), List.of(), List.of()));

        assertThat(wishes.read(new Request(headers, Map.of()), key).draw())
                .isEqualTo(new Terms(
                        Preference.FASTEST,
                        OptionalLong.empty(),
                        OptionalInt.of(2_000),
                        2,
                        0,
                        false,
                        List.of(),
                        List.of()));
        assertThat(wishes.read(new Request(Map.of("X-StreamSync-Racers", "3"), Map.of()), key)
                        .draw())
                .isEqualTo(new Terms(
                        Preference.CHEAPEST,
                        OptionalLong.empty(),
                        OptionalInt.of(80),
                        3,
                        0,
                        true,
                        List.of(),
                        List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a,b | -   | b,c | -   | b
            a,b | -   | c   | -   |
            a,b | a   | a   | -   |
            -   | a   | a,b | -   | b
            a,b | -   | -   | b   | a
            -   | a   | -   | b   | c,d
            a,b | -   | -   | a,b |
            -   | -   | b   | -   | b
            """)
    void onlyNarrowsTheKeysOperators(String own, String not, String only, String exclude, String left) {
        var headers = new HashMap<String, String>();
        if (!"-".equals(only)) {
            headers.put("X-StreamSync-Operators", only);
        }
        if (!"-".equals(exclude)) {
            headers.put("X-StreamSync-Exclude-Operators", exclude);
        }

        var terms = wishes.read(new Request(headers, Map.of()), key(own(OptionalLong.empty(), ids(own), ids(not))))
                .draw();

        assertThat(ids("a,b,c,d").stream().filter(terms::allows)).isEqualTo(left == null ? List.of() : ids(left));
    }

    @ParameterizedTest
    @CsvSource({
        "Max-Latency,0",
        "Max-Latency,-5ms",
        "Max-Latency,5m",
        "Max-Latency,61s",
        "Max-Latency,99999999999999999999",
        "Max-Latency,''",
        "Max-Price,0",
        "Max-Price,-1",
        "Max-Price,1e3",
        "Max-Price,0.0000000001",
        "Max-Price,99999999999",
        "Max-Price,free",
        "Prefer,quickest",
        "Racers,0",
        "Racers,6",
        "Racers,3+3",
        "Racers,1+0",
        "Racers,1+1+1",
        "Verify,all",
        "Operators,a b",
        "Operators,''",
        "Exclude-Operators,'a,,b'",
        "Min-Slot,-1",
        "Min-Slot,0x10",
        "Min-Slot,9999999999999999999"
    })
    void namesWhatItCannotUnderstand(String name, String value) {
        var header = new Request(Map.of("X-StreamSync-" + name, value), Map.of());
        var parameter = new Request(Map.of(), Map.of(name.toLowerCase(Locale.ROOT), value));

        assertThatExceptionOfType(InvalidWishException.class)
                .isThrownBy(() -> wishes.read(header, PLAIN))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo("X-StreamSync-" + name));
        assertThatExceptionOfType(InvalidWishException.class)
                .isThrownBy(() -> wishes.read(parameter, PLAIN))
                .satisfies(e -> assertThat(e.parameter()).isEqualTo(name.toLowerCase(Locale.ROOT)));
    }

    /// What a key may wish for itself.
    private static Terms own(OptionalLong maxPrice, List<OperatorId> only, List<OperatorId> exclude) {
        return new Terms(Preference.CHEAPEST, maxPrice, OptionalInt.of(80), 1, 4, true, only, exclude);
    }

    private static List<OperatorId> ids(String ids) {
        return "-".equals(ids) ? List.of() : WrittenTerms.operators(ids);
    }

    private static Credential key(Terms terms) {
        return new Credential(
                PLAIN.keyId(),
                PLAIN.accountId(),
                PLAIN.scope(),
                terms.maxPriceNano(),
                PLAIN.dailyCapNano(),
                PLAIN.rateCap(),
                PLAIN.accountRateCap(),
                terms,
                PLAIN.maxSubscriptions(),
                PLAIN.maxConnections());
    }

    private record Request(Map<String, String> headers, Map<String, String> parameters) implements RpcRequest {

        @Override
        public @Nullable String header(String name) {
            return headers.get(name);
        }

        @Override
        public @Nullable String parameter(String name) {
            return parameters.get(name);
        }

        @Override
        public byte[] body() {
            return new byte[0];
        }

        @Override
        public Loop loop() {
            return new Loop(new DefaultEventLoop(), LocalChannel.class);
        }

        @Override
        public long completeAt() {
            return 0;
        }

        @Override
        public long occurredAt() {
            return 0;
        }
    }
}
