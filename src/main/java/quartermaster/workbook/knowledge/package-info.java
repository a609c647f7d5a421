/**
 * The architect's own workbooks become catalogue, policy, cases and measurements, and a calibration goes back into them.
 * Start from {@link CatalogueReader} and {@link PolicyReader}.
 */
@NullMarked
package quartermaster.workbook.knowledge;

import org.jspecify.annotations.NullMarked;
