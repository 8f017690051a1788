package io.streamsync.router.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Who must go when too much waits for clients.
class UnreadMessagesTests {

    private static final long BLOCK = 16 * 1024 * 1024;

    private final UnreadMessages unread = new UnreadMessages(4 * BLOCK);

    @Test
    void takesALargeMessageForOneWhoReads() {
        assertThat(unread.isTooMuch(0, BLOCK)).isFalse();
        assertThat(unread.isTooMuch(100, BLOCK)).isFalse();
    }

    @Test
    void boundsWhatAllClientsLeaveUnread() {
        var clients = 0;
        while (!unread.isTooMuch(0, BLOCK)) {
            unread.add(BLOCK);
            clients++;
            assertThat(clients).isLessThan(5);
        }

        assertThat(unread.isTooMuch(0, 200)).isFalse();
        assertThat(unread.isTooMuch(1, 200)).isTrue();
    }

    @Test
    void boundsWhatOneLeavesUnread() {
        assertThat(unread.isTooMuch(BLOCK, 1)).isTrue();
    }
}
