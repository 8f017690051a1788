@NullMarked
package io.streamsync.onboarding.admission;

import org.jspecify.annotations.NullMarked;
