package io.streamsync.launcher.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// The Ed25519 key that signs settlements: made once, kept as PKCS #8 in a PEM file that only its owner reads.
public final class SettlementKey {

    /// RFC 7468.
    private static final int LINE = 64;

    private SettlementKey() {}

    /// The file of the installation's key; the key is made when there is none.
    ///
    /// @throws Obstacle when it cannot be kept
    public static Path of(Installation installation) {
        var file = installation.settlementKey();
        try {
            if (!Files.exists(file)) {
                write(file);
            }
            return file;
        } catch (IOException e) {
            throw new Obstacle("cannot keep the settlement key in " + file + ": " + e.getMessage(), e);
        }
    }

    private static void write(Path file) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var next = Files.createTempFile(file.toAbsolutePath().getParent(), "settlement-key", null, ownerOnly);
        Files.writeString(next, pem());
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String pem() {
        try {
            var key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
            var body = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has Ed25519", e);
        }
    }
}
