package io.streamsync.launcher.installation;

/// What stands in the way, in one line for the person who typed the command.
public final class Obstacle extends RuntimeException {

    private final String line;

    public Obstacle(String line) {
        super(line);
        this.line = line;
    }

    public Obstacle(String line, Throwable cause) {
        super(line, cause);
        this.line = line;
    }

    public String line() {
        return line;
    }
}
