@NullMarked
package io.streamsync.onboarding.endpoint;

import org.jspecify.annotations.NullMarked;
