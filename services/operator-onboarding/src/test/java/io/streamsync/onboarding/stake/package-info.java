@NullMarked
package io.streamsync.onboarding.stake;

import org.jspecify.annotations.NullMarked;
