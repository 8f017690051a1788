package io.streamsync.onboarding.admission;

/// A check of a node whose endpoint is known to be its operator's.
interface NodeCheck {

    AdmissionCheck check();

    Finding of(Portrait portrait);
}
