package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxExceptionTest {
    @ParameterizedTest
    @CsvSource({
        "2, ENOENT, NotFoundException",
        "20, ENOTDIR, NotFoundException",
        "1, EPERM, DeniedException",
        "13, EACCES, DeniedException",
        "28, ENOSPC, NoSpaceException",
        "122, EDQUOT, NoSpaceException",
        "17, EEXIST, ExistsException",
        "39, ENOTEMPTY, ExistsException",
        "116, ESTALE, StaleException",
        "5, EIO, OtherErrorException",
        "9999, errno 9999, OtherErrorException",
    })
    void everyErrnoHasItsKind(int errno, String name, String kind) {
        LinuxException e = LinuxException.of("call", "file", errno);
        assertThat(e.getClass().getSimpleName()).isEqualTo(kind);
        assertThat(e.errno()).isEqualTo(errno);
        assertThat(e.errnoName()).isEqualTo(name);
        assertThat(e).hasMessage("file: " + e.reason() + " (call: " + name + ")");
    }

    @Test
    void theKernelsErrorsNameCallAndFile(@TempDir Path temp) throws IOException {
        Name name = Name.of("missing");
        try (Directory top = Directory.open(BytePath.of(temp.toString()))) {
            assertThatThrownBy(() -> top.openFile(name))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage(temp + "/missing: No such file or directory (openat: ENOENT)");
            assertThatThrownBy(() -> top.stat(Name.of("x".repeat(256))))
                    .isInstanceOfSatisfying(
                            OtherErrorException.class,
                            e -> assertThat(e.errnoName()).isEqualTo("ENAMETOOLONG"));
            top.createFile(name, 0600).close();
            assertThatThrownBy(() -> top.createFile(name, 0600)).isInstanceOf(ExistsException.class);
            assertThatThrownBy(() -> top.openDirectory(name)).isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void whatIsClosedIsClosed(@TempDir Path temp) throws IOException {
        Directory top = Directory.open(BytePath.of(temp.toString()));
        top.close();
        top.close();
        assertThatThrownBy(top::stat).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aRemovedDirectoryIsNotAnEmptyOne(@TempDir Path temp) throws IOException {
        // C4b: what is gone says so; it is not taken for an empty directory that was read to its end.
        Name name = Name.of("d");
        try (Directory top = Directory.open(BytePath.of(temp.toString()))) {
            top.makeDirectory(name, 0700);
            try (Directory gone = top.openDirectory(name)) {
                top.removeDirectory(name);
                assertThatThrownBy(() -> gone.list((entry, type) -> {})).isInstanceOf(NotFoundException.class);
            }
        }
    }
}
