/**
 * What follows from hardware and workload: memory, speed and cost, as pure formulas with their arithmetic on show.
 * Start from {@code Estimator}.
 */
@NullMarked
package quartermaster.estimate;

import org.jspecify.annotations.NullMarked;
