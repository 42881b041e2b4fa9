/**
 * JMH benchmarks of single stages, run on one machine before and after a change; they promise nothing. Start at
 * {@link dev.nightjar.bench.PipelineBenchmark} and {@link dev.nightjar.bench.TreeBenchmark}; {@link
 * dev.nightjar.bench.IndexSize} says what a large index takes. Whole processes are measured
 * by the scripts in {@code bench/compare}.
 */
@NullMarked
package dev.nightjar.bench;

import org.jspecify.annotations.NullMarked;
