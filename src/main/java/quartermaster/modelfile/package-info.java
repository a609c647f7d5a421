/**
 * Files that describe a model become a row of the catalogue: {@code config.json} of the Hugging Face hub, and GGUF headers.
 * Start from {@link ModelConfigReader} and {@link GgufModelReader}.
 */
@NullMarked
package quartermaster.modelfile;

import org.jspecify.annotations.NullMarked;
