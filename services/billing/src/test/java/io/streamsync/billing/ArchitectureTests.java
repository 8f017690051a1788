package io.streamsync.billing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    @Test
    void keepsItsModulesApart() {
        ApplicationModules.of(BillingApplication.class).verify();
    }

    @Test
    void decidesAboutMoneyWithoutSpringOrDatabase() {
        var all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.streamsync.billing");
        var rules =
                "(Charging|Verdicts|ChargedBatch|Reversing|Reversal|LeaseBook|Lease|LeaseSize|Granting|Window|Gap|Entries|Balances"
                        + "|Batch|Account|PartitionIntake|Taken|Share|UsageOfBatch|Part|Hold|TradesOfBatch|Trades"
                        + "|Book|OpenRaces|Lapse"
                        + "|Transfer|Destination|Standing|Funds|Watch|Alert|AlertTerms|WebhookSecret)";

        noClasses()
                .that()
                .haveNameMatching(".*\\." + rules)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.sql..")
                .check(all);
    }
}
