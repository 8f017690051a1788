package io.streamsync.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/// Has tests wait for as long as a busy machine may take, not for the ten seconds that Awaitility gives: what is
/// awaited comes at once as a rule, and a test that fails for want of a second says nothing.
public final class PatientTests implements LauncherSessionListener {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
