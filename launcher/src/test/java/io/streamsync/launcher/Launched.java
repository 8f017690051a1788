package io.streamsync.launcher;

import io.streamsync.launcher.market.StandIn;
import io.streamsync.launcher.market.VerifierStandIn;
import io.streamsync.launcher.process.JavaCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// The launcher's real main class in a process of its own, over services that only say that they are healthy.
record Launched(int exitCode, String out, String err) {

    static final int PORT_BASE = 23_400;
    static final int EDGE = 23_390;

    static Launched run(Path home, Map<String, String> environment, String... arguments) throws Exception {
        var root = standIns(home.resolveSibling("root"));
        var flags = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dstreamsync.root=" + root);
        var out = Files.createTempFile("launched", ".out");
        var err = Files.createTempFile("launched", ".err");
        var builder = new ProcessBuilder(JavaCommand.main(Main.class.getName(), flags, List.of(arguments)))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("STREAMSYNC_HOME", home.toString());
        builder.environment().put("STREAMSYNC_PORT", Integer.toString(EDGE));
        builder.environment().putAll(environment);
        var exitCode = builder.start().waitFor();
        return new Launched(exitCode, readAndDelete(out), readAndDelete(err));
    }

    private static Path standIns(Path root) throws IOException {
        for (var service : List.of("billing", "reputation", "operator-onboarding", "query-router")) {
            var jar =
                    root.resolve("services").resolve(service).resolve("target").resolve(service + ".jar");
            if (!Files.exists(jar)) {
                Files.createDirectories(jar.getParent());
                writeJar(jar, StandIn.class);
            }
        }
        var verifier = root.resolve("verifier/target/verifier.jar");
        if (!Files.exists(verifier)) {
            Files.createDirectories(verifier.getParent());
            writeJar(verifier, VerifierStandIn.class);
        }
        return root;
    }

    private static void writeJar(Path jar, Class<?> main) throws IOException {
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main.getName());
        var resource = main.getName().replace('.', '/') + ".class";
        try (var output = new JarOutputStream(Files.newOutputStream(jar), manifest);
                var bytes = main.getClassLoader().getResourceAsStream(resource)) {
            output.putNextEntry(new JarEntry(resource));
            bytes.transferTo(output);
        }
    }

    private static String readAndDelete(Path file) throws IOException {
        var text = Files.readString(file, StandardCharsets.UTF_8);
        Files.delete(file);
        return text;
    }
}
