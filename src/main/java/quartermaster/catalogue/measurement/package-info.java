/**
 * What was measured, in which phase and by which metric.
 * Start from {@code Measurement}.
 */
@NullMarked
package quartermaster.catalogue.measurement;

import org.jspecify.annotations.NullMarked;
