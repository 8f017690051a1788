package io.streamsync.onboarding.admission;

/// What a node must show to enter the market, in the order in which it is shown.
enum AdmissionCheck {
    /// The endpoint's origin says that it is this operator's.
    ENDPOINT_CONTROL,
    /// It is on the market's chain.
    GENESIS,
    /// It keeps up with the chain.
    TIP_LAG,
    /// It answers as a Solana node does.
    CONFORMANCE,
    /// It answers in time.
    LATENCY
}
