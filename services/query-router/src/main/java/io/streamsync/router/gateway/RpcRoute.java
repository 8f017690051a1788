package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.streamsync.router.access.Credential;
import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.race.RacePipeline;
import io.streamsync.router.race.RpcResponse;
import java.time.InstantSource;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;

/// JSON-RPC over HTTP, as a route of the server itself in front of WebFlux: dispatching there and writing its responses
/// would cost as much as the race. Reads the body, hands it to the race and writes what comes back. Bodies are read for
/// those only who have a key: what is too large by its own account is refused before that, and the rest after it.
@Component
final class RpcRoute implements EdgeRoute {

    private final RacePipeline pipeline;
    private final InstantSource clock;
    private final RouterLog log;

    RpcRoute(RacePipeline pipeline, InstantSource clock, RouterLog log) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.log = log;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(
                request -> HttpMethod.POST.equals(request.method()) && RpcPath.matches(request.uri()), this::answer);
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return Mono.<RpcResponse>create(sink -> answer(request, sink))
                .flatMap(rpc -> Mono.defer(() -> write(rpc, request, response)).doFinally(_ -> rpc.written()))
                .doOnDiscard(RpcResponse.class, RpcResponse::written)
                .onErrorResume(failure -> brokenOff(failure, response));
    }

    private void answer(HttpServerRequest request, MonoSink<RpcResponse> sink) {
        if (RequestBody.announcedLength(request) > RequestBody.LARGEST) {
            sink.success(tooLarge());
            return;
        }
        var credential = pipeline.credential(ApiKey.of(request));
        if (credential == null) {
            sink.success(RpcResponse.Single.refused(Refusal.of(pipeline.keyRefusal())));
            return;
        }
        request.receive()
                .subscribe(new RequestBody(
                        body -> unpacked(body, request, credential, sink),
                        () -> sink.success(tooLarge()),
                        sink::error));
    }

    private void unpacked(byte[] packed, HttpServerRequest request, Credential credential, MonoSink<RpcResponse> sink) {
        switch (PackedBody.of(request, packed, RequestBody.LARGEST)) {
            case PackedBody.Unpacked(var body) ->
                race(new HttpRpcRequest(request, body, clock.millis()), credential, sink);
            case PackedBody.TooLarge _ -> sink.success(tooLarge());
            case PackedBody.Broken _ -> sink.success(RpcResponse.Single.refused(Refusal.of(RefusalCode.PARSE_ERROR)));
        }
    }

    private void race(HttpRpcRequest request, Credential credential, MonoSink<RpcResponse> sink) {
        try {
            pipeline.answer(request, credential, sink::success);
        } catch (RuntimeException e) {
            log.queryFailed(e);
            sink.success(RpcResponse.Single.refused(Refusal.of(RefusalCode.UNAVAILABLE)));
        }
    }

    static Mono<Void> write(RpcResponse rpc, HttpServerRequest request, HttpServerResponse response) {
        if (rpc instanceof RpcResponse.Single single && single.rest() != null) {
            var around = single.response();
            RpcHeaders.large(single, response.status(single.status()).responseHeaders());
            Cors.allow(request.requestHeaders(), response.responseHeaders());
            return LargeResponse.write(single.rest(), around.head(), around.tail(), request, response);
        }
        var body = ResponseBytes.of(rpc, response.alloc());
        var headers = response.status(rpc.status()).responseHeaders();
        RpcHeaders.write(rpc, body.readableBytes(), headers);
        Cors.allow(request.requestHeaders(), headers);
        return response.sendObject(body).then();
    }

    /// A body that did not come whole, or an answer that did not get through.
    private static Mono<Void> brokenOff(Throwable failure, HttpServerResponse response) {
        return response.hasSentHeaders()
                ? Mono.error(failure)
                : response.status(HttpResponseStatus.REQUEST_TIMEOUT).send();
    }

    private static RpcResponse tooLarge() {
        return RpcResponse.Single.refused(
                Refusal.of(RefusalCode.REQUEST_TOO_LARGE).with("limit", RequestBody.LARGEST + " bytes"));
    }
}
