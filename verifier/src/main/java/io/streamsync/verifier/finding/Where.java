package io.streamsync.verifier.finding;

import io.streamsync.verifier.publication.StreamName;
import org.jspecify.annotations.Nullable;

/// Where something does not fit, as far as it has a place.
///
/// @param window the settlement's epoch
/// @param stream null when it is about the window as a whole
/// @param position null when it is about the stream as a whole
/// @param sequence of the race, where it is about one
/// @param raceId where it is known: only whoever asked has it
public record Where(
        long window,
        @Nullable StreamName stream,
        @Nullable Long position,
        @Nullable Long sequence,
        @Nullable String raceId) {

    public static Where window(long window) {
        return new Where(window, null, null, null, null);
    }

    public static Where stream(long window, StreamName stream) {
        return new Where(window, stream, null, null, null);
    }

    public static Where position(long window, StreamName stream, long position) {
        return new Where(window, stream, position, null, null);
    }

    public static Where race(long window, StreamName stream, long position, long sequence) {
        return new Where(window, stream, position, sequence, null);
    }

    public static Where receipt(long window, String raceId) {
        return new Where(window, null, null, null, raceId);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("window ").append(window);
        if (stream != null) {
            text.append(", router ").append(stream);
        }
        if (position != null) {
            text.append(", position ").append(position);
        }
        if (sequence != null) {
            text.append(", race ").append(sequence);
        }
        if (raceId != null) {
            text.append(", race ").append(raceId);
        }
        return text.toString();
    }
}
