@NullMarked
package io.streamsync.onboarding.exit;

import org.jspecify.annotations.NullMarked;
