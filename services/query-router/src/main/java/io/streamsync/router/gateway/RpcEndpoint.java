package io.streamsync.router.gateway;

import io.streamsync.router.jsonrpc.Refusal;
import io.streamsync.router.jsonrpc.RefusalCode;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.race.RacePipeline;
import io.streamsync.router.race.RpcResponse;
import java.time.InstantSource;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/// JSON-RPC over HTTP: reads the body, hands it to the race and writes what comes back. One Mono for the whole of it.
final class RpcEndpoint {

    private final RacePipeline pipeline;
    private final InstantSource clock;
    private final RouterLog log;

    RpcEndpoint(RacePipeline pipeline, InstantSource clock, RouterLog log) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.log = log;
    }

    Mono<ServerResponse> answer(ServerRequest request) {
        return Mono.create(sink -> {
            var http = request.exchange().getRequest();
            if (http.getHeaders().getContentLength() > RequestBody.LARGEST) {
                sink.success(tooLarge());
            } else {
                http.getBody()
                        .subscribe(new RequestBody(
                                body -> answer(new HttpRpcRequest(request, body, clock.millis()), sink),
                                () -> sink.success(tooLarge()),
                                sink::error));
            }
        });
    }

    private void answer(HttpRpcRequest request, MonoSink<ServerResponse> sink) {
        var loop = request.loop().events();
        if (loop.inEventLoop()) {
            race(request, sink);
        } else {
            loop.execute(() -> race(request, sink));
        }
    }

    private void race(HttpRpcRequest request, MonoSink<ServerResponse> sink) {
        try {
            pipeline.answer(request, response -> sink.success(new RpcServerResponse(response)));
        } catch (RuntimeException e) {
            log.queryFailed(e);
            sink.success(new RpcServerResponse(RpcResponse.Single.refused(Refusal.of(RefusalCode.UNAVAILABLE))));
        }
    }

    private static ServerResponse tooLarge() {
        return new RpcServerResponse(RpcResponse.Single.refused(
                Refusal.of(RefusalCode.REQUEST_TOO_LARGE).with("limit", RequestBody.LARGEST + " bytes")));
    }
}
