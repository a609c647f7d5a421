/**
 * What exists: hardware, models, quantizations, engines, offers, defaults and measurements.
 * Start from {@code Catalogue}.
 */
@NullMarked
package quartermaster.catalogue;

import org.jspecify.annotations.NullMarked;
