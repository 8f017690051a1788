package io.streamsync.reputation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void modulesSpeakThroughTheirPublicTypesAndWithoutCycles() {
        ApplicationModules.of(ReputationApplication.class).verify();
    }

    @Test
    void rulesKnowNoSpring() {
        var classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("io.streamsync.reputation");

        noClasses()
                .that()
                .haveNameMatching(
                        ".*\\.(RaceObservations|RacePerformance|Sample|TallyKey|Measure|Score|StakeScore|Decimals)")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..", "org.apache..")
                .check(classes);
    }
}
