package io.streamsync.router;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ArchitectureTests {

    private static final String ROUTER = "io.streamsync.router";

    @Test
    void keepsToItsModules() {
        ApplicationModules.of(QueryRouterApplication.class).verify();
    }

    @Test
    void decidesWithoutSpringOrEventLoops() {
        noClasses()
                .that()
                .resideInAnyPackage(ROUTER + ".jsonrpc..", ROUTER + ".verification..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "io.netty..", "reactor..")
                .check(classes());
    }

    @Test
    void keepsReactorAtTheEdge() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROUTER + ".gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("reactor..", "org.springframework.web..")
                .check(classes());
    }

    private static JavaClasses classes() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROUTER);
    }
}
