/**
 * Results in workbooks: the user's own file, scored, and reports of sweeps and previews.
 * Start from {@link ScoredWorkbook}.
 */
@NullMarked
package quartermaster.workbook.score;

import org.jspecify.annotations.NullMarked;
