/**
 * What is wanted: the workload, the budget, the team and the constraints of one request.
 * Start from {@code DecisionRequest}.
 */
@NullMarked
package quartermaster.request;

import org.jspecify.annotations.NullMarked;
