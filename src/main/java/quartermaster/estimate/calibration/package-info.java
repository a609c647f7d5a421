/**
 * Constants are fitted to measurements, and estimates are judged by measurements that they were not fitted to.
 * Start from {@link Calibration} and {@link Accuracy}.
 */
@NullMarked
package quartermaster.estimate.calibration;

import org.jspecify.annotations.NullMarked;
