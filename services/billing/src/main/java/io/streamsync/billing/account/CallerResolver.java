package io.streamsync.billing.account;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Finds out who calls: `Authorization: Bearer`, `X-API-Key`, or `?api-key=` where the key only asks (addresses end up
/// in logs, so nothing that moves money is taken from one).
@Component
class CallerResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private static final String BEARER = "Bearer ";

    private final AccountKeys keys;

    CallerResolver(AccountKeys keys) {
        this.keys = keys;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public @Nullable Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var anyKey = parameter.getParameterAnnotation(AnyKey.class);
        var key = presented(request);
        if (key.isEmpty() && anyKey != null && anyKey.orNone()) {
            return null;
        }
        var known = key.orElseThrow(CallerResolver::invalid);
        if (known.terms().scope() == Scope.QUERY && anyKey == null) {
            throw new Refusal(
                    ProblemCode.SCOPE_MISSING, "This takes a key with scope \"manage\": use the management key.");
        }
        return new Caller(known.customer(), known.id());
    }

    private Optional<AccountKey> presented(NativeWebRequest request) {
        var header = header(request);
        if (header != null) {
            return valid(header);
        }
        var parameter = request.getParameter("api-key");
        return parameter == null
                ? Optional.empty()
                : valid(parameter).filter(key -> key.terms().scope() != Scope.MANAGE);
    }

    private static @Nullable String header(NativeWebRequest request) {
        var authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return authorization.substring(BEARER.length()).strip();
        }
        return request.getHeader("X-API-Key");
    }

    private Optional<AccountKey> valid(String key) {
        return keys.byHash(AccountKey.hashOf(key)).filter(found -> !found.revoked());
    }

    private static Refusal invalid() {
        return new Refusal(
                ProblemCode.INVALID_KEY,
                "Send a valid key as \"Authorization: Bearer KEY\" or \"X-API-Key: KEY\". POST /v1/accounts gives one.");
    }
}
