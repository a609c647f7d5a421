package quartermaster.advice;

import org.jspecify.annotations.Nullable;
import quartermaster.request.Candidate;

/**
 * What may win: a candidate as a request names it, and what it runs.
 *
 * @param model null where one is given, and none are compared
 */
record Contender(Candidate candidate, @Nullable String model) {}
