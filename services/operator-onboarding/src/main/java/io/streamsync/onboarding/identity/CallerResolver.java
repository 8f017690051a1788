package io.streamsync.onboarding.identity;

import io.streamsync.problems.ProblemCode;
import io.streamsync.problems.Refusal;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/// Finds the [Caller] by the session token that the request bears.
@Component
class CallerResolver implements HandlerMethodArgumentResolver, WebMvcConfigurer {

    private static final String BEARER = "Bearer ";

    private final Sessions sessions;
    private final InstantSource clock;

    CallerResolver(Sessions sessions, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType().equals(Caller.class);
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw noSession("Sign in with your wallet and send its token as Authorization: Bearer.");
        }
        return sessions.wallet(header.substring(BEARER.length()).strip(), clock.instant())
                .map(Caller::new)
                .orElseThrow(() -> noSession("The session is unknown or over. Sign in again."));
    }

    private static Refusal noSession(String detail) {
        return new Refusal(ProblemCode.INVALID_SESSION, detail);
    }
}
