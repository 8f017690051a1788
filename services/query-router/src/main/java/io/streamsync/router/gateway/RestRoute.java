package io.streamsync.router.gateway;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.streamsync.router.access.Credential;
import io.streamsync.router.gateway.Problem.FieldError;
import io.streamsync.router.log.RouterLog;
import io.streamsync.router.race.RacePipeline;
import io.streamsync.router.race.RpcResponse;
import io.streamsync.router.rest.RestPath;
import io.streamsync.router.rest.RestQuery;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.reactivestreams.Publisher;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.HttpServerRoutes;
import tools.jackson.databind.json.JsonMapper;

/// REST queries: each becomes a JSON-RPC call and takes the same way as any other query.
@Component
final class RestRoute implements EdgeRoute {

    private final RacePipeline pipeline;
    private final InstantSource clock;
    private final JsonMapper json;
    private final RouterLog log;

    RestRoute(RacePipeline pipeline, InstantSource clock, JsonMapper json, RouterLog log) {
        this.pipeline = pipeline;
        this.clock = clock;
        this.json = json;
        this.log = log;
    }

    @Override
    public HttpServerRoutes apply(HttpServerRoutes routes) {
        return routes.route(
                request -> HttpMethod.GET.equals(request.method()) && RestPath.of(request.uri()) != null, this::answer);
    }

    private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response) {
        return Mono.<RestResponse>create(sink -> answer(request, sink))
                .flatMap(
                        rest -> Mono.defer(() -> write(rest, request, response)).doFinally(_ -> written(rest)))
                .doOnDiscard(RestResponse.class, RestRoute::written);
    }

    /// In the order of the public interfaces: size, key, what is asked, terms.
    private void answer(HttpServerRequest request, MonoSink<RestResponse> sink) {
        if (RequestBody.announcedLength(request) > RequestBody.LARGEST) {
            refuse(ProblemCode.REQUEST_TOO_LARGE, List.of(), request, sink);
            return;
        }
        var credential = pipeline.credential(ApiKey.of(request));
        if (credential == null) {
            refuse(ProblemCode.valueOf(pipeline.keyRefusal().name()), List.of(), request, sink);
            return;
        }
        var path = Objects.requireNonNull(RestPath.of(request.uri()));
        switch (path.query(HttpRpcRequest.parameters(request.uri()))) {
            case RestQuery.Asked(var call) ->
                race(new HttpRpcRequest(request, call, clock.millis()), credential, request, sink);
            case RestQuery.Wrong(var part, var detail) ->
                refuse(ProblemCode.INVALID_REQUEST, List.of(new FieldError(part, detail)), request, sink);
        }
    }

    private void race(
            HttpRpcRequest call, Credential credential, HttpServerRequest request, MonoSink<RestResponse> sink) {
        try {
            pipeline.answer(call, credential, answer -> sink.success(rendered(answer, request)));
        } catch (RuntimeException e) {
            log.queryFailed(e);
            refuse(ProblemCode.UNAVAILABLE, List.of(), request, sink);
        }
    }

    private RestResponse rendered(RpcResponse answer, HttpServerRequest request) {
        if (answer instanceof RpcResponse.Single single) {
            return RestResponse.of(single, path(request), json);
        }
        throw new IllegalStateException("a single call is answered by a single response");
    }

    private void refuse(
            ProblemCode code, List<FieldError> errors, HttpServerRequest request, MonoSink<RestResponse> sink) {
        sink.success(RestResponse.of(Problem.of(code, path(request), errors), json));
    }

    private Mono<Void> write(RestResponse rest, HttpServerRequest request, HttpServerResponse response) {
        var large = rest.rpc();
        if (large != null && large.rest() != null && large.race() != null) {
            RpcHeaders.large(large, response.status(rest.status()).responseHeaders());
            Cors.allow(request.requestHeaders(), response.responseHeaders());
            var tail = RestResponse.tail(large.race(), json);
            return LargeResponse.write(large.rest(), RestResponse.head(), tail, request, response);
        }
        var headers = response.status(rest.status()).responseHeaders();
        headers.set(HttpHeaderNames.CONTENT_TYPE, rest.contentType());
        headers.setInt(HttpHeaderNames.CONTENT_LENGTH, rest.body().readableBytes());
        if (rest.rpc() != null) {
            RpcHeaders.single(rest.rpc(), headers);
        }
        Cors.allow(request.requestHeaders(), headers);
        return response.sendObject(rest.body()).then();
    }

    private static void written(RestResponse rest) {
        if (rest.rpc() != null) {
            rest.rpc().written();
        }
    }

    /// Without the query: it may carry the key.
    private static String path(HttpServerRequest request) {
        var query = request.uri().indexOf('?');
        return query < 0 ? request.uri() : request.uri().substring(0, query);
    }
}
