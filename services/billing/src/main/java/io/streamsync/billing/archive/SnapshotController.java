package io.streamsync.billing.archive;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Snapshots by the names that records give them, so that anybody can replay a draw.
@RestController
class SnapshotController {

    private final Snapshots snapshots;

    SnapshotController(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /// The canonical form, byte for byte: its SHA-256 is its name.
    @GetMapping("/v1/snapshots/{hash}")
    ResponseEntity<byte[]> snapshot(@PathVariable String hash) {
        return (hash.matches("[0-9a-f]{64}") ? snapshots.canonical(hash) : Optional.<String>empty())
                .map(canonical -> ResponseEntity.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .cacheControl(CacheControl.maxAge(Duration.ofDays(365))
                                .cachePublic()
                                .immutable())
                        .body(canonical.getBytes(StandardCharsets.UTF_8)))
                .orElseThrow(() ->
                        new Refusal(ProblemCode.NOT_FOUND, "No race that is kept was drawn from such a snapshot."));
    }
}
