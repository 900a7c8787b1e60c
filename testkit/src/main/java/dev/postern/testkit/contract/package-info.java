/**
 * What every plugin must keep to, as JUnit tests. A plugin's own test extends the contract of its
 * extension point, supplies the provider and settings, and a server that it is made for.
 */
@NullMarked
package dev.postern.testkit.contract;

import org.jspecify.annotations.NullMarked;
