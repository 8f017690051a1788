package io.streamsync.verifier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private final JavaClasses verifier = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.streamsync.verifier");

    @Test
    void packagesDependInOneDirection() {
        slices().matching("io.streamsync.verifier.(*)..")
                .should()
                .beFreeOfCycles()
                .check(verifier);
    }

    @Test
    void knowsNothingOfOursButTheProtocol() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.streamsync.verifier..",
                        "io.streamsync.protocol..",
                        "java..",
                        "tools.jackson..",
                        "picocli..",
                        "org.jspecify.annotations..")
                .because("whoever verifies the services does not trust their code")
                .check(verifier);
    }

    @Test
    void checksWithoutANetwork() {
        noClasses()
                .that()
                .resideInAPackage("io.streamsync.verifier.check..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.net..", "tools.jackson..")
                .check(verifier);
    }
}
