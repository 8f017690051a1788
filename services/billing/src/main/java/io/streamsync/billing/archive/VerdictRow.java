package io.streamsync.billing.archive;

import java.time.Instant;
import java.time.LocalDate;

/// Where the VERIFIED of a race is.
public record VerdictRow(long sequence, Instant occurredAt, long position, LocalDate postedOn) {}
