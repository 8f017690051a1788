package io.streamsync.router.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.router.access.Credential;
import io.streamsync.router.access.Credential.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/// Who gets how many of a thousand connections.
class OpenConnectionsTests {

    private final OpenConnections connections = new OpenConnections(1_000, 100);
    private final List<Object> ended = new ArrayList<>();

    @Test
    void givesAnAccountNoMoreThanAPartOfWhatIsFree() {
        var taken = 0;
        while (enters(key("rich", taken / 100), true)) {
            taken++;
        }

        assertThat(taken).isEqualTo(200);
        assertThat(enters(key("other", 0), true)).isTrue();
    }

    @Test
    void letsNobodyBeCrowdedOut() {
        for (var account = 0; account < 100; account++) {
            while (enters(key("account" + account, 0), true)) {
                assertThat(ended).isEmpty();
            }
        }

        assertThat(enters(key("late", 0), true)).isFalse(); // full, by a hundred accounts that pay
    }

    @Test
    void givesAnAccountWithoutCreditAFew() {
        for (var i = 0; i < 5; i++) {
            assertThat(enters(key("poor", i), false)).isTrue();
        }

        assertThat(enters(key("poor", 5), false)).isFalse();
        assertThat(enters(key("poor", 5), true)).isTrue();
    }

    @Test
    void cannotBeFilledByAccountsWithoutCredit() {
        for (var i = 0; i < 2_000; i++) {
            assertThat(enters(key("free" + i, 0), false)).isTrue();
        }

        assertThat(ended).hasSize(1_900);
        assertThat(enters(key("rich", 0), true)).isTrue();
    }

    @Test
    void displacesNobodyWhoTurnedOutToHaveCredit() {
        var credential = key("rich", 0);
        var connection = new Object();
        connections.enter(credential, false, connection, () -> ended.add("rich"));
        connections.hasCredit(connection);

        for (var i = 0; i < 200; i++) {
            enters(key("free" + i, 0), false);
        }

        assertThat(ended).isNotEmpty().doesNotContain("rich");
    }

    private boolean enters(Credential credential, boolean hasCredit) {
        var connection = new Object();
        return connections.enter(credential, hasCredit, connection, () -> {
            ended.add(connection);
            connections.leave(credential, connection);
        });
    }

    private static Credential key(String account, int number) {
        return new Credential(
                account + "-" + number,
                account,
                Scope.QUERY,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalInt.empty(),
                OptionalInt.empty());
    }
}
