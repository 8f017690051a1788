package io.streamsync.onboarding.operator;

/// Who may become an operator (protocol, Admission by phase).
public enum AdmissionPhase {
    /// Founding operators with an invitation.
    LAUNCH,
    /// Anyone with the stake whose node passes the checks, after a waiting period.
    GROWTH,
    /// The same without waiting.
    MATURITY
}
