package io.streamsync.launcher.backend;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Ports;
import io.streamsync.launcher.installation.Secrets;
import io.streamsync.launcher.process.LogFile;
import io.streamsync.launcher.process.Program;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A real PostgreSQL server for one installation: durable, with passwords, on the loopback address only.
public final class Postgres {

    public static final String NAME = "postgres";
    static final String SUPERUSER = "postgres";

    /// Four services with ten connections each, a second instance of some, and a person with psql.
    private static final int CONNECTIONS = 200;

    private final Installation installation;
    private final Ports ports;
    private final Secrets secrets;

    public Postgres(Installation installation, Ports ports, Secrets secrets) {
        this.installation = installation;
        this.ports = ports;
        this.secrets = secrets;
    }

    /// The server, with its cluster created the first time.
    ///
    /// @throws Obstacle when the cluster cannot be created
    public Program program() {
        try {
            Files.createDirectories(installation.postgres());
            var binaries = PostgresBinaries.unpackInto(installation.postgres());
            if (!Files.exists(cluster())) {
                createCluster(binaries);
            }
            return new Program(NAME, server(binaries), Map.of());
        } catch (IOException e) {
            throw new Obstacle("cannot prepare PostgreSQL in " + installation.postgres() + ": " + e.getMessage(), e);
        }
    }

    /// Where the server answers, as its superuser.
    public Databases databases() {
        return new Databases(ports.postgres(), secrets);
    }

    private Path cluster() {
        return installation.postgres().resolve("cluster");
    }

    private List<String> server(Path binaries) {
        var command = command(binaries, NAME);
        command.addAll(List.of("-D", cluster().toString(), "-p", Integer.toString(ports.postgres())));
        List.of(
                        "listen_addresses=127.0.0.1",
                        "unix_socket_directories=",
                        "max_connections=" + CONNECTIONS,
                        "fsync=on",
                        "synchronous_commit=on",
                        "full_page_writes=on",
                        "logging_collector=off")
                .forEach(setting -> command.addAll(List.of("-c", setting)));
        return command;
    }

    /// In a directory that gets its name only when it is complete, so that an interrupted start begins anew.
    private void createCluster(Path binaries) throws IOException {
        var next = Scratch.directory(installation.postgres().resolve("creating"));
        var passwordFile = Files.createTempFile(
                installation.run(),
                "initdb",
                null,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Files.writeString(passwordFile, secrets.databasePassword(SUPERUSER) + "\n");
            runInitdb(binaries, next, passwordFile);
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(next, cluster());
    }

    private void runInitdb(Path binaries, Path directory, Path passwordFile) throws IOException {
        var command = command(binaries, "initdb");
        command.addAll(List.of("-D", directory.toString(), "-U", SUPERUSER, "--pwfile=" + passwordFile));
        command.addAll(List.of("--auth=scram-sha-256", "--encoding=UTF8", "--no-locale"));
        var log = new LogFile(installation.log(NAME));
        var initdb = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.path().toFile()))
                .start();
        try {
            if (initdb.waitFor() != 0) {
                throw new Obstacle("cannot create a PostgreSQL cluster: "
                        + String.join(" ", log.lastLines(2)).strip());
            }
        } catch (InterruptedException e) {
            initdb.destroyForcibly();
            throw new IllegalStateException("interrupted while creating the cluster", e);
        }
    }

    private static List<String> command(Path binaries, String program) {
        var command = new ArrayList<String>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace it is nobody and owns the same files.
            command.addAll(List.of("unshare", "-U"));
        }
        command.add(binaries.resolve("bin").resolve(program).toString());
        return command;
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
