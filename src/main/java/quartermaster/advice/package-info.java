/**
 * What follows from a decision for whoever asked: what to find out first, what would change the winner, what to do now
 * and later, and how sure it is. Starts at {@link quartermaster.advice.Advisor}.
 */
@NullMarked
package quartermaster.advice;

import org.jspecify.annotations.NullMarked;
