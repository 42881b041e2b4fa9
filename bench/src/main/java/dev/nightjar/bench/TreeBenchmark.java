package dev.nightjar.bench;

import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing the tree of a directory of 10,000 files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TreeBenchmark {
    private static final int FILES = 10_000;

    private final List<Node> nodes = new ArrayList<>();

    /** Makes the nodes. */
    @Setup
    public void nodes() {
        Timestamp time = new Timestamp(1_790_000_000, 123_456_789);
        for (int i = 0; i < FILES; i++) {
            String name = String.format("file-%06d.txt", i);
            nodes.add(new Node(
                    Name.of(name),
                    NodeType.FILE,
                    0644,
                    time,
                    time,
                    time,
                    1000,
                    1000,
                    "me",
                    "me",
                    i + 100,
                    2049,
                    4096,
                    1,
                    new byte[0],
                    List.of(),
                    0,
                    List.of(Id.sha256(name.getBytes(StandardCharsets.UTF_8))),
                    null,
                    null));
        }
    }

    /** The whole tree. */
    @Benchmark
    public ByteBuffer write() {
        TreeWriter writer = new TreeWriter();
        for (Node node : nodes) {
            writer.add(node);
        }
        return writer.finish();
    }
}
