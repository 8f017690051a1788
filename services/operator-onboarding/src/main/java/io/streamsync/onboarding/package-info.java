/// Operator-onboarding: whoever signs in with a wallet becomes an operator, stakes, and lists nodes with asks.
@NullMarked
package io.streamsync.onboarding;

import org.jspecify.annotations.NullMarked;
