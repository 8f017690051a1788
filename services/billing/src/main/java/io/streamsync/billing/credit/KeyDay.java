package io.streamsync.billing.credit;

import java.time.LocalDate;

/// A key's UTC day, which its daily cap is for.
public record KeyDay(String keyId, LocalDate day) {}
