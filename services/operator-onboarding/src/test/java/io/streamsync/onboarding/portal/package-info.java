@NullMarked
package io.streamsync.onboarding.portal;

import org.jspecify.annotations.NullMarked;
