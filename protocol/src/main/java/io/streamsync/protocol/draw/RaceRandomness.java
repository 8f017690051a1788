package io.streamsync.protocol.draw;

import io.streamsync.protocol.canonical.Sha256;
import io.streamsync.protocol.record.RaceAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// The committed random numbers of one race. Not for use by two threads.
public final class RaceRandomness implements RandomNumbers {

    private static final String HMAC = "HmacSHA256";
    private static final int SECRET = 32;
    private static final byte[][] LABELS = labels();

    private static volatile @Nullable Keyed last;

    private final Mac mac;
    // router, incarnation, sequence, request hash: what stays the same for all numbers of a race
    private final byte[] race;
    private final byte[] counter = new byte[4];
    private final int[] drawn = new int[LABELS.length];

    private RaceRandomness(Mac mac, byte[] race) {
        this.mac = mac;
        this.race = race;
    }

    /// @param secret the router's secret of the epoch, 32 bytes
    /// @param requestHash SHA-256 of the request's bytes
    public static RaceRandomness of(byte[] secret, RaceAddress address, byte[] requestHash) {
        if (secret.length != SECRET || requestHash.length != Sha256.LENGTH) {
            throw new IllegalArgumentException("a secret and a request's hash are 32 bytes each");
        }
        var race = ByteBuffer.allocate(2 + 2 + 6 + Sha256.LENGTH)
                .putShort((short) address.router())
                .putShort((short) address.incarnation())
                .putShort((short) (address.sequence() >>> 32))
                .putInt((int) address.sequence())
                .put(requestHash);
        return new RaceRandomness(keyed(secret), race.array());
    }

    @Override
    @SuppressWarnings("EnumOrdinal") // an index into arrays that are never seen outside
    public long next(Label label) {
        var k = drawn[label.ordinal()]++;
        counter[0] = (byte) (k >>> 24);
        counter[1] = (byte) (k >>> 16);
        counter[2] = (byte) (k >>> 8);
        counter[3] = (byte) k;
        mac.update(LABELS[label.ordinal()]);
        mac.update(race);
        return ByteBuffer.wrap(mac.doFinal(counter)).getLong();
    }

    /// A copy of the last secret's, where it is the same: looking the algorithm up and preparing the key for every race
    /// of an epoch costs as much as several numbers.
    private static Mac keyed(byte[] secret) {
        try {
            var known = last;
            if (known == null || !Arrays.equals(known.secret(), secret)) {
                var mac = Mac.getInstance(HMAC);
                mac.init(new SecretKeySpec(secret, HMAC));
                known = new Keyed(secret.clone(), mac);
                last = known;
            }
            return (Mac) known.mac().clone();
        } catch (GeneralSecurityException | CloneNotSupportedException impossible) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", impossible);
        }
    }

    /// @param mac never used itself
    @SuppressWarnings("ArrayRecordComponent") // compared by its bytes, by hand
    private record Keyed(byte[] secret, Mac mac) {}

    private static byte[][] labels() {
        var names = Label.values();
        var labels = new byte[names.length][];
        for (var i = 0; i < names.length; i++) {
            labels[i] = names[i].name().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        }
        return labels;
    }
}
