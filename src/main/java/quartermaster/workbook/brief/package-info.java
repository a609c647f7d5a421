/** Briefs as documents to print and sign, .docx and .pdf; {@link BriefDocument} is the type to start from. */
@NullMarked
package quartermaster.workbook.brief;

import org.jspecify.annotations.NullMarked;
