package io.streamsync.protocol;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The rules are pure: the same published data gives the same decision on every machine.
class ArchitectureTests {

    private static final JavaClasses CLASSES =
            new ClassFileImporter().withImportOption(new DoNotIncludeTests()).importPackages("io.streamsync.protocol");

    @Test
    void dependsOnJsonAndTheJdkOnly() {
        noClasses()
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "io.streamsync.protocol..",
                        "java..",
                        "javax.crypto..",
                        "tools.jackson..",
                        "org.erdtman..",
                        "org.jspecify..")))
                .because("anyone who replays a decision needs this module and nothing around it")
                .check(CLASSES);
    }

    @Test
    void readsNothingButItsOwnTables() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAnyPackage(
                        "java.nio.file..", "java.nio.channels..", "java.net..", "java.sql..", "javax.net.."))
                .orShould()
                .dependOnClassesThat(resideInAPackage("java.io..")
                        .and(not(belongToAnyOf(
                                InputStream.class, IOException.class, UncheckedIOException.class, Serializable.class))))
                .because("a rule that reads files or sockets cannot be replayed")
                .check(CLASSES);
    }

    @Test
    void hasNoClock() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(Clock.class, InstantSource.class, LocalDate.class, LocalDateTime.class))
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .because("the moment is an argument")
                .check(CLASSES);
    }

    @Test
    void hasNoRandomnessOfItsOwn() {
        noClasses()
                .should()
                .dependOnClassesThat(
                        belongToAnyOf(Random.class, SecureRandom.class, ThreadLocalRandom.class, RandomGenerator.class))
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .because("all random numbers of a race follow from a committed secret")
                .check(CLASSES);
    }
}
