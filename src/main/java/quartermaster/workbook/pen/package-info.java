/**
 * How cells, notes, tables and looks are written into a workbook, whatever they say.
 * Start from {@link CellWriter} and {@link ResultSheet}.
 */
@NullMarked
package quartermaster.workbook.pen;

import org.jspecify.annotations.NullMarked;
