/// The form that the operator portal's requests and answers share: required fields, amounts, pages, and answers
/// that are given again to a repeated request.
@NullMarked
package io.streamsync.onboarding.portal;

import org.jspecify.annotations.NullMarked;
