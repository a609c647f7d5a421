/**
 * What a training run takes of a chip: arithmetic for each token, and how much of the peak tools reach, learnt from
 * measured runs. Start from {@link TrainingSpeeds}.
 */
@NullMarked
package quartermaster.estimate.training;

import org.jspecify.annotations.NullMarked;
