@NullMarked
package dev.nightjar.linux;

import org.jspecify.annotations.NullMarked;
