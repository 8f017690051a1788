package io.streamsync.verifier;

import io.streamsync.verifier.check.Receipt;
import io.streamsync.verifier.check.WindowCheck;
import io.streamsync.verifier.finding.FindingCode;
import io.streamsync.verifier.finding.Findings;
import io.streamsync.verifier.finding.Plain;
import io.streamsync.verifier.finding.Where;
import io.streamsync.verifier.publication.NotCheckableException;
import io.streamsync.verifier.publication.Publication;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Verifies epochs from what is published of them, and from nothing else.
public final class EpochVerifier {

    private final Publication publication;
    private final InstantSource clock;
    private final Optional<String> key;

    public EpochVerifier(Publication publication, InstantSource clock) {
        this(publication, clock, Optional.empty());
    }

    /// @param key that has to have signed, lower-case hex; empty to take the published one at its word
    public EpochVerifier(Publication publication, InstantSource clock, Optional<String> key) {
        this.publication = publication;
        this.clock = clock;
        this.key = key;
    }

    /// What does not fit is told also when the rest cannot be checked: nobody hides a lie behind garbage.
    ///
    /// @param receipts of races of this epoch
    /// @throws NotCheckableException when nothing is known not to fit, and the epoch is not settled or what is
    ///     published cannot be read
    public Report verify(long epoch, List<Receipt> receipts) {
        var settlement = publication
                .settlement(epoch)
                .orElseThrow(() -> new NotCheckableException("Epoch " + epoch + " is not settled."));
        var findings = new Findings();
        key.ifPresent(known -> findings.same(
                FindingCode.KEY_CHANGED,
                Where.window(epoch),
                known,
                settlement.header().publicKey()));
        var window = new WindowCheck(publication, settlement, findings, clock.instant());
        try {
            window.check(epoch, receipts);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            if (findings.isEmpty()) {
                throw notCheckable(e);
            }
            window.breakOff(reason(e));
        }
        return new Report(epoch, window.checked(), findings.kept(), findings.counts());
    }

    private static NotCheckableException notCheckable(Throwable failure) {
        return failure instanceof NotCheckableException known
                ? known
                : new NotCheckableException(reason(failure), failure);
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case NotCheckableException known -> Plain.of(String.valueOf(known.getMessage()));
            case OutOfMemoryError _ -> "What is published takes more memory than there is.";
            default -> Plain.of("What is published cannot be checked: " + failure);
        };
    }
}
