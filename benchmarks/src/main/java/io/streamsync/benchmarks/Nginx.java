package io.streamsync.benchmarks;

import io.streamsync.benchmarks.machine.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// nginx as a proxy of one node: what a proxy in C costs.
final class Nginx {

    private Nginx() {}

    /// Empty where it is not installed.
    static Optional<Child> start(int port, int node, Path directory) throws IOException {
        var binary = Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
                                .map(Path::of),
                        Stream.of(Path.of("/usr/sbin")))
                .map(folder -> folder.resolve("nginx"))
                .filter(Files::isExecutable)
                .findFirst();
        if (binary.isEmpty()) {
            System.out.println("nginx is not installed: left out (apt-get install nginx-light)");
            return Optional.empty();
        }
        Files.createDirectories(directory);
        var configuration = Files.writeString(
                directory.resolve("nginx.conf"), configuration(directory.toAbsolutePath(), port, node));
        return Optional.of(Child.start(
                List.of(
                        binary.get().toString(),
                        "-e",
                        "stderr",
                        "-c",
                        configuration.toAbsolutePath().toString()),
                port,
                directory.resolve("nginx.log")));
    }

    private static String configuration(Path directory, int port, int node) {
        return """
            daemon off;
            worker_processes auto;
            pid %1$s/nginx.pid;
            error_log stderr warn;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path %1$s/body;
              proxy_temp_path %1$s/proxy;
              fastcgi_temp_path %1$s/fastcgi;
              uwsgi_temp_path %1$s/uwsgi;
              scgi_temp_path %1$s/scgi;
              keepalive_requests 1000000000;
              upstream node { server 127.0.0.1:%3$d; keepalive 256; keepalive_requests 1000000000; }
              server {
                listen 127.0.0.1:%2$d;
                location / { proxy_pass http://node; proxy_http_version 1.1; proxy_set_header Connection ""; }
              }
            }
            """.formatted(directory, port, node);
    }
}
