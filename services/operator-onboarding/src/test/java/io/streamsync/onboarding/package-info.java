@NullMarked
package io.streamsync.onboarding;

import org.jspecify.annotations.NullMarked;
