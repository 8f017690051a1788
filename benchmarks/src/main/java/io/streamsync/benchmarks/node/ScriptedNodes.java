package io.streamsync.benchmarks.node;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.streamsync.benchmarks.load.Loops;
import java.net.InetAddress;

/// The process that plays all nodes, each on a port of its own, on one thread.
public final class ScriptedNodes {

    private ScriptedNodes() {}

    /// @param arguments first port, number of nodes
    public static void main(String[] arguments) throws InterruptedException {
        var firstPort = Integer.parseInt(arguments[0]);
        var loops = Loops.one("nodes");
        for (var at = 0; at < Integer.parseInt(arguments[1]); at++) {
            var node = new ScriptedNode(at);
            new ServerBootstrap()
                    .group(loops)
                    .channel(Loops.serverSocket())
                    .childOption(ChannelOption.TCP_NODELAY, true)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new NodeConnection(node));
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), firstPort + at)
                    .sync();
        }
        Thread.currentThread().join();
    }
}
