package io.streamsync.launcher.market;

/// Stands in for the verifier: says what it was asked, and that something does not fit.
public final class VerifierStandIn {

    private VerifierStandIn() {}

    public static void main(String[] arguments) {
        System.out.println(String.join(" ", arguments));
        System.exit(1);
    }
}
