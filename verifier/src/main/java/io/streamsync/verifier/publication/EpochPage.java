package io.streamsync.verifier.publication;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What routers committed to for an epoch, and what they have revealed.
public record EpochPage(long epoch, List<RouterPage> routers) {

    public EpochPage {
        routers = List.copyOf(routers);
    }

    public Optional<RouterPage> of(StreamName stream) {
        return routers.stream().filter(page -> page.stream().equals(stream)).findFirst();
    }

    public EpochPage withoutSkips() {
        return new EpochPage(
                epoch, routers.stream().map(RouterPage::withoutSkips).toList());
    }

    /// @param commitment SHA-256 of the secret, lower-case hex
    /// @param secret lower-case hex; null until it is revealed
    /// @param taken the snapshots that the router worked from, in this order
    /// @param skips as counted by the market
    public record RouterPage(
            StreamName stream, String commitment, @Nullable String secret, List<Taken> taken, List<Skips> skips) {

        public RouterPage {
            taken = List.copyOf(taken);
            skips = List.copyOf(skips);
        }

        RouterPage withoutSkips() {
            return new RouterPage(stream, commitment, secret, taken, List.of());
        }

        /// Their hashes.
        public List<String> snapshots() {
            return taken.stream().map(Taken::snapshot).distinct().toList();
        }
    }

    /// @param snapshot its hash
    /// @param at from when on; null when the page does not say
    public record Taken(String snapshot, @Nullable Instant at) {}

    /// @param drawn with those that were skipped
    public record Skips(String operatorId, long drawn, long skipped) {}
}
