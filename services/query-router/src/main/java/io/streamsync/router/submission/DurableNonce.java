package io.streamsync.router.submission;

/// Whether a transaction lives on a nonce instead of a recent blockhash: its first instruction is the system program's
/// AdvanceNonceAccount.
final class DurableNonce {

    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;
    private static final int HEADER_BYTES = 3;
    private static final int VERSIONED = 0x80;
    private static final byte[] ADVANCE_NONCE = {4, 0, 0, 0};

    private final byte[] transaction;
    private int at;

    private DurableNonce(byte[] transaction) {
        this.transaction = transaction;
    }

    static boolean isSpentBy(byte[] transaction) {
        try {
            return new DurableNonce(transaction).isSpent();
        } catch (ArrayIndexOutOfBoundsException notATransaction) {
            return false;
        }
    }

    private boolean isSpent() {
        at = compact() * SIGNATURE_BYTES + at;
        if ((transaction[at] & VERSIONED) != 0) {
            at++;
        }
        at += HEADER_BYTES;
        var keys = compact();
        var keysAt = at;
        at += keys * KEY_BYTES + KEY_BYTES;
        return compact() > 0 && isOfTheSystem(keysAt + KEY_BYTES * (transaction[at++] & 0xFF)) && advances();
    }

    private boolean isOfTheSystem(int key) {
        for (var i = key; i < key + KEY_BYTES; i++) {
            if (transaction[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean advances() {
        at = compact() + at;
        var length = compact();
        for (var i = 0; i < ADVANCE_NONCE.length; i++) {
            if (i >= length || transaction[at + i] != ADVANCE_NONCE[i]) {
                return false;
            }
        }
        return true;
    }

    /// Solana's compact-u16: seven bits a byte, the low ones first.
    private int compact() {
        var value = 0;
        for (var shift = 0; ; shift += 7) {
            var next = transaction[at++];
            value |= (next & 0x7F) << shift;
            if (next >= 0 || shift == 14) {
                return value;
            }
        }
    }
}
