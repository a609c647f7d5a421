/**
 * How good models are at a kind of work, as far as published tests tell, and what low precision costs them. Start from
 * {@code Levels}.
 */
@NullMarked
package quartermaster.quality;

import org.jspecify.annotations.NullMarked;
