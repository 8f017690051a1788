package io.streamsync.onboarding.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// Makes nonces that prove who issued them, to whom and when: random bytes and a keyed hash. So a challenge need not be
/// remembered, and strangers who ask for many cost nothing. All instances hold the same key.
@Component
class ChallengeSeal {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PURPOSE = "sign-in challenges";

    /// 128 bits each: nobody meets another's nonce, nobody guesses its hash.
    private static final int SIZE = 16;

    private final byte[] key;
    private final SecureRandom random = new SecureRandom();

    /// @param serviceToken the installation's secret; its absence is refused elsewhere
    ChallengeSeal(@Value("${streamsync.service-token:none}") String serviceToken) {
        this.key = hash(serviceToken.getBytes(UTF_8), PURPOSE.getBytes(UTF_8));
    }

    String nonce(Wallet wallet, Instant issuedAt) {
        var bytes = new byte[SIZE];
        random.nextBytes(bytes);
        var salt = HexFormat.of().formatHex(bytes);
        return salt + proof(salt, wallet, issuedAt);
    }

    boolean isGenuine(String nonce, Wallet wallet, Instant issuedAt) {
        if (nonce.length() != 4 * SIZE) {
            return false;
        }
        var salt = nonce.substring(0, 2 * SIZE);
        return MessageDigest.isEqual(nonce.getBytes(UTF_8), (salt + proof(salt, wallet, issuedAt)).getBytes(UTF_8));
    }

    private String proof(String salt, Wallet wallet, Instant issuedAt) {
        var told = salt + "\n" + wallet.address() + "\n" + issuedAt;
        return HexFormat.of().formatHex(Arrays.copyOf(hash(key, told.getBytes(UTF_8)), SIZE));
    }

    private static byte[] hash(byte[] key, byte[] message) {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has " + ALGORITHM, e);
        }
    }
}
