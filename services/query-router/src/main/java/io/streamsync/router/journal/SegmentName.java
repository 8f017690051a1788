package io.streamsync.router.journal;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which part of which stream a segment holds, as its file name says it: `00003-0000000000000000120.journal`.
record SegmentName(int incarnation, long first) implements Comparable<SegmentName> {

    private static final Pattern FILE = Pattern.compile("(\\d{5})-(\\d{19})\\.journal");
    private static final Comparator<SegmentName> ORDER =
            Comparator.comparingInt(SegmentName::incarnation).thenComparingLong(SegmentName::first);

    static Optional<SegmentName> of(String file) {
        var name = FILE.matcher(file);
        return name.matches()
                ? Optional.of(new SegmentName(Integer.parseInt(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    String file() {
        return "%05d-%019d.journal".formatted(incarnation, first);
    }

    @Override
    public int compareTo(SegmentName other) {
        return ORDER.compare(this, other);
    }
}
