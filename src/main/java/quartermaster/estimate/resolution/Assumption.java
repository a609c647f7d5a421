package quartermaster.estimate.resolution;

/**
 * Something that the request did not say.
 *
 * @param field as in the request, e.g. {@code workload.quantization}; sending it back with another value changes it. Of
 *     what no request says, where it stands: {@code workbooks}
 */
public record Assumption(String field, Object value, String because) {}
