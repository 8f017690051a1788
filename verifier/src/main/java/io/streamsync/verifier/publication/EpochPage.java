package io.streamsync.verifier.publication;

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

    /// @param commitment SHA-256 of the secret, lower-case hex
    /// @param secret lower-case hex; null until it is revealed
    /// @param snapshots hashes of those that the router worked from
    /// @param skips as counted by the market
    public record RouterPage(
            StreamName stream, String commitment, @Nullable String secret, List<String> snapshots, List<Skips> skips) {

        public RouterPage {
            snapshots = List.copyOf(snapshots);
            skips = List.copyOf(skips);
        }
    }

    /// @param drawn with those that were skipped
    public record Skips(String operatorId, long drawn, long skipped) {}
}
