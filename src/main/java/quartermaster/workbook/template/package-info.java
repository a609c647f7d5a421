/**
 * The workbook that an architect fills in; its drop-downs know what the catalogue knows.
 * Start from {@link Template}.
 */
@NullMarked
package quartermaster.workbook.template;

import org.jspecify.annotations.NullMarked;
