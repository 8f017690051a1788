package io.streamsync.problems;

import org.springframework.http.HttpStatus;

/// The stable codes of the public interfaces, each with its status and a title that never changes.
public enum ProblemCode {
    INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    INVALID_KEY(HttpStatus.UNAUTHORIZED, "The API key is missing or not valid"),
    INVALID_SESSION(HttpStatus.UNAUTHORIZED, "The session is missing, unknown or over"),
    BAD_SIGNATURE(HttpStatus.UNAUTHORIZED, "The signature does not fit wallet and message"),
    NONCE_USED(HttpStatus.UNAUTHORIZED, "The challenge was used before"),
    NONCE_EXPIRED(HttpStatus.UNAUTHORIZED, "The challenge is over"),
    NOT_YOURS(HttpStatus.FORBIDDEN, "This belongs to another"),
    SCOPE_MISSING(HttpStatus.FORBIDDEN, "The key's scope does not allow this"),
    INVITATION_REQUIRED(HttpStatus.FORBIDDEN, "The market is open to invited operators only"),
    NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
    STAKE_REQUIRED(HttpStatus.CONFLICT, "The operator's stake is below the minimum"),
    STATE_CONFLICT(HttpStatus.CONFLICT, "This is not possible in the present state"),
    VERSION_CONFLICT(HttpStatus.CONFLICT, "It was changed at the same time"),
    ALREADY_REGISTERED(HttpStatus.CONFLICT, "The wallet has an operator already"),
    REQUEST_IN_PROGRESS(HttpStatus.CONFLICT, "The same request is being carried out"),
    NOT_SEALED(HttpStatus.CONFLICT, "The epoch is not settled yet"),
    IDEMPOTENCY_KEY_REUSED(HttpStatus.UNPROCESSABLE_CONTENT, "The idempotency key belongs to another request"),
    AMOUNT_INVALID(HttpStatus.UNPROCESSABLE_CONTENT, "The amount is not possible"),
    BALANCE_TOO_LOW(HttpStatus.UNPROCESSABLE_CONTENT, "The balance is too low"),
    STAKE_BELOW_MINIMUM(HttpStatus.UNPROCESSABLE_CONTENT, "The stake would be below the minimum"),
    ENDPOINT_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT, "The endpoint is not allowed"),
    WALLET_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT, "The wallet is not allowed"),
    NAME_NOT_ALLOWED(HttpStatus.UNPROCESSABLE_CONTENT, "The name is not allowed"),
    UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "This cannot be done for the moment"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something is broken on this side");

    private final HttpStatus status;
    private final String title;

    ProblemCode(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }
}
