package io.streamsync.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/// The names of the environment by which an installation configures this service, and what holds without them.
class SettingsTests {

    @Test
    void readsTheEnvironment() throws IOException {
        var environment = environment(Map.of(
                "STREAMSYNC_PUBLIC_URL", "http://127.0.0.1:8080",
                "STREAMSYNC_PHASE", "growth",
                "STREAMSYNC_INVITATIONS", "one,two",
                "STREAMSYNC_INVITED_WALLETS", "wallet",
                "STREAMSYNC_SANDBOX", "true",
                "STREAMSYNC_ALLOWED_ENDPOINTS", "127.0.0.0/8,::1/128",
                "STREAMSYNC_REFUSED_PORTS", "8080,8081",
                "STREAMSYNC_BILLING_URL", "http://127.0.0.1:18010",
                "STREAMSYNC_GENESIS_HASH", "hash"));

        assertThat(environment.getProperty("streamsync.identity.public-url")).isEqualTo("http://127.0.0.1:8080");
        assertThat(environment.getProperty("streamsync.operator.phase")).isEqualTo("growth");
        assertThat(list(environment, "streamsync.operator.invitations")).containsExactly("one", "two");
        assertThat(list(environment, "streamsync.operator.invited-wallets")).containsExactly("wallet");
        assertThat(environment.getProperty("streamsync.stake.sandbox")).isEqualTo("true");
        assertThat(list(environment, "streamsync.outbound.allowed")).containsExactly("127.0.0.0/8", "::1/128");
        assertThat(list(environment, "streamsync.outbound.refused-ports")).containsExactly("8080", "8081");
        assertThat(environment.getProperty("streamsync.earnings.billing-url")).isEqualTo("http://127.0.0.1:18010");
        assertThat(environment.getProperty("streamsync.admission.genesis-hash")).isEqualTo("hash");
    }

    @Test
    void isClosedWithoutIt() throws IOException {
        var environment = environment(Map.of("STREAMSYNC_PUBLIC_URL", "http://127.0.0.1:8080"));

        assertThat(environment.getProperty("streamsync.operator.phase")).isEqualTo("launch");
        assertThat(list(environment, "streamsync.operator.invitations")).isEmpty();
        assertThat(list(environment, "streamsync.operator.invited-wallets")).isEmpty();
        assertThat(environment.getProperty("streamsync.stake.sandbox")).isEqualTo("false");
        assertThat(list(environment, "streamsync.outbound.allowed")).isEmpty();
        assertThat(list(environment, "streamsync.outbound.refused-ports")).isEmpty();
        assertThat(environment.getProperty("streamsync.earnings.billing-url")).isEmpty();
        assertThat(environment.getProperty("streamsync.admission.genesis-hash")).isEmpty();
    }

    private static List<String> list(StandardEnvironment environment, String name) {
        return Binder.get(environment).bind(name, Bindable.listOf(String.class)).orElse(List.of());
    }

    private static StandardEnvironment environment(Map<String, Object> variables) throws IOException {
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("variables", new TreeMap<>(variables)));
        new YamlPropertySourceLoader()
                .load("application", new ClassPathResource("application.yml"))
                .forEach(environment.getPropertySources()::addLast);
        return environment;
    }
}
