/**
 * What is in force: a folder of rules and workbooks, watched, proved, published, compared and gone back from.
 * Start from {@link InForce}; {@link Workspace} reads one such folder once.
 */
@NullMarked
package quartermaster.workspace;

import org.jspecify.annotations.NullMarked;
