package io.streamsync.router.journal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/// A process that writes until it dies, and says what it was told is written.
final class AppendUntilKilled {

    private AppendUntilKilled() {}

    public static void main(String[] arguments) throws InterruptedException {
        var journal = Journals.open(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        var underway = new Semaphore(100);
        for (var number = 0L; ; number++) {
            underway.acquire();
            journal.append(new Told("record " + number, underway));
        }
    }

    private record Told(String text, Semaphore underway) implements JournalEntry {

        @Override
        public byte[] encode() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void written(long position) {
            System.out.println(position);
            underway.release();
        }

        @Override
        public void lost() {
            underway.release();
        }
    }
}
