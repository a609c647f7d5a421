/**
 * What an architect uploads becomes requests: workloads, candidates, and where each value stood.
 * Start from {@link CandidatesReader}.
 */
@NullMarked
package quartermaster.workbook.upload;

import org.jspecify.annotations.NullMarked;
