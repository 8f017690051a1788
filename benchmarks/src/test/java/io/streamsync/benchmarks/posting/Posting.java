package io.streamsync.benchmarks.posting;

import io.streamsync.benchmarks.machine.Cpu;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Fills Kafka with frames while billing stands still, lets it go on, and measures how fast it posts what lies there.
///   benchmarks/posting --sealing [--races n]      how long sealing a window of them takes
///   benchmarks/posting [--streams n] [--races n per stream] [--flags "flags of billing's JVM"]
public final class Posting {

    private static final int PORT = 20_100;

    /// As the launcher starts billing.
    private static final String LAUNCHERS_FLAGS =
            "-XX:+UseSerialGC --enable-native-access=ALL-UNNAMED -Xmx512m -Xmn320m -XX:SurvivorRatio=3 -Xss512k";

    /// Compilers and caches are warm by then.
    private static final double WARM = 0.25;

    private Posting() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        var given = List.of(arguments);
        var streams = Integer.parseInt(option(given, "--streams", "2"));
        var races = Long.parseLong(option(given, "--races", "200000"));
        var flags = option(given, "--flags", LAUNCHERS_FLAGS);
        if (given.contains("--sealing")) {
            Sealing.run(races, List.of(flags.split(" ", -1)));
            System.exit(0);
        }
        try (var books = Books.open(PORT, List.of(flags.split(" ", -1)))) {
            for (var round = 0; round < Integer.parseInt(option(given, "--rounds", "2")); round++) {
                for (var crowd : Crowd.ALL) {
                    System.out.println(new Drain(books, crowd, streams, races, round).run());
                }
            }
        }
        System.exit(0); // Kafka's threads
    }

    private static String option(List<String> arguments, String name, String otherwise) {
        var at = arguments.indexOf(name);
        return at < 0 ? otherwise : arguments.get(at + 1);
    }

    /// One backlog, posted.
    private static final class Drain {

        private final Books books;
        private final Crowd crowd;
        private final List<MadeUpRouter> routers = new ArrayList<>();

        Drain(Books books, Crowd crowd, int streams, long races, int round) throws IOException, InterruptedException {
            this.books = books;
            this.crowd = crowd;
            var customers = books.customers(crowd.customers());
            for (var number = 0; number < streams; number++) {
                routers.add(books.router(
                        1 + number + streams * (Crowd.ALL.size() * round + Crowd.ALL.indexOf(crowd)),
                        crowd,
                        customers));
            }
            signal("-STOP");
            fill(races);
        }

        String run() throws IOException, InterruptedException {
            var all = routers.stream().mapToLong(MadeUpRouter::position).sum();
            var races = routers.stream().mapToLong(MadeUpRouter::races).sum();
            var sizeBefore = books.size();
            signal("-CONT");
            var from = awaited((long) (all * WARM));
            var until = awaited(all);
            var seconds = (until.nanos - from.nanos) / 1e9;
            var charges = races * (double) (until.posted - from.posted) / all;
            return String.format(
                    Locale.ROOT,
                    "%-30s %d streams  %,9.0f charges/s   us of CPU per charge: billing %.1f, PostgreSQL %.1f, "
                            + "Kafka and others %.1f   busy %.0f %%   %.0f bytes per charge stored   (%,d charges)",
                    crowd.name(),
                    routers.size(),
                    charges / seconds,
                    (until.billing - from.billing) / charges * 1e6,
                    (until.postgres - from.postgres) / charges * 1e6,
                    (until.busy - from.busy - (until.billing - from.billing) - (until.postgres - from.postgres))
                            / charges
                            * 1e6,
                    (until.busy - from.busy) / seconds * 100,
                    (double) (books.size() - sizeBefore) / races,
                    races);
        }

        private void fill(long races) throws InterruptedException {
            var settings = Map.<String, Object>of(
                    "bootstrap.servers", books.brokers(), "acks", "all", "max.request.size", 4_000_000);
            try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
                var sent = new ArrayList<Future<?>>();
                while (routers.getFirst().races() < races) {
                    for (var index = 0; index < routers.size(); index++) {
                        var router = routers.get(index);
                        sent.add(producer.send(
                                new ProducerRecord<>("streamsync.races", index % 6, router.key(), router.frame())));
                    }
                }
                for (var one : sent) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }

        private Look awaited(long position) throws InterruptedException {
            while (true) {
                var posted = routers.stream().mapToLong(books::posted).sum();
                if (posted >= position) {
                    return new Look(
                            System.nanoTime(),
                            posted,
                            Cpu.secondsOf(books.billing()),
                            Cpu.secondsOf(books.postgres()),
                            Cpu.busySeconds());
                }
                Thread.sleep(100);
            }
        }

        private void signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", signal, Long.toString(books.billing().pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    private record Look(long nanos, long posted, double billing, double postgres, double busy) {}
}
