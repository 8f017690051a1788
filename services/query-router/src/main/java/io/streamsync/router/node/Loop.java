package io.streamsync.router.node;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;

/// The event loop that a query arrived on. Everything of its race runs there, so that nothing needs a lock.
///
/// @param socket the class of the inbound channel, which is the one that fits the loop
public record Loop(EventLoop events, Class<? extends Channel> socket) {

    public static Loop of(Channel inbound) {
        var connection = inbound.parent() != null && !isSocket(inbound) ? inbound.parent() : inbound;
        return new Loop(connection.eventLoop(), connection.getClass());
    }

    /// An HTTP/2 stream is a channel whose parent is the socket; a socket's parent is the listening one.
    private static boolean isSocket(Channel channel) {
        return channel instanceof SocketChannel;
    }
}
