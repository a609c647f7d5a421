package quartermaster.advice;

import org.jspecify.annotations.Nullable;
import quartermaster.unit.Place;

/**
 * A field to vary, as somebody wrote it.
 *
 * @param field its path, or the last part of it
 * @param values a text such as {@code 1..512} or {@code fp8,int4}, a number, a truth value, or a list of those
 * @param at where it was written
 */
public record VariedField(String field, @Nullable Object values, Place at) {}
