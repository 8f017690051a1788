@NullMarked
package io.streamsync.onboarding.earnings;

import org.jspecify.annotations.NullMarked;
