/**
 * The door to Drools: rules that are compiled and kept, and requests that they decide.
 * Start from {@link Decider}.
 */
@NullMarked
package quartermaster.decision.engine;

import org.jspecify.annotations.NullMarked;
