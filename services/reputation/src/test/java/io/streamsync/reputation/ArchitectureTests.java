package io.streamsync.reputation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.streamsync.reputation");

    @Test
    void modulesSpeakThroughTheirPublicTypesAndWithoutCycles() {
        ApplicationModules.of(ReputationApplication.class).verify();
    }

    @Test
    void onlyTheOutboundClientCallsStrangers() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.hc..", "java.net.http..")
                .because("every URL of a stranger passes the guard")
                .check(CLASSES);
    }

    @Test
    void rulesKnowNoSpring() {
        noClasses()
                .that()
                .haveNameMatching(
                        ".*\\.(RaceObservations|RacePerformance|RoundObservations|Sample|TallyKey|Measure|Score|StakeScore|Decimals)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "org.apache..")
                .check(CLASSES);
    }
}
