package io.streamsync.billing;

import io.streamsync.billing.credit.LostRouters;
import io.streamsync.billing.settlement.Auditor;
import io.streamsync.billing.settlement.Windows;
import io.streamsync.testing.BackendsConfiguration;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/// A test on the started service; all of them share one.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        classes = BillingApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "streamsync.service-token=" + BillingTest.SERVICE_TOKEN,
            "streamsync.race-key=" + BillingTest.RACE_KEY,
            "streamsync.sandbox=true",
            "streamsync.outbound.allowed=127.0.0.0/8,::1/128",
            "streamsync.outbound.refused-ports=" + BillingTest.OWN_PORT,
            "streamsync.settlement.key=target/settlement-key.pem",
            "streamsync.archive.look=24h", // tests drop snapshots themselves
            "streamsync.charging.look=24h", // tests have shares lapse themselves
            "streamsync.settlement.look=86400000", // tests seal windows themselves
            "streamsync.usage.fold=24h" // tests fold usage in themselves
        })
@ExtendWith(OffTheHour.class)
@Import({
    BackendsConfiguration.class,
    TestTopics.class,
    Http.class,
    Market.class,
    Windows.class,
    Auditor.class,
    LostRouters.class
})
public @interface BillingTest {

    String SERVICE_TOKEN = "0123456789abcdef0123456789abcdef";
    String RACE_KEY = "000102030405060708090a0b0c0d0e0f";

    /// A port that the installation under test says is its own.
    int OWN_PORT = 18_001;
}
