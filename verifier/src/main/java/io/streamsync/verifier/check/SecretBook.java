package io.streamsync.verifier.check;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.EpochPage;
import io.streamsync.verifier.publication.EpochPage.RouterPage;
import io.streamsync.verifier.publication.StreamName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.LongFunction;

/// What routers committed to and revealed. A secret is one only if it is what was committed to.
final class SecretBook {

    /// Until then a router may take its time (protocol, Snapshot and epoch).
    private static final Duration REVEALED_WITHIN = Duration.ofMinutes(10);

    private static final int SECRET = 32;

    /// Races of a window are of few epochs, each looked at with its neighbours; so are stakes, with those of two
    /// minutes.
    private static final int KEPT = 24;

    private final LongFunction<Optional<EpochPage>> published;
    private final Findings findings;
    private final EpochTimes times;
    private final Instant now;
    private final LatestUsed<Long, Optional<EpochPage>> pages = new LatestUsed<>(KEPT);
    private final Map<StreamEpoch, Optional<byte[]>> secrets = new HashMap<>();
    private final SortedSet<String> waiting = new TreeSet<>();

    /// @param published the pages by epoch
    SecretBook(LongFunction<Optional<EpochPage>> published, Findings findings, EpochTimes times, Instant now) {
        this.published = published;
        this.findings = findings;
        this.times = times;
        this.now = now;
    }

    Optional<EpochPage> page(long epoch) {
        return pages.get(epoch, published::apply);
    }

    /// The secret that the stream's races of the epoch were drawn with, where it is known and fits.
    Optional<byte[]> secret(long epoch, StreamName stream, Where where) {
        return secrets.computeIfAbsent(new StreamEpoch(stream, epoch), _ -> read(epoch, stream, where));
    }

    /// Whether the router named the snapshot in the epoch or beside it: a race may begin with the one and the other
    /// may be told late.
    boolean names(long epoch, StreamName stream, String snapshot) {
        return List.of(epoch, epoch - 1, epoch + 1).stream()
                .flatMap(number -> page(number).stream())
                .flatMap(page -> page.of(stream).stream())
                .anyMatch(router -> router.snapshots().contains(snapshot));
    }

    /// Secrets that may still come.
    SortedSet<String> waiting() {
        return waiting;
    }

    /// How many fit.
    long sound() {
        return secrets.values().stream().filter(Optional::isPresent).count();
    }

    private Optional<byte[]> read(long epoch, StreamName stream, Where where) {
        var router = page(epoch).flatMap(page -> page.of(stream));
        if (router.isEmpty()) {
            findings.add(FindingCode.NO_COMMITMENT, where, "one of router " + stream + " for epoch " + epoch, "none");
            return Optional.empty();
        }
        ofThisEpoch(epoch, router.get(), where);
        return fitting(epoch, router.get(), where);
    }

    /// Who uses a secret again has told it before.
    private void ofThisEpoch(long epoch, RouterPage router, Where where) {
        for (var other : List.of(epoch - 1, epoch + 1)) {
            page(other)
                    .flatMap(page -> page.of(router.stream()))
                    .filter(page -> page.commitment().equals(router.commitment()))
                    .ifPresent(_ -> findings.add(
                            FindingCode.SECRET_REPEATED,
                            where,
                            "another commitment than for epoch " + other,
                            router.commitment()));
        }
    }

    private Optional<byte[]> fitting(long epoch, RouterPage router, Where where) {
        var secret = router.secret();
        if (secret == null) {
            withheld(epoch, router.stream(), where);
            return Optional.empty();
        }
        var bytes = bytes(secret);
        var commitment = bytes.map(Sha256::hex).orElse("no secret of 32 bytes");
        return findings.same(FindingCode.SECRET_MISMATCH, where, router.commitment(), commitment)
                ? bytes
                : Optional.empty();
    }

    private void withheld(long epoch, StreamName stream, Where where) {
        if (now.isAfter(times.end(epoch).plus(REVEALED_WITHIN))) {
            findings.add(
                    FindingCode.SECRET_WITHHELD, where, "that of router " + stream + " for epoch " + epoch, "none");
        } else {
            waiting.add("the secret of router " + stream + " for epoch " + epoch);
        }
    }

    private static Optional<byte[]> bytes(String secret) {
        try {
            return Optional.of(HexFormat.of().parseHex(secret)).filter(bytes -> bytes.length == SECRET);
        } catch (IllegalArgumentException notHex) {
            return Optional.empty();
        }
    }

    private record StreamEpoch(StreamName stream, long epoch) {}
}
