/**
 * Price lists that others keep become prices, in their own names: what a million tokens cost at whom, and what an hour of a
 * card costs. Local files only. Start from {@link ApiPriceFile} and {@link RentalPriceFile}.
 */
@NullMarked
package quartermaster.pricefile;

import org.jspecify.annotations.NullMarked;
