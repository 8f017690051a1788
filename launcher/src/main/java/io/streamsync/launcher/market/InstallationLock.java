package io.streamsync.launcher.market;

import io.streamsync.launcher.installation.Installation;
import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.process.ProcessIdentity;
import io.streamsync.launcher.process.RunFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/// One supervisor per installation; the operating system gives the lock back whatever kills the holder.
final class InstallationLock implements AutoCloseable {

    private final FileLock lock;

    private InstallationLock(FileLock lock) {
        this.lock = lock;
    }

    /// @throws Obstacle when another supervisor holds it
    static InstallationLock acquire(Installation installation) {
        try {
            var channel = FileChannel.open(installation.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            var lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw held(installation);
            }
            return new InstallationLock(lock);
        } catch (OverlappingFileLockException e) {
            throw held(installation);
        } catch (IOException e) {
            throw new Obstacle("cannot lock " + installation.lock() + ": " + e.getMessage(), e);
        }
    }

    static Obstacle held(Installation installation) {
        var holder = new RunFiles(installation)
                .alive(Supervisor.NAME)
                .map(ProcessIdentity::pid)
                .map(pid -> "process " + pid)
                .orElse("another process");
        return new Obstacle(holder + " holds the lock of " + installation.home()
                + ": wait for it, stop it with ./streamsync down, or set another STREAMSYNC_HOME");
    }

    @Override
    public void close() {
        try {
            lock.acquiredBy().close();
        } catch (IOException e) {
            throw new Obstacle("cannot give the lock back: " + e.getMessage(), e);
        }
    }
}
