package io.streamsync.billing.charging;

/// Records that contradict the books, or each other: nothing of them is posted, and their partition waits for a person.
public class StreamBroken extends RuntimeException {

    public StreamBroken(String reason) {
        super(reason);
    }

    public StreamBroken(String reason, Throwable cause) {
        super(reason, cause);
    }
}
