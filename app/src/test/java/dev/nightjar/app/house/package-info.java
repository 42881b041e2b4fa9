/**
 * Tests of the house itself: who may use whom ({@link dev.nightjar.app.house.LayersTest}), and how sources are written
 * ({@link dev.nightjar.app.house.SourcesTest}, {@link dev.nightjar.app.house.FormatTest}).
 */
@NullMarked
package dev.nightjar.app.house;

import org.jspecify.annotations.NullMarked;
