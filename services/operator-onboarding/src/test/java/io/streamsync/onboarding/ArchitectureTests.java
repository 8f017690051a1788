package io.streamsync.onboarding;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.streamsync.onboarding");

    @Test
    void modulesKeepToTheirApisAndFormNoCycles() {
        ApplicationModules.of(OperatorOnboardingApplication.class).verify();
    }

    /// Records decide; what they decide must be seen without a container, a database or the network.
    @Test
    void statesAndRulesKnowNoFramework() {
        noClasses()
                .that()
                .areRecords()
                .and()
                .haveSimpleNameNotEndingWith("Properties")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache..", "java.sql..")
                .because("a state returns its next state by itself; effects are the components' part")
                .check(CLASSES);
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
    void httpIsSpokenByControllersOnly() {
        classes()
                .that()
                .areAnnotatedWith("org.springframework.web.bind.annotation.RestController")
                .should()
                .haveSimpleNameEndingWith("Controller")
                .andShould()
                .bePackagePrivate()
                .check(CLASSES);
    }
}
