/**
 * How the answers look: quoting, sizes, times, JSON lines, the terminal, errors.
 *
 * <p>Contract: stdout is the answer and stderr is the talk; a pipe never sees a prompt, a colour or a hint; every error
 * has three parts. Start from {@link dev.nightjar.app.output.Console} and {@link dev.nightjar.app.output.ErrorMessage}.
 * A {@code Console} may be used by several threads; everything else here is immutable.
 */
@NullMarked
package dev.nightjar.app.output;

import org.jspecify.annotations.NullMarked;
