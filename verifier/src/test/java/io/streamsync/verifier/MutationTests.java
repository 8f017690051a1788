package io.streamsync.verifier;

import static io.streamsync.verifier.EpochVerifierTests.LATER;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.protocol.settlement.Leaf;
import io.streamsync.protocol.settlement.SettlementHeader;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.Settlement;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Whatever byte of what is published is another, the verifier says so.
class MutationTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MUTATIONS = Integer.getInteger("streamsync.test.mutations", 300);

    private final Installation market = new Installation(5, 12_000);

    @Test
    void noByteCanBeChangedUnseen() {
        var random = new Random(42);
        for (var mutation = 0; mutation < MUTATIONS; mutation++) {
            var published = market.publish();
            var what = mutate(published, random);

            var fits = new EpochVerifier(published, LATER)
                    .verify(Installation.WINDOW, List.of())
                    .fits();

            assertThat(fits).as("mutation %d: %s", mutation, what).isFalse();
        }
    }

    private String mutate(Published published, Random random) {
        return switch (random.nextInt(9)) {
            case 0, 1, 2 -> leaf(published, Installation.WINDOW, random);
            case 3 -> leaf(published, Installation.BEFORE, random);
            case 4 -> header(published, random);
            case 5 -> signature(published, random);
            case 6 -> snapshot(published, random);
            case 7 -> router(published, random);
            default -> parameters(published, random);
        };
    }

    /// In the bytes of a leaf, or in its place.
    private static String leaf(Published published, long epoch, Random random) {
        var window = Objects.requireNonNull(published.leaves.get(epoch));
        var index = random.nextInt(window.size());
        var leaf = window.get(index);
        var place = random.nextInt(10);
        if (place == 0) {
            window.set(
                    index,
                    new Leaf(
                            leaf.router() ^ 1 << random.nextInt(16),
                            leaf.incarnation(),
                            leaf.position(),
                            leaf.bytes()));
        } else if (place == 1) {
            window.set(
                    index,
                    new Leaf(
                            leaf.router(),
                            leaf.incarnation(),
                            leaf.position() ^ 1L << random.nextInt(48),
                            leaf.bytes()));
        } else {
            window.set(
                    index, new Leaf(leaf.router(), leaf.incarnation(), leaf.position(), mutated(leaf.bytes(), random)));
        }
        return "leaf " + index + " of window " + epoch;
    }

    /// A header that cannot be read is refused before there is anything to verify.
    private static String header(Published published, Random random) {
        var settlement = Objects.requireNonNull(published.settlements.get(Installation.WINDOW));
        while (true) {
            try {
                var header = SettlementHeader.parse(mutated(settlement.header().canonical(), random));
                published.settlements.put(
                        Installation.WINDOW,
                        new Settlement(
                                header,
                                settlement.signature(),
                                settlement.publicKey(),
                                Map.of(),
                                settlement.corrections()));
                return "header";
            } catch (IllegalArgumentException unreadable) {
                // another one, then
            }
        }
    }

    private static String signature(Published published, Random random) {
        var settlement = Objects.requireNonNull(published.settlements.get(Installation.WINDOW));
        var inKey = random.nextBoolean();
        published.settlements.put(
                Installation.WINDOW,
                new Settlement(
                        settlement.header(),
                        inKey ? settlement.signature() : mutated(settlement.signature(), random),
                        inKey ? mutated(settlement.publicKey(), random) : settlement.publicKey(),
                        Map.of(),
                        settlement.corrections()));
        return inKey ? "public key" : "signature";
    }

    private String snapshot(Published published, Random random) {
        var hash = market.snapshots.get(random.nextInt(2)).hash();
        published.snapshots.computeIfPresent(hash, (_, bytes) -> mutated(bytes, random));
        return "snapshot";
    }

    private static String router(Published published, Random random) {
        var page = Objects.requireNonNull(published.epochs.get(Installation.WINDOW));
        var routers = new ArrayList<>(page.routers());
        var index = random.nextInt(routers.size());
        var router = routers.get(index);
        var inSecret = random.nextBoolean();
        routers.set(
                index,
                new RouterPage(
                        router.stream(),
                        inSecret ? router.commitment() : mutated(router.commitment(), random),
                        inSecret ? mutated(Objects.requireNonNull(router.secret()), random) : router.secret(),
                        router.taken(),
                        router.skips()));
        published.epochs.put(page.epoch(), new EpochPage(page.epoch(), routers));
        return (inSecret ? "secret of " : "commitment of ") + router.stream();
    }

    private String parameters(Published published, Random random) {
        var text = JSON.writeValueAsString(market.parameters.published());
        while (true) {
            try {
                Map<String, Object> changed = JSON.readValue(mutated(text, random), new TypeReference<>() {});
                if (!market.parameters.published().equals(changed)) {
                    published.parameters.put(market.parameters.version(), changed);
                    return "parameters " + changed;
                }
            } catch (JacksonException unreadable) {
                // another one, then
            }
        }
    }

    private static String mutated(String text, Random random) {
        return new String(mutated(text.getBytes(StandardCharsets.US_ASCII), random), StandardCharsets.ISO_8859_1);
    }

    private static byte[] mutated(byte[] bytes, Random random) {
        var mutated = bytes.clone();
        mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
        return mutated;
    }
}
