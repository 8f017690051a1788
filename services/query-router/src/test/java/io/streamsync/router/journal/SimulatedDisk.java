package io.streamsync.router.journal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A disk in memory whose power can fail: of what was not synced each sector survives or not, by chance.
final class SimulatedDisk implements Disk {

    private static final int SECTOR = 32;

    private final Map<String, Contents> files = new TreeMap<>();
    private int effectsLeft = Integer.MAX_VALUE;
    private long room = Long.MAX_VALUE;
    private boolean heldUp;
    private int heldSyncs;

    /// The n-th write, sync or creation from now on fails, and all after it.
    synchronized void failAfter(int effects) {
        effectsLeft = effects;
    }

    /// Syncs return only once they are released.
    synchronized void holdUpSyncs() {
        heldUp = true;
    }

    synchronized boolean holdsUpASync() {
        return heldSyncs > 0;
    }

    synchronized void releaseSyncs() {
        heldUp = false;
        notifyAll();
    }

    /// All files together hold no more than so many bytes.
    void holdsAtMost(long bytes) {
        room = bytes;
    }

    /// What stands in a file right now.
    byte[] bytes(String name) {
        return contents(name).now.clone();
    }

    void replace(String name, byte[] bytes) {
        var contents = contents(name);
        contents.now = bytes.clone();
        contents.synced = bytes.clone();
    }

    /// A disk with what the death of the process leaves: everything, and what was not synced can still be lost.
    synchronized SimulatedDisk afterKill() {
        var left = new SimulatedDisk();
        files.forEach((name, contents) -> left.files.put(name, contents.copy()));
        return left;
    }

    /// A disk with what the loss of power leaves: all that was synced, and parts of the rest.
    synchronized SimulatedDisk afterPowerLoss(RandomGenerator random) {
        var left = new SimulatedDisk();
        files.forEach((name, contents) -> {
            if (contents.named || random.nextBoolean()) {
                left.files.put(name, Contents.synced(contents.torn(random)));
            }
        });
        return left;
    }

    @Override
    public synchronized List<String> names() {
        return List.copyOf(files.keySet());
    }

    @Override
    public synchronized JournalFile create(String name) throws IOException {
        effect();
        if (files.putIfAbsent(name, new Contents()) != null) {
            throw new IOException(name + " is there already");
        }
        return new Open(contents(name));
    }

    @Override
    public synchronized JournalFile open(String name) throws IOException {
        if (!files.containsKey(name)) {
            throw new FileNotFoundException(name);
        }
        return new Open(contents(name));
    }

    @Override
    public synchronized void delete(String name) {
        files.remove(name);
    }

    @Override
    public synchronized void syncNames() throws IOException {
        effect();
        files.values().forEach(contents -> contents.named = true);
    }

    @Override
    public void close() {}

    private Contents contents(String name) {
        var contents = files.get(name);
        if (contents == null) {
            throw new IllegalArgumentException("no file " + name);
        }
        return contents;
    }

    private synchronized void awaitRelease() throws IOException {
        heldSyncs++;
        try {
            while (heldUp) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.getMessage());
        } finally {
            heldSyncs--;
        }
    }

    private synchronized void effect() throws IOException {
        if (effectsLeft-- <= 0) {
            effectsLeft = 0;
            throw new IOException("the disk has failed");
        }
    }

    private static final class Contents {

        private byte[] synced = new byte[0];
        private byte[] now = new byte[0];
        private boolean named;

        static Contents synced(byte[] bytes) {
            var contents = new Contents();
            contents.synced = bytes.clone();
            contents.now = bytes.clone();
            contents.named = true;
            return contents;
        }

        Contents copy() {
            var contents = new Contents();
            contents.synced = synced.clone();
            contents.now = now.clone();
            contents.named = named;
            return contents;
        }

        byte[] torn(RandomGenerator random) {
            var left = Arrays.copyOf(synced, now.length);
            var end = Math.min(synced.length, now.length);
            for (var sector = 0; sector < now.length; sector += SECTOR) {
                var length = Math.min(SECTOR, now.length - sector);
                if (isUnsynced(sector, length) && random.nextBoolean()) {
                    System.arraycopy(now, sector, left, sector, length);
                    end = Math.max(end, sector + length);
                }
            }
            return end == now.length || random.nextBoolean() ? Arrays.copyOf(left, end) : left;
        }

        private boolean isUnsynced(int from, int length) {
            return from + length > synced.length
                    || !Arrays.equals(now, from, from + length, synced, from, from + length);
        }
    }

    private final class Open implements JournalFile {

        private final Contents contents;
        private final List<String> closed = new ArrayList<>();

        Open(Contents contents) {
            this.contents = contents;
        }

        @Override
        public long size() {
            synchronized (SimulatedDisk.this) {
                return contents.now.length;
            }
        }

        @Override
        public void write(ByteBuffer bytes, long offset) throws IOException {
            synchronized (SimulatedDisk.this) {
                var free = room
                        - files.values().stream()
                                .mapToLong(file -> file.now.length)
                                .sum();
                var failure = free < bytes.remaining() ? new IOException("no space left on device") : effectFailure();
                var length = failure == null ? bytes.remaining() : (int) Math.min(free, bytes.remaining() / 2);
                var end = (int) offset + length;
                contents.now = Arrays.copyOf(contents.now, Math.max(contents.now.length, end));
                bytes.get(contents.now, (int) offset, length);
                if (failure != null) {
                    throw failure;
                }
            }
        }

        private @Nullable IOException effectFailure() {
            try {
                requireOpen();
                effect();
                return null;
            } catch (IOException e) {
                return e;
            }
        }

        @Override
        public int read(ByteBuffer into, long offset) {
            synchronized (SimulatedDisk.this) {
                if (offset >= contents.now.length) {
                    return -1;
                }
                var length = Math.min(into.remaining(), contents.now.length - (int) offset);
                into.put(contents.now, (int) offset, length);
                return length;
            }
        }

        @Override
        public void sync() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                awaitRelease();
                effect();
                contents.synced = contents.now.clone();
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (SimulatedDisk.this) {
                contents.now = Arrays.copyOf(contents.now, (int) size);
            }
        }

        @Override
        public void close() {
            closed.add("closed");
        }

        private void requireOpen() throws IOException {
            if (!closed.isEmpty()) {
                throw new IOException("the file is closed");
            }
        }
    }
}
