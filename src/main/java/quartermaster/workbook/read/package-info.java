/**
 * Any spreadsheet becomes cells, and cells become tables, within limits and without trust.
 * Start from {@link WorkbookFile} and {@link SheetTable}.
 */
@NullMarked
package quartermaster.workbook.read;

import org.jspecify.annotations.NullMarked;
