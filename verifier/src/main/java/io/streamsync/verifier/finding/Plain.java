package io.streamsync.verifier.finding;

/// Text of strangers as it can be shown: of bounded length, and without signs that move a terminal's cursor.
public final class Plain {

    private static final int LONGEST = 1_000;
    private static final String INSTEAD = "\uFFFD";

    private Plain() {}

    public static String of(String text) {
        var shown = text.substring(0, Math.min(text.length(), LONGEST)).replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", INSTEAD);
        return text.length() > LONGEST ? shown + "… (" + (text.length() - LONGEST) + " signs more)" : shown;
    }
}
