package io.streamsync.launcher.installation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// The secrets of an installation: random, made once, kept in a file that only its owner reads.
public final class Secrets {

    private static final String SERVICE_TOKEN = "service-token";
    private static final String RACE_KEY = "race-key";
    private static final String DATABASE_PASSWORD = "database-password.";

    /// 256 bits; nobody types them.
    private static final int BYTES = 32;

    /// An AES-128 key.
    private static final int RACE_KEY_BYTES = 16;

    private static final Map<String, Integer> LENGTHS = Map.of(
            SERVICE_TOKEN,
            BYTES,
            RACE_KEY,
            RACE_KEY_BYTES,
            DATABASE_PASSWORD + "postgres",
            BYTES,
            DATABASE_PASSWORD + "onboarding",
            BYTES,
            DATABASE_PASSWORD + "billing",
            BYTES,
            DATABASE_PASSWORD + "reputation",
            BYTES);

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /// The installation's secrets; those that are missing are made.
    ///
    /// @throws Obstacle when they cannot be read or kept
    public static Secrets of(Installation installation) {
        try {
            var known = read(installation.secrets());
            var values = new LinkedHashMap<String, String>();
            LENGTHS.forEach((name, bytes) -> values.put(name, orRandom(known.getProperty(name), bytes)));
            if (!known.stringPropertyNames().containsAll(values.keySet())) {
                write(installation.secrets(), values);
            }
            return new Secrets(values);
        } catch (IOException e) {
            throw new Obstacle("cannot use the secrets in " + installation.secrets() + ": " + e.getMessage(), e);
        }
    }

    /// What one service shows to another.
    public String serviceToken() {
        return secret(SERVICE_TOKEN);
    }

    /// Encrypts race ids.
    public String raceKey() {
        return secret(RACE_KEY);
    }

    /// The password of a PostgreSQL role.
    public String databasePassword(String role) {
        return secret(DATABASE_PASSWORD + role);
    }

    private String secret(String name) {
        var secret = values.get(name);
        if (secret == null) {
            throw new IllegalArgumentException("there is no secret " + name);
        }
        return secret;
    }

    private static String orRandom(@Nullable String known, int bytes) {
        if (known != null) {
            return known;
        }
        var made = new byte[bytes];
        new SecureRandom().nextBytes(made);
        return HexFormat.of().formatHex(made);
    }

    private static Properties read(Path file) throws IOException {
        var known = new Properties();
        if (Files.exists(file)) {
            try (var reader = Files.newBufferedReader(file)) {
                known.load(reader);
            }
        }
        return known;
    }

    private static void write(Path file, Map<String, String> values) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var next = Files.createTempFile(file.toAbsolutePath().getParent(), "secrets", null, ownerOnly);
        var properties = new Properties();
        properties.putAll(values);
        try (var writer = Files.newBufferedWriter(next)) {
            properties.store(writer, "Random secrets of this installation. Whoever reads them can move its money.");
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
