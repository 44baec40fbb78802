package io.github.ecsmock.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives tests a parameter {@link io.github.ecsmock.Ecsmock}, a mock with an account of the test's own, or
 * {@link io.github.ecsmock.EcsmockServer}, a whole mock of its own. On a method it stands for that of the class.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@ExtendWith(EcsmockExtension.class)
public @interface WithEcsmock {
    /** 2019, 2020, 2025 or latest: the service as it behaved in that year. */
    String edition() default "";

    /** What the account, or the mock, has when the test begins: a state file, or demo. */
    String seed() default "";

    /** Refuses requests that the documentation forbids but the service accepts. */
    boolean strict() default false;

    /** off, warn or require. */
    String signatures() default "";

    /** Other flags of the program, such as "random-seed=1". */
    String[] flags() default {};
}
