/**
 * What must stay true, and what cases do not reach yet.
 * Start from {@link Cases}.
 */
@NullMarked
package quartermaster.decision.cases;

import org.jspecify.annotations.NullMarked;
