package io.streamsync.verifier.check;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.market.MarketSnapshot;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.Publication;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The published snapshots by name: the hash of their bytes.
final class SnapshotBook {

    /// Routers change theirs at most once a second, and few late races name an older one.
    private static final int KEPT = 8;

    private final Publication publication;
    private final Findings findings;
    private final LatestUsed<String, Optional<MarketSnapshot>> known = new LatestUsed<>(KEPT);
    private final Set<String> told = new HashSet<>();
    private final Set<String> sound = new HashSet<>();

    SnapshotBook(Publication publication, Findings findings) {
        this.publication = publication;
        this.findings = findings;
    }

    Optional<MarketSnapshot> find(String hash, Where where) {
        return known.get(hash, _ -> read(hash, where));
    }

    /// How many were read and are what their name says.
    int sound() {
        return sound.size();
    }

    private Optional<MarketSnapshot> read(String hash, Where where) {
        var bytes = publication.snapshot(hash);
        if (bytes.isEmpty()) {
            tell(hash, FindingCode.SNAPSHOT_MISSING, where, "none");
            return Optional.empty();
        }
        var actual = Sha256.hex(bytes.get());
        if (!actual.equals(hash)) {
            tell(hash, FindingCode.SNAPSHOT_CHANGED, where, "bytes of the hash " + actual);
            return Optional.empty();
        }
        try {
            var snapshot = MarketSnapshot.parse(bytes.get());
            sound.add(hash);
            return Optional.of(snapshot);
        } catch (IllegalArgumentException notCanonical) {
            tell(hash, FindingCode.SNAPSHOT_CHANGED, where, notCanonical.getMessage());
            return Optional.empty();
        }
    }

    /// Once for each snapshot, however many races name it.
    private void tell(String hash, FindingCode code, Where where, @Nullable String found) {
        if (told.add(hash)) {
            findings.add(code, where, "snapshot " + hash, found);
        }
    }
}
