package io.streamsync.problems;

import io.streamsync.problems.Refusal.FieldError;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DatabindException;

/// Renders every failure of a request as a problem with a code. Only what nobody foresaw is logged, once, here.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler(Refusal.class)
    ResponseEntity<Object> refused(Refusal refusal, HttpServletRequest request) {
        var problem = problem(refusal.code(), refusal.getMessage(), refusal.errors(), request);
        refusal.members().forEach(problem::setProperty);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler(OptimisticLockingFailureException.class)
    ResponseEntity<Object> changedMeanwhile(HttpServletRequest request) {
        var problem = problem(
                ProblemCode.VERSION_CONFLICT,
                "Somebody changed it while this request ran. Read it again and repeat the change.",
                List.of(),
                request);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    /// The database is away, or keeps somebody waiting for too long.
    @ExceptionHandler({
        TransientDataAccessException.class,
        RecoverableDataAccessException.class,
        NonTransientDataAccessResourceException.class,
        CannotCreateTransactionException.class,
        TransactionSystemException.class
    })
    ResponseEntity<Object> unavailable(Exception failure, HttpServletRequest request) {
        var problem = problem(ProblemCode.UNAVAILABLE, "Try again in a moment.", List.of(), request);
        log.atWarn()
                .setMessage("request could not be carried out for now")
                .addKeyValue("requestId", requestId(problem))
                .addKeyValue("path", request.getRequestURI())
                .addKeyValue("reason", failure.getMessage())
                .log();
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler(MethodArgumentTypeMismatchException.class)
    ResponseEntity<Object> mismatch(MethodArgumentTypeMismatchException mismatch, HttpServletRequest request) {
        var problem = problem(
                ProblemCode.INVALID_REQUEST,
                "The parameter " + mismatch.getName() + " has a value of another kind than expected.",
                List.of(new FieldError(mismatch.getName(), "not a value of the expected kind")),
                request);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    /// A parameter whose bytes are no text, or more parameters than the server reads: found when the first one is used.
    @ExceptionHandler(InvalidParameterException.class)
    ResponseEntity<Object> unreadable(HttpServletRequest request) {
        var problem = problem(
                ProblemCode.INVALID_REQUEST,
                "A parameter cannot be read: send percent-encoded UTF-8, each parameter once.",
                List.of(),
                request);
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> unforeseen(Exception failure, HttpServletRequest request) {
        var problem = problem(
                ProblemCode.INTERNAL,
                "The request was not carried out. Try again; if it stays so, tell the requestId to whoever runs this"
                        + " installation.",
                List.of(),
                request);
        log.atError()
                .setMessage("request failed")
                .addKeyValue("requestId", requestId(problem))
                .addKeyValue("path", request.getRequestURI())
                .setCause(failure)
                .log();
        return ResponseEntity.status(problem.getStatus()).body(problem);
    }

    /// What Spring itself refuses: an unreadable body, an unknown path, a method or type that is not served.
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest webRequest) {
        var request = ((ServletWebRequest) webRequest).getRequest();
        if (status.is5xxServerError()) {
            return unforeseen(failure, request);
        }
        var code = status.value() == 404 ? ProblemCode.NOT_FOUND : ProblemCode.INVALID_REQUEST;
        var problem = problem(code, detail(failure, status, request), fieldErrors(failure), request);
        problem.setStatus(status.value());
        return ResponseEntity.status(status).headers(headers).body(problem);
    }

    private static String detail(Exception failure, HttpStatusCode status, HttpServletRequest request) {
        return switch (status.value()) {
            case 404 -> "No resource at " + request.getRequestURI() + ".";
            case 405 -> "The method " + request.getMethod() + " is not served at this path.";
            case 415 -> "Send the body as application/json.";
            default ->
                failure instanceof HttpMessageNotReadableException
                        ? "The body is not the JSON object that is expected here."
                        : "A part of the request is missing or wrong.";
        };
    }

    private static List<FieldError> fieldErrors(Exception failure) {
        if (failure instanceof MethodArgumentNotValidException invalid) {
            return invalid.getBindingResult().getFieldErrors().stream()
                    .map(error -> new FieldError(error.getField(), String.valueOf(error.getDefaultMessage())))
                    .toList();
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return switch (unreadable.getCause()) {
                case DatabindException databind
                when !databind.getPath().isEmpty() ->
                    List.of(new FieldError(path(databind), "not a value of the expected kind"));
                case null, default -> List.of();
            };
        }
        return List.of();
    }

    private static String path(DatabindException failure) {
        var path = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            var name = step.getPropertyName();
            path.append(path.isEmpty() || name == null ? "" : ".")
                    .append(name == null ? "[" + step.getIndex() + "]" : name);
        }
        return path.toString();
    }

    private static ProblemDetail problem(
            ProblemCode code, @Nullable String detail, List<FieldError> errors, HttpServletRequest request) {
        var problem = ProblemDetail.forStatus(code.status());
        problem.setType(URI.create("/docs/problems#" + code.name().toLowerCase(Locale.ROOT)));
        problem.setTitle(code.title());
        problem.setDetail(detail);
        problem.setInstance(URI.create(request.getRequestURI()));
        problem.setProperty("code", code.name());
        problem.setProperty("requestId", UUID.randomUUID().toString());
        if (!errors.isEmpty()) {
            problem.setProperty("errors", errors);
        }
        return problem;
    }

    private static Object requestId(ProblemDetail problem) {
        var properties = problem.getProperties();
        return properties == null ? "" : properties.getOrDefault("requestId", "");
    }
}
