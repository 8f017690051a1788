package io.streamsync.verifier.publication;

/// What is published cannot be had or read, so that nothing can be said of it; the message is for people.
public class NotCheckableException extends RuntimeException {

    public NotCheckableException(String reason) {
        super(reason);
    }

    public NotCheckableException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
