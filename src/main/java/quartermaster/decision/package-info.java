/**
 * The door to Drools: facts go in, contributions and findings come out, and Java ranks the candidates.
 * Start from {@code Decider}.
 */
@NullMarked
package quartermaster.decision;

import org.jspecify.annotations.NullMarked;
