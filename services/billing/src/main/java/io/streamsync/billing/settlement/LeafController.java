package io.streamsync.billing.settlement;

import io.streamsync.billing.archive.ArchivedLeaves;
import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import io.streamsync.protocol.settlement.Leaf;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// Hands out the leaves of sealed windows: with them, everybody can check all that a settlement says.
@RestController
class LeafController {

    private static final int MOST = 10_000;

    /// Some 300 KiB of leaves of usual size.
    private static final int AT_ONCE = 512;

    /// Frames are unpacked for it, which takes the time of posting.
    private static final int READERS = 2;

    /// Each has a part in memory until its client has taken it.
    private static final int DOWNLOADS = 64;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Settlements settlements;
    private final SealedWindows windows;
    private final ArchivedLeaves leaves;
    private final Semaphore readers = new Semaphore(READERS, true);
    private final Semaphore downloads = new Semaphore(DOWNLOADS);

    LeafController(Settlements settlements, SealedWindows windows, ArchivedLeaves leaves) {
        this.settlements = settlements;
        this.windows = windows;
        this.leaves = leaves;
    }

    /// @param from index of the first
    @GetMapping("/v1/settlements/{epoch}/leaves")
    void leaves(
            @PathVariable String epoch,
            @RequestParam(defaultValue = "0") long from,
            @RequestParam(defaultValue = "10000") int limit,
            HttpServletResponse response)
            throws IOException {
        var settlement = windows.sealed(epoch);
        var count = settlement.header().leafCount();
        if (from < 0 || from > count) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "The window has " + count + " leaves.")
                    .field("from", "0 to " + count);
        }
        if (limit < 1 || limit > MOST) {
            throw new Refusal(ProblemCode.INVALID_REQUEST, "At most " + MOST + " leaves are handed out at once.")
                    .field("limit", "1 to " + MOST);
        }
        if (!downloads.tryAcquire()) {
            throw busy();
        }
        try {
            write(settlement, from, Math.min(from + limit, count), response);
        } finally {
            downloads.release();
        }
    }

    private static Refusal busy() {
        return new Refusal(ProblemCode.UNAVAILABLE, "Many leaves are being read. Try again in a moment.");
    }

    private void write(Settlement settlement, long from, long to, HttpServletResponse response) throws IOException {
        var part = read(settlement, from, Math.min(from + AT_ONCE, to));
        response.setContentType(MediaType.APPLICATION_OCTET_STREAM_VALUE);
        response.setHeader(
                HttpHeaders.CACHE_CONTROL,
                CacheControl.maxAge(Duration.ofDays(1))
                        .cachePublic()
                        .immutable()
                        .getHeaderValue());
        for (var next = from; next < to; ) {
            for (var leaf : part) {
                response.getOutputStream().write(leaf.encode());
            }
            next += part.size();
            part = read(settlement, next, Math.min(next + AT_ONCE, to));
        }
    }

    /// A client that is slow to take a part holds up nobody who wants to read another.
    private List<Leaf> read(Settlement settlement, long from, long to) {
        if (!mayRead()) {
            throw busy();
        }
        try {
            return readNow(settlement, from, to);
        } finally {
            readers.release();
        }
    }

    private List<Leaf> readNow(Settlement settlement, long from, long to) {
        var read = new ArrayList<Leaf>();
        if (from < to) {
            for (var range : settlements.ranges(settlement.place(), from, to)) {
                read.addAll(leaves.read(range.at(from, to), range.days()));
            }
            if (read.size() < to - from) {
                throw SealedWindows.dropped();
            }
        }
        return read;
    }

    private boolean mayRead() {
        try {
            return readers.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
