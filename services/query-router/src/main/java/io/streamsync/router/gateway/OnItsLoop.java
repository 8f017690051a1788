package io.streamsync.router.gateway;

import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;

/// A response of WebFlux that is written on its connection's own event loop, whatever thread its body comes from. The
/// server changes the connection's pipeline while it writes; done from elsewhere, that meets the end of this response
/// or the begin of the next, and now and then a later request on the connection is never answered.
final class OnItsLoop extends ServerHttpResponseDecorator {

    private final Scheduler loop;

    private OnItsLoop(ServerHttpResponse response, Scheduler loop) {
        super(response);
        this.loop = loop;
    }

    static ServerWebExchange exchange(ServerWebExchange exchange) {
        return ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest()) instanceof Connection connection
                ? exchange.mutate()
                        .response(new OnItsLoop(
                                exchange.getResponse(),
                                Schedulers.fromExecutor(connection.channel().eventLoop())))
                        .build()
                : exchange;
    }

    @Override
    public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
        return super.writeWith(
                body instanceof Mono<? extends DataBuffer> whole
                        ? whole.publishOn(loop)
                        : Flux.from(body).publishOn(loop));
    }

    @Override
    public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> body) {
        return super.writeAndFlushWith(
                Flux.from(body).publishOn(loop).map(part -> Flux.from(part).publishOn(loop)));
    }

    @Override
    public Mono<Void> setComplete() {
        return Mono.defer(super::setComplete).subscribeOn(loop);
    }
}
