/**
 * From a request to what is estimated: what is assumed, what may stand for it, which deployments come into question.
 * Start from {@code Resolver}.
 */
@NullMarked
package quartermaster.estimate.resolution;

import org.jspecify.annotations.NullMarked;
