package io.streamsync.benchmarks.posting;

import io.streamsync.protocol.record.RaceAddress;
import io.streamsync.protocol.record.RaceIds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/// Has a window posted, and measures how long sealing it takes, how long a proof, and what it all takes on the disk.
///   benchmarks/posting --sealing [--races n]
final class Sealing {

    private static final int PORT = 20_300;
    private static final long EPOCH_MILLIS = 300_000;
    private static final int PROOFS = 2_000;

    /// What is asked before: billing has posted until now, and not proven anything.
    private static final int WARM_UP = 2_000;

    /// What it takes to post a million and a half of records, and some to spare.
    private static final long POSTING_MILLIS = 120_000;

    private final Books books;
    private final MadeUpRouter router;

    private Sealing(Books books) {
        this.books = books;
        router = books.router(1, Crowd.PAIRED, books.customers(Crowd.PAIRED.customers()));
    }

    static void run(long races, List<String> flags) throws IOException, InterruptedException {
        try (var books = Books.open(PORT, flags)) {
            new Sealing(books).measure(races);
        }
    }

    private void measure(long races) throws InterruptedException {
        awaitRoom();
        // or the window before waits for the stream, and takes it all
        send(router.mark(System.currentTimeMillis() / EPOCH_MILLIS - 1));
        var before = books.size();
        var start = System.currentTimeMillis();
        send(races);
        while (books.posted(router) < router.position()) {
            Thread.sleep(50);
        }
        var seconds = (System.currentTimeMillis() - start) / 1e3;
        print("%,d records posted after %.1f s, %.0f bytes per race"
                .formatted(router.position(), seconds, perRace(before)));
        books.tables().entrySet().stream()
                .limit(8)
                .forEach(table -> print("  %-22s %6.1f bytes per race"
                        .formatted(table.getKey(), (double) table.getValue() / router.races())));
        var epoch = System.currentTimeMillis() / EPOCH_MILLIS;
        for (var end = (epoch + 1) * EPOCH_MILLIS; System.currentTimeMillis() < end; ) {
            Thread.sleep(1);
        }
        var ended = System.nanoTime();
        send(router.mark(epoch));
        while (books.get("/v1/settlements/" + epoch).statusCode() != 200) {
            Thread.sleep(10);
        }
        var view = JsonMapper.shared()
                .readTree(books.get("/v1/settlements/" + epoch).body());
        print("window of %,d leaves published %.2f s after its end"
                .formatted(view.path("leafCount").asLong(), (System.nanoTime() - ended) / 1e9));
        prove(epoch);
    }

    /// All of it is to fall into one window.
    private static void awaitRoom() throws InterruptedException {
        var left = EPOCH_MILLIS - System.currentTimeMillis() % EPOCH_MILLIS;
        if (left < POSTING_MILLIS) {
            Thread.sleep(left);
        }
    }

    private void prove(long epoch) {
        var random = new Random(1);
        times(epoch, random, WARM_UP);
        var from = System.nanoTime();
        var checking = CompletableFuture.runAsync(this::reconcile);
        var beside = new ArrayList<Double>();
        do {
            beside.add(time(epoch, random));
        } while (!checking.isDone());
        checking.join();
        print("the window's books checked in %.1f s; a proof by HTTP meanwhile: %s"
                .formatted((System.nanoTime() - from) / 1e9, percentiles(beside)));
        print("a proof by HTTP: " + percentiles(times(epoch, random, PROOFS)));
        print("a request that is refused without asking the database: "
                + percentiles(Stream.generate(() -> time("/v1/settlements/" + epoch + "/proofs/none", 404))
                        .limit(PROOFS)
                        .toList()));
    }

    private static String percentiles(List<Double> millis) {
        var sorted = millis.stream().sorted().toList();
        return "p50 %.1f ms, p99 %.1f ms, of %d"
                .formatted(sorted.get(sorted.size() / 2), sorted.get(sorted.size() * 99 / 100), sorted.size());
    }

    private List<Double> times(long epoch, Random random, int proofs) {
        return Stream.generate(() -> time(epoch, random)).limit(proofs).toList();
    }

    /// Of a race at random.
    private double time(long epoch, Random random) {
        var ids = RaceIds.of(HexFormat.of().parseHex(Books.RACE_KEY));
        var sequence = random.nextLong(router.races());
        var raceId = ids.seal(new RaceAddress(1, router.incarnation(), sequence), router.at(sequence));
        return time("/v1/settlements/" + epoch + "/proofs/" + raceId, 200);
    }

    /// Milliseconds.
    private double time(String path, int status) {
        var from = System.nanoTime();
        var answer = books.get(path);
        var millis = (System.nanoTime() - from) / 1e6;
        if (answer.statusCode() != status) {
            throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
        }
        return millis;
    }

    private void reconcile() {
        try {
            books.reconcile();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private double perRace(long before) {
        return (double) (books.size() - before) / router.races();
    }

    private void send(long races) {
        var frames = new ArrayList<byte[]>();
        while (router.races() < races) {
            frames.add(router.frame());
            if (frames.size() == 500 || router.races() >= races) {
                send(frames.toArray(byte[][]::new));
                frames.clear();
            }
        }
    }

    private void send(byte[]... frames) {
        var settings = Map.<String, Object>of(
                "bootstrap.servers", books.brokers(), "acks", "all", "max.request.size", 4_000_000);
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            var sent = new ArrayList<Future<?>>();
            for (var frame : frames) {
                sent.add(producer.send(new ProducerRecord<>("streamsync.races", 0, router.key(), frame)));
            }
            for (var one : sent) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void print(String line) {
        System.out.println(Instant.now() + " " + line);
    }
}
