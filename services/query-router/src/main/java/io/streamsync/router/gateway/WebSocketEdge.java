package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.pubsub.ClientSession;
import io.streamsync.router.pubsub.CloseReason;
import io.streamsync.router.pubsub.PubSub;
import io.streamsync.router.race.LoopWatch;
import io.streamsync.router.race.RpcResponse;
import io.streamsync.router.race.SubscriptionTerms;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/// Clients' WebSockets, the same on both ports. The handshake is refused over HTTP, in JSON-RPC's words.
@Component
final class WebSocketEdge {

    /// Of a client's message: a subscription takes some hundred bytes, a batch of them some thousand.
    private static final int LARGEST_MESSAGE = 64 * 1024;

    /// Not compressed: what clients send is small, and each compressed connection costs memory for its
    /// dictionary. Pings are answered here: the server itself would pile up pongs without end for a client that
    /// does not read.
    private static final WebsocketServerSpec SPEC = WebsocketServerSpec.builder()
            .maxFramePayloadLength(LARGEST_MESSAGE)
            .handlePing(true)
            .build();

    private final UnreadMessages unread = UnreadMessages.inThisHeap();
    private final PubSub pubSub;
    private final SubscriptionTerms terms;
    private final LoopWatch loops;
    private final RouterLog log;

    WebSocketEdge(PubSub pubSub, SubscriptionTerms terms, LoopWatch loops, RouterLog log) {
        this.pubSub = pubSub;
        this.terms = terms;
        this.loops = loops;
        this.log = log;
    }

    static boolean isAskedFor(HttpServerRequest request) {
        return HttpMethod.GET.equals(request.method())
                && request.requestHeaders().containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
    }

    Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        var key = ApiKey.of(request);
        if (key == null) {
            return refuse(Refusal.of(RefusalCode.INVALID_KEY), request, response);
        }
        var handshake = new Handshake(request);
        var refusal = refusal(key, handshake);
        if (refusal != null) {
            return refuse(refusal, request, response);
        }
        if (loops.isOverloaded()) {
            return refuse(Refusal.of(RefusalCode.RATE_LIMITED).with("cause", "OVERLOAD"), request, response);
        }
        // once the request has ended: else the limit of its time would hold for the WebSocket
        return request.receive()
                .then(Mono.defer(() -> response.sendWebsocket((in, out) -> serve(key, handshake, in, out), SPEC)));
    }

    private @Nullable Refusal refusal(String key, Handshake handshake) {
        var credential = pubSub.credential(key);
        var invalid = credential == null ? null : terms.refusal(handshake, credential);
        return invalid == null ? pubSub.refusal(key) : invalid;
    }

    private static Mono<Void> refuse(Refusal refusal, HttpServerRequest request, HttpServerResponse response) {
        return RpcRoute.write(RpcResponse.Single.refused(refusal), request, response);
    }

    private Mono<Void> serve(String key, Handshake handshake, WebsocketInbound in, WebsocketOutbound out) {
        var channel = ((Connection) in).channel();
        var socket = new EdgeWebSocket(channel, out, unread);
        var session = pubSub.connected(key, credential -> terms.of(handshake, credential), socket);
        if (session == null) {
            return in.receiveFrames().then();
        }
        var _ = channel.closeFuture().addListener(_ -> session.closed());
        var messages = new ClientMessages(LARGEST_MESSAGE, session::received, () -> session.end(CloseReason.TOO_LARGE));
        return in.receiveFrames()
                .doOnNext(frame -> received(frame, socket, session, messages))
                .then();
    }

    /// Whatever breaks, it breaks for this client alone.
    private void received(WebSocketFrame frame, EdgeWebSocket socket, ClientSession session, ClientMessages messages) {
        try {
            session.alive();
            if (frame instanceof PingWebSocketFrame) {
                if (!socket.pong(frame.content())) {
                    session.end(CloseReason.NOT_READ);
                }
            } else {
                messages.add(frame);
            }
        } catch (RuntimeException e) {
            log.subscriberFailed(e);
            session.end(CloseReason.INTERNAL);
        }
    }
}
