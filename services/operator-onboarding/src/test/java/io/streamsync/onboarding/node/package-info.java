@NullMarked
package io.streamsync.onboarding.node;

import org.jspecify.annotations.NullMarked;
