package io.streamsync.router.gateway;

import io.streamsync.router.gateway.Problem.FieldError;
import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import tools.jackson.databind.json.JsonMapper;

/// Renders every failure at the edge as a problem with a code: unknown paths, wrong fields, services that are not
/// there.
@Component
@Order(-2) // before Boot's own, which answers with a page
final class Problems implements WebExceptionHandler {

    private static final int BAD_REQUEST = 400;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    private final JsonMapper json;
    private final RouterLog log;

    Problems(JsonMapper json, RouterLog log) {
        this.json = json;
        this.log = log;
    }

    @Override
    public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
        var response = exchange.getResponse();
        if (response.isCommitted()) {
            return Mono.error(failure);
        }
        var problem = problem(failure, exchange.getRequest().getPath().value());
        if (problem.status() == INTERNAL && !AbortedException.isConnectionReset(failure)) {
            log.edgeFailed(problem.requestId(), failure);
        }
        response.setRawStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(json.writeValueAsBytes(problem))));
    }

    private static Problem problem(Throwable failure, String path) {
        return switch (failure) {
            case InvalidFieldException invalid ->
                Problem.of(BAD_REQUEST, "A field of the request is missing or wrong.", path, List.of(invalid.error()));
            // a connection to a service, or the want of one: refused, reset, ended early, all in use
            case IOException _ -> unavailable(path);
            case TimeoutException _ -> unavailable(path);
            case PoolAcquirePendingLimitException _ -> unavailable(path);
            case ErrorResponse refused -> {
                var status = refused.getStatusCode().value();
                yield Problem.of(status, detail(status), path, List.<FieldError>of());
            }
            default -> Problem.of(INTERNAL, detail(INTERNAL), path, List.<FieldError>of());
        };
    }

    private static Problem unavailable(String path) {
        return Problem.of(UNAVAILABLE, detail(UNAVAILABLE), path, List.of());
    }

    private static String detail(int status) {
        return switch (status) {
            case 404 -> "Nothing is served at this path with this method.";
            case 405 -> "This method is not served at this path.";
            case 413 -> "The body is larger than is taken here.";
            case 415 -> "Send the body as application/json.";
            case 502, 503, 504 -> "The service behind this path does not answer. Try again.";
            default ->
                status < INTERNAL
                        ? "The body is not the JSON object that is expected here."
                        : "The request was not carried out. Try again; if it stays so, tell the requestId to whoever"
                                + " runs this installation.";
        };
    }
}
