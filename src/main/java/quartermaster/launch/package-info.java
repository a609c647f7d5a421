/**
 * From a recommendation to what starts it: the templates of the sheet {@code Launch}, filled from the deployment and its
 * estimate. Start from {@link quartermaster.launch.Start}.
 */
@NullMarked
package quartermaster.launch;

import org.jspecify.annotations.NullMarked;
