@NullMarked
package io.streamsync.onboarding.operator;

import org.jspecify.annotations.NullMarked;
