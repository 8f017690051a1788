package io.streamsync.billing.account;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a [Caller]: a key with scope `query` will do.
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface AnyKey {

    /// Whether it goes without a valid key too: then the [Caller] is null.
    boolean orNone() default false;
}
