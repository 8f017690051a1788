package io.streamsync.reputation;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamsync.testing.OpenApi;
import io.streamsync.testing.PublicMappings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ReputationTest
class OpenApiTests {

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    private RequestMappingHandlerMapping mappings;

    @Test
    void servesWhatTheDocumentOfThePublicInterfacesNames() {
        assertThat(PublicMappings.of(mappings)).isEqualTo(OpenApi.operationsOf("reputation"));
    }
}
