package io.streamsync.router.submission;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Who sent what, as a hash. Of the transaction all bytes: another under the same first signature is another, of which
/// only one can be valid.
record SubmissionKey(long high, long low) {

    static SubmissionKey of(String accountId, Transaction transaction) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update(accountId.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            var hash = ByteBuffer.wrap(digest.digest(transaction.bytes()));
            return new SubmissionKey(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
