package io.streamsync.testing;

import java.util.Set;
import java.util.TreeSet;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// What a service's controllers serve to the public, in the words of [OpenApi].
public final class PublicMappings {

    private static final String PUBLIC = "/v1/";

    private PublicMappings() {}

    public static Set<String> of(RequestMappingHandlerMapping mappings) {
        var operations = new TreeSet<String>();
        mappings.getHandlerMethods().keySet().forEach(mapping -> add(operations, mapping));
        return operations;
    }

    private static void add(Set<String> operations, RequestMappingInfo mapping) {
        for (var path : mapping.getPatternValues()) {
            if (path.startsWith(PUBLIC)) {
                mapping.getMethodsCondition().getMethods().forEach(method -> operations.add(method + " " + path));
            }
        }
    }
}
