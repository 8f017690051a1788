@NullMarked
package io.streamsync.onboarding.identity;

import org.jspecify.annotations.NullMarked;
