@NullMarked
package dev.nightjar.repository;

import org.jspecify.annotations.NullMarked;
