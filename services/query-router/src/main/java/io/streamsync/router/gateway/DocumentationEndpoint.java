package io.streamsync.router.gateway;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.MediaTypeFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/// The public interfaces, to read and to browse. Everything comes from here: it works without any other site.
final class DocumentationEndpoint {

    /// Scripts of this origin only; the viewer sets styles of its own and draws its icons as data.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String[] FILES = {
        "swagger-ui.css", "swagger-ui-bundle.js", "favicon-32x32.png", "start.js", "page.css"
    };

    private final byte[] index = Documentation.file("index.html");
    private final byte[] api = Documentation.file("openapi.json");
    private final String problems = Documentation.problems();

    RouterFunction<ServerResponse> paths() {
        var paths = route().GET("/", _ -> toDocumentation())
                .GET("/docs/", _ -> toDocumentation())
                .GET("/docs", _ -> page(index))
                .GET("/docs/problems", _ -> page(problems))
                .GET("/openapi.json", _ -> file(api, MediaType.APPLICATION_JSON));
        for (var name : FILES) {
            var content = Documentation.file(name);
            var type = MediaTypeFactory.getMediaType(name).orElse(MediaType.APPLICATION_OCTET_STREAM);
            paths.GET("/docs/" + name, _ -> file(content, type));
        }
        return paths.build();
    }

    private static Mono<ServerResponse> toDocumentation() {
        return ServerResponse.temporaryRedirect(URI.create("/docs")).build();
    }

    private static Mono<ServerResponse> page(Object body) {
        return ServerResponse.ok()
                .contentType(MediaType.valueOf("text/html;charset=utf-8"))
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .bodyValue(body);
    }

    /// Asked for again after each change of version: these files have no versions in their names.
    private static Mono<ServerResponse> file(byte[] content, MediaType type) {
        return ServerResponse.ok()
                .contentType(type)
                .header("X-Content-Type-Options", "nosniff")
                .cacheControl(CacheControl.noCache())
                .bodyValue(content);
    }
}
