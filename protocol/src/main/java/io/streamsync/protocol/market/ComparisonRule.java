package io.streamsync.protocol.market;

/// How answers to a method compare (docs of comparability): the letter of the method table.
public enum ComparisonRule {
    /// Exact after canonicalisation.
    EXACT,
    /// Exact once finalized; history that never changes.
    EXACT_FINALIZED,
    /// Equal values agree at any slots; different values count at an equal slot, or enclosed by two checkers.
    SLOT_KEYED,
    /// A range or a monotone value.
    RANGE,
    /// A prefix or superset: missing items are incomplete, foreign items suspect.
    PREFIX,
    /// The node's own view: never compared.
    NODE_LOCAL,
    /// Proves itself without other nodes.
    SELF_VERIFIABLE,
    /// A write.
    WRITE
}
