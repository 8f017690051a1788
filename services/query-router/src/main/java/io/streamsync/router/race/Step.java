package io.streamsync.router.race;

/// What to do after a reply.
sealed interface Step {

    /// Something may still change who wins.
    record Wait() implements Step {}

    /// A transaction is accepted, and whoever is drawn before may still accept it: for a short while.
    record WaitForOthers() implements Step {}

    /// This place has won.
    record Deliver(int place) implements Step {}

    /// Whoever else was drawn to race is asked now.
    record AskLater() implements Step {}

    /// All places have replied and none can be delivered.
    record Exhausted() implements Step {}
}
