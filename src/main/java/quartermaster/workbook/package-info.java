/**
 * The door to spreadsheets: reads the catalogue, the policy and uploads, and writes scores into the user's own workbook.
 * Start from {@code WorkbookFile}.
 */
@NullMarked
package quartermaster.workbook;

import org.jspecify.annotations.NullMarked;
