package io.streamsync.router.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.springframework.core.io.ClassPathResource;

/// The documents of the public interfaces, as they are packed into this jar.
final class Documentation {

    private static final String TEXT = "<!-- text -->";

    private Documentation() {}

    /// Whole, to be written in one go: a file that is read and written piece by piece ends its answer on
    /// another thread, and now and then the client's next but one request on that connection was never
    /// answered.
    static byte[] file(String name) {
        try {
            return resource(name).getContentAsByteArray();
        } catch (IOException notPacked) {
            throw new UncheckedIOException(notPacked);
        }
    }

    /// The explanation of every refusal, in which the `type` of a problem finds its anchor.
    static String problems() {
        var extensions = List.of(TablesExtension.create(), HeadingAnchorExtension.create());
        var markdown = Parser.builder().extensions(extensions).build().parse(text("problems.md"));
        var html = HtmlRenderer.builder().extensions(extensions).build().render(markdown);
        return text("page.html").replace(TEXT, html);
    }

    private static String text(String name) {
        return new String(file(name), UTF_8);
    }

    private static ClassPathResource resource(String name) {
        return new ClassPathResource("documentation/" + name);
    }
}
