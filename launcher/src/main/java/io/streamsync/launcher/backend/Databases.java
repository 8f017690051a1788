package io.streamsync.launcher.backend;

import io.streamsync.launcher.installation.Obstacle;
import io.streamsync.launcher.installation.Secrets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;

/// One database and one role of the same name per service that keeps state; nobody else may connect to it.
public final class Databases {

    private static final List<String> NAMES = List.of("onboarding", "billing", "reputation");

    /// SQLSTATE cannot_connect_now: the server is starting up.
    private static final String STARTING = "57P03";

    /// SQLSTATE class 08: nobody listens yet.
    private static final String NO_CONNECTION = "08";

    private final int port;
    private final Secrets secrets;

    Databases(int port, Secrets secrets) {
        this.port = port;
        this.secrets = secrets;
    }

    public String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /// @throws Obstacle when the server answers, but not to us
    public boolean areReachable() {
        try (var connection = connect()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            var state = String.valueOf(e.getSQLState());
            if (state.equals(STARTING) || state.startsWith(NO_CONNECTION)) {
                return false;
            }
            throw new Obstacle("PostgreSQL refuses the launcher: " + e.getMessage(), e);
        }
    }

    /// Creates what is missing; roles get the password of the secrets also when they are there.
    public void create() {
        try (var connection = connect()) {
            for (var name : NAMES) {
                createRole(connection, name);
                createDatabase(connection, name);
            }
        } catch (SQLException e) {
            throw new Obstacle("cannot create the databases: " + e.getMessage(), e);
        }
    }

    private Connection connect() throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", Postgres.SUPERUSER);
        properties.setProperty("password", secrets.databasePassword(Postgres.SUPERUSER));
        properties.setProperty("connectTimeout", "2");
        properties.setProperty("loginTimeout", "5");
        return DriverManager.getConnection(url("postgres"), properties);
    }

    private void createRole(Connection connection, String name) throws SQLException {
        var verb = exists(connection, "pg_roles where rolname", name) ? "alter" : "create";
        // The password is hex digits of our own making: nothing to quote.
        execute(connection, verb + " role " + name + " login password '" + secrets.databasePassword(name) + "'");
    }

    private static void createDatabase(Connection connection, String name) throws SQLException {
        if (!exists(connection, "pg_database where datname", name)) {
            execute(connection, "create database " + name + " owner " + name);
            execute(connection, "revoke all on database " + name + " from public");
        }
    }

    private static boolean exists(Connection connection, String where, String name) throws SQLException {
        try (var statement = connection.prepareStatement("select 1 from " + where + " = ?")) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
