/**
 * Price lists that others keep become prices, in their own names: what a million tokens cost at whom, and what an hour of a
 * card costs. And their leaderboards become scores. Local files only. Start from {@link ApiPriceFile}, {@link RentalPriceFile}
 * and {@link LeaderboardFile}.
 */
@NullMarked
package quartermaster.pricefile;

import org.jspecify.annotations.NullMarked;
