package dev.postern.integration;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tests that start real servers: they need root, for accounts and PAM, and Debian's packages.
 * Without them they are skipped with the reason, unless the environment variable {@code
 * POSTERN_REQUIRE_REAL_SERVERS} is set: then they fail.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(RealServersCondition.class)
@interface NeedsRealServers {}
