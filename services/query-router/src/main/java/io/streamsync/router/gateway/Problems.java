package io.streamsync.router.gateway;

import io.streamsync.router.log.RouterLog;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.InvalidMediaTypeException;
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

    private static final int UNREADABLE_TYPE = 415;

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
        if (problem.status() == ProblemCode.INTERNAL.status() && !isOfAClientThatLeft(failure)) {
            log.edgeFailed(problem.requestId(), failure);
        }
        response.setRawStatusCode(problem.status());
        if (failure instanceof ErrorResponse refused) {
            response.getHeaders().addAll(refused.getHeaders());
        }
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return response.writeWith(Mono.just(response.bufferFactory().wrap(json.writeValueAsBytes(problem))));
    }

    private static boolean isOfAClientThatLeft(Throwable failure) {
        return failure instanceof AbortedException || AbortedException.isConnectionReset(failure);
    }

    private static Problem problem(Throwable failure, String path) {
        return switch (failure) {
            case InvalidFieldException invalid ->
                Problem.of(ProblemCode.INVALID_REQUEST, path, List.of(invalid.error()));
            // a connection to a service, or the want of one: refused, reset, ended early, all in use
            case IOException _ -> Problem.of(ProblemCode.UNAVAILABLE, path, List.of());
            case TimeoutException _ -> Problem.of(ProblemCode.UNAVAILABLE, path, List.of());
            case PoolAcquirePendingLimitException _ -> Problem.of(ProblemCode.UNAVAILABLE, path, List.of());
            case DataBufferLimitException _ -> Problem.of(ProblemCode.REQUEST_TOO_LARGE, path, List.of());
            // of the request's own headers
            case InvalidMediaTypeException _ -> Problem.of(UNREADABLE_TYPE, detail(UNREADABLE_TYPE), path);
            case ErrorResponse refused -> {
                var status = refused.getStatusCode().value();
                yield Problem.of(status, detail(status), path);
            }
            default -> Problem.of(ProblemCode.INTERNAL, path, List.of());
        };
    }

    private static String detail(int status) {
        var code = ProblemCode.ofStatus(status);
        return switch (status) {
            case 405 -> "This method is not served at this path; see Allow.";
            case 406 -> "The answer cannot be given in what Accept names.";
            case 415 -> "Send the body as application/json.";
            default ->
                code == ProblemCode.INVALID_REQUEST
                        ? "The body is not the JSON object that is expected here."
                        : code.detail();
        };
    }
}
