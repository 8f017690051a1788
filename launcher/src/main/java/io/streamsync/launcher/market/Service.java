package io.streamsync.launcher.market;

import io.streamsync.launcher.process.Program;

/// A service or router of ours: how it runs and where it tells its health.
record Service(Program program, int healthPort) {

    String name() {
        return program.name();
    }
}
