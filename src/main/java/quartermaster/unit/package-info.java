/**
 * Quantities with their units, and how a fault in the input is told and where it stands.
 * Start from {@code Problem}.
 */
@NullMarked
package quartermaster.unit;

import org.jspecify.annotations.NullMarked;
