package io.streamsync.reputation.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.json.JsonMapper;

class PublicationConfigurationTests {

    private static final long DEFAULT_MINIMUM = 10_000_000_000_000L;

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withUserConfiguration(PublicationConfiguration.class)
            .withBean(JsonMapper.class, JsonMapper::shared);

    @Test
    void takesTheMinimumStakeOfTheProtocol() {
        runner.run(context ->
                assertThat(context.getBean(StakeScore.class).minimumStake()).isEqualTo(DEFAULT_MINIMUM));
    }

    @Test
    void takesAnEmptyFileNameForNone() {
        runner.withPropertyValues("streamsync.parameters=")
                .run(context -> assertThat(context.getBean(StakeScore.class).minimumStake())
                        .isEqualTo(DEFAULT_MINIMUM));
    }

    @Test
    void takesTheInstallationsMinimumStake(@TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("parameters.json"), """
                {"minimumStake": "250"}""");

        runner.withPropertyValues("streamsync.parameters=" + file)
                .run(context -> assertThat(context.getBean(StakeScore.class).minimumStake())
                        .isEqualTo(250_000_000_000L));
    }

    @Test
    void refusesToStartWithParametersItCannotRead(@TempDir Path directory) throws IOException {
        var unknown = Files.writeString(directory.resolve("parameters.json"), """
                {"minimalStake": "250"}""");

        runner.withPropertyValues("streamsync.parameters=" + unknown)
                .run(context -> assertThat(context).hasFailed());
        runner.withPropertyValues("streamsync.parameters=" + directory.resolve("nowhere.json"))
                .run(context -> assertThat(context).hasFailed());
    }
}
