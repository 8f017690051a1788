package io.streamsync.billing.settlement;

import io.streamsync.protocol.settlement.Ed25519;
import io.streamsync.protocol.settlement.SettlementHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.springframework.stereotype.Component;

/// The key that signs settlements: from a file, so that who has the database cannot sign in its owner's name.
@Component
class SettlementKey {

    /// What stands before the seed in the PKCS 8 form of a key of Ed25519.
    private static final byte[] PKCS8 = HexFormat.of().parseHex("302e020100300506032b657004220420");

    private final PrivateKey privateKey;
    private final byte[] publicKey;

    SettlementKey(SettlementProperties properties) {
        try {
            var seed = seed(KeyFile.readOrMake(properties.key(), SettlementKey::made));
            privateKey = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8(seed)));
            publicKey = publicKey(seed);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "STREAMSYNC_SETTLEMENT_KEY names a file that can neither be read nor made: " + properties.key(), e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException(
                    "STREAMSYNC_SETTLEMENT_KEY names a file that is no private key of Ed25519 (PKCS 8, PEM): "
                            + properties.key(),
                    e);
        }
    }

    /// Lower-case hex.
    String publicKey() {
        return HexFormat.of().formatHex(publicKey);
    }

    byte[] sign(SettlementHeader header) {
        return header.sign(privateKey);
    }

    private static byte[] seed(String pem) {
        var text = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
        var encoded = Base64.getDecoder().decode(text);
        if (encoded.length < PKCS8.length + Ed25519.KEY_LENGTH
                || encoded[PKCS8.length - 2] != PKCS8[PKCS8.length - 2]
                || !Arrays.equals(encoded, 5, 12, PKCS8, 5, 12)) {
            throw new IllegalArgumentException("not of Ed25519");
        }
        return Arrays.copyOfRange(encoded, PKCS8.length, PKCS8.length + Ed25519.KEY_LENGTH);
    }

    private static byte[] pkcs8(byte[] seed) {
        var encoded = Arrays.copyOf(PKCS8, PKCS8.length + seed.length);
        System.arraycopy(seed, 0, encoded, PKCS8.length, seed.length);
        return encoded;
    }

    private static String made() {
        var seed = new byte[Ed25519.KEY_LENGTH];
        new SecureRandom().nextBytes(seed);
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(pkcs8(seed))
                + "\n-----END PRIVATE KEY-----\n";
    }

    /// A key file holds the seed alone, and Java derives a public key only while it makes a pair: it makes one of this
    /// seed.
    private static byte[] publicKey(byte[] seed) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        generator.initialize(255, new Seed(seed));
        return Ed25519.bytes(generator.generateKeyPair().getPublic());
    }

    /// Gives out one seed as if by chance.
    private static final class Seed extends SecureRandom {

        private static final long serialVersionUID = 1;

        private final byte[] seed;

        Seed(byte[] seed) {
            this.seed = seed.clone();
        }

        @Override
        public void nextBytes(byte[] bytes) {
            if (bytes.length != seed.length) {
                throw new IllegalStateException("a key of Ed25519 has " + seed.length + " bytes");
            }
            System.arraycopy(seed, 0, bytes, 0, seed.length);
        }
    }
}
