/**
 * What is noted of each request that comes: the access log, metrics, how long it took.
 * Start from {@code Visits}.
 */
@NullMarked
package quartermaster.http.visit;

import org.jspecify.annotations.NullMarked;
