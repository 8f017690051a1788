package io.streamsync.system;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/// Somebody who holds a lock in billing's books, as an administrator can: whoever needs it stands still in the
/// middle of its transaction, until it is let go.
final class HeldUp implements AutoCloseable {

    private static final String WAITING =
            "select exists (select from pg_locks where not granted and pg_backend_pid() = any (pg_blocking_pids(pid)))";

    private final Connection connection;

    private HeldUp(Connection connection) {
        this.connection = connection;
    }

    /// @param environment of billing, which says where its books are
    /// @param lock a statement that takes it
    static HeldUp by(Map<String, String> environment, String lock) {
        try {
            var connection = books(environment);
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute(lock);
            }
            return new HeldUp(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The books, asked past billing.
    static Connection books(Map<String, String> environment) throws SQLException {
        return DriverManager.getConnection(
                environment.get("SPRING_DATASOURCE_URL"),
                environment.get("SPRING_DATASOURCE_USERNAME"),
                environment.get("SPRING_DATASOURCE_PASSWORD"));
    }

    /// Whether somebody waits for the lock.
    boolean holdsSomebody() {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(WAITING)) {
            return rows.next() && rows.getBoolean(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (connection) {
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
