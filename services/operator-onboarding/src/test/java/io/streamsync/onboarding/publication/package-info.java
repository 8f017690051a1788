@NullMarked
package io.streamsync.onboarding.publication;

import org.jspecify.annotations.NullMarked;
