package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A root that is not as it was is a question, not a deletion (C17). */
class RootQuestionTest {
    private final Place place = new Place(Path.of("/dev/shm"));
    private ChangeFeed feed = ChangeFeed.open(options());

    RootQuestionTest() throws IOException {}

    private FeedOptions options() {
        return place.options(WatcherChoice.INOTIFY, new SelectionRules(List.of(), List.of(), false, true, false));
    }

    @BeforeEach
    void healed() throws IOException, InterruptedException {
        feed.start();
        feed.awaitHealed();
        settle();
    }

    @AfterEach
    void closed() throws IOException {
        feed.close();
        place.close();
    }

    private Path at(String name) {
        return place.root.resolve(name);
    }

    /** Twice: looks in the tick of a change are repeated. */
    private void settle() throws IOException, InterruptedException {
        feed.barrier();
        feed.barrier();
    }

    @Test
    void aRootThatIsEmptiedIsAQuestion() throws Exception { // C17
        Files.writeString(at("a"), "1");
        settle();
        Files.delete(at("keep"));
        Files.delete(at("a"));
        feed.barrier();
        assertThat(feed.status().rootsSettled()).isFalse();
        assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.EMPTIED);
        assertThat(place.rows(feed)).isNotEmpty();
        Question question = question();
        assertThat(question.canBeMeant()).isTrue();
        assertThat(question.words()).startsWith(place.root + " is empty now; it held ");
        assertThat(feed.accept("00000000")).isFalse();
        assertThat(place.rows(feed)).isNotEmpty();
        assertThat(feed.accept(question.id())).isTrue();
        feed.awaitHealed();
        assertThat(place.rows(feed)).isEmpty();
        assertThat(feed.status().rootsSettled()).isTrue();
        assertThat(feed.status().roots().getFirst().question()).isNull();
        assertThat(feed.accept(question.id())).isFalse();
    }

    private Question question() throws IOException {
        return Objects.requireNonNull(feed.status().roots().getFirst().question());
    }

    /** Roots in question are looked at every two seconds. */
    private void awaitSettled() throws IOException, InterruptedException {
        while (!feed.status().rootsSettled()) {
            feed.barrier();
        }
        feed.awaitHealed();
    }

    @Test
    void aYesIsGoodForOneTimeOnly() throws Exception { // C17
        Files.delete(at("keep"));
        feed.barrier();
        assertThat(feed.accept(question().id())).isTrue();
        feed.awaitHealed();
        Files.writeString(at("a"), "1");
        Files.writeString(at("b"), "1");
        settle();
        Files.delete(at("a"));
        Files.delete(at("b"));
        feed.barrier();
        assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.EMPTIED);
        assertThat(place.rows(feed)).isNotEmpty();
    }

    @Test
    void whatIsPutBackIntoAnEmptiedRootIsNoQuestionAnyMore() throws Exception { // C17
        Files.writeString(at("a"), "1");
        settle();
        Files.move(at("a"), place.outside.resolve("a"));
        Files.move(at("keep"), place.outside.resolve("keep"));
        feed.barrier();
        assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.EMPTIED);
        Files.move(place.outside.resolve("keep"), at("keep"));
        awaitSettled();
        assertThat(feed.status().roots().getFirst().question()).isNull();
        assertThat(place.rows(feed)).containsExactly("keep");
    }

    @Test
    void aQuestionIsTheSameInTheNextProcessAndMayBeAnsweredInBetween() throws Exception { // C17
        Files.delete(at("keep"));
        feed.barrier();
        Question question = question();
        feed.close();
        try (ChangeFeed others = ChangeFeed.openReadOnly(place.state)) {
            assertThat(others.status().roots())
                    .containsExactly(
                            new FeedStatus.Root(BytePath.of(place.root.toString()), RootState.EMPTIED, question));
        }
        feed = ChangeFeed.open(options());
        feed.start();
        feed.awaitHealed();
        assertThat(question()).isEqualTo(question);
        assertThat(place.rows(feed)).containsExactly("keep");
        feed.close();
        feed = ChangeFeed.open(options());
        assertThat(feed.accept("00000000")).isFalse();
        assertThat(feed.accept(question.id())).isTrue();
        feed.close();
        try (ChangeFeed others = ChangeFeed.openReadOnly(place.state)) {
            Question answered =
                    Objects.requireNonNull(others.status().roots().getFirst().question());
            assertThat(answered.answered()).isTrue();
            assertThat(answered.id()).isEqualTo(question.id());
        }
        feed = ChangeFeed.open(options());
        feed.start();
        feed.awaitHealed();
        assertThat(place.rows(feed)).isEmpty();
        assertThat(feed.status().rootsSettled()).isTrue();
        feed.close();
        try (ChangeFeed others = ChangeFeed.openReadOnly(place.state)) {
            assertThat(others.status().roots().getFirst().question()).isNull();
        }
        feed = ChangeFeed.open(options());
    }

    @Test
    void aYesThatCameTooLateDeletesNothing() throws Exception { // C17
        Files.move(at("keep"), place.outside.resolve("keep"));
        feed.barrier();
        String id = question().id();
        feed.close();
        feed = ChangeFeed.open(options());
        assertThat(feed.accept(id)).isTrue();
        feed.close();
        Files.move(place.outside.resolve("keep"), at("keep"));
        feed = ChangeFeed.open(options());
        feed.start();
        feed.awaitHealed();
        assertThat(place.rows(feed)).containsExactly("keep");
        Files.delete(at("keep"));
        feed.barrier();
        assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.EMPTIED);
        assertThat(question().answered()).isFalse();
    }

    @Test
    void aRootThatVanishedIsAQuestionUntilItIsBack() throws Exception { // C17
        Path away = place.top.resolve("away");
        Files.move(place.root, away);
        feed.hint(feed.read(reader -> reader.roots().getFirst().id()), Name.of("keep"));
        feed.barrier();
        assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.GONE);
        assertThat(place.rows(feed)).containsExactly("keep");
        assertThat(question().canBeMeant()).isFalse();
        assertThat(feed.accept(question().id())).isFalse();
        Files.move(away, place.root);
        awaitSettled();
        assertThat(place.rows(feed)).containsExactly("keep");
    }
}
