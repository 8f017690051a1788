package io.streamsync.launcher;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTests {

    private final JavaClasses launcher = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.streamsync.launcher");

    @Test
    void packagesDependInOneDirection() {
        slices().matching("io.streamsync.launcher.(*)..")
                .should()
                .beFreeOfCycles()
                .check(launcher);
    }

    @Test
    void knowsTheServicesOnlyFromOutside() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.streamsync.router..",
                        "io.streamsync.billing..",
                        "io.streamsync.onboarding..",
                        "io.streamsync.reputation..")
                .because("what the demo can do any operator and customer can do")
                .check(launcher);
    }
}
