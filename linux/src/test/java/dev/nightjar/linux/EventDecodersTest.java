package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Both decoders, from bytes as Linux 6.18 on x86-64 writes them. */
class EventDecodersTest {
    private static EventBuffer bytes(String... hex) {
        return EventBuffer.of(HexFormat.of().parseHex(String.join("", hex).replace(" ", "")));
    }

    @Test
    void inotifyEventsFollowEachOther() {
        InotifyEvents events = new InotifyEvents(bytes(
                "01000000 00010000 00000000 10000000  ff0ac3 00000000000000000000000000",
                "02000000 00040000 00000000 00000000",
                "ffffffff 00400000 00000000 00000000"));
        assertThat(events.next()).isTrue();
        assertThat(events.watch()).isEqualTo(1);
        assertThat(events.mask()).isEqualTo(Inotify.CREATE);
        assertThat(events.name()).isEqualTo(Name.of(new byte[] {(byte) 0xff, '\n', (byte) 0xc3}));
        assertThat(events.next()).isTrue();
        assertThat(events.watch()).isEqualTo(2);
        assertThat(events.mask()).isEqualTo(Inotify.DELETE_SELF);
        assertThat(events.name()).isNull();
        assertThat(events.isOverflow()).isFalse();
        assertThat(events.next()).isTrue();
        assertThat(events.watch()).isEqualTo(-1);
        assertThat(events.isOverflow()).isTrue();
        assertThat(events.next()).isFalse();
        assertThat(events.next()).isFalse();
    }

    @Test
    void anInotifyEventThatDoesNotEndIsNotGuessed() {
        InotifyEvents cut = new InotifyEvents(bytes("01000000 00010000 00000000 10000000 6100"));
        assertThatThrownBy(cut::next).isInstanceOf(IllegalStateException.class);
        InotifyEvents shorter = new InotifyEvents(bytes("01000000 0001"));
        assertThatThrownBy(shorter::next).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aFanotifyRenameHasBothEnds() {
        String handle = "08000000 01000000";
        FanotifyEvents events = new FanotifyEvents(bytes(
                "78000000 03 00 1800 0000001000000000 ffffffff 39300000",
                "0a 00 2000 1122334455667788 " + handle + " 0200000001000000 61 000000",
                "0c 00 2400 1122334455667788 " + handle + " 0300000001000000 ff0ac3ff 61000000",
                "01 00 1c00 1122334455667788 " + handle + " 0400000001000000"));
        assertThat(events.next()).isTrue();
        assertThat(events.mask()).isEqualTo(Fanotify.RENAME);
        assertThat(events.pid()).isEqualTo(12345);
        assertThat(events.fsid()).isEqualTo(0x8877665544332211L);
        assertThat(events.entry()).isNull();
        assertThat(events.oldEntry()).isEqualTo(new EntryHandle(handle(2), Name.of("a")));
        assertThat(events.newEntry()).isEqualTo(new EntryHandle(handle(3), Name.of(new byte[] {
            (byte) 0xff, '\n', (byte) 0xc3, (byte) 0xff, 'a'
        })));
        assertThat(events.target()).isEqualTo(handle(4));
        assertThat(events.next()).isFalse();
    }

    @Test
    void aFanotifyOverflowNamesNothing() {
        FanotifyEvents events = new FanotifyEvents(bytes(
                "18000000 03 00 1800 0040000000000000 ffffffff 00000000",
                "34000000 03 00 1800 0400000000000000 ffffffff 01000000",
                "01 00 1c00 1122334455667788 08000000 01000000 0500000001000000"));
        assertThat(events.next()).isTrue();
        assertThat(events.isOverflow()).isTrue();
        assertThat(events.fsid()).isZero();
        assertThat(events.entry()).isNull();
        assertThat(events.target()).isNull();
        assertThat(events.next()).isTrue();
        assertThat(events.mask()).isEqualTo(Fanotify.ATTRIB);
        assertThat(events.entry()).isNull();
        assertThat(events.target()).isEqualTo(handle(5));
        assertThat(events.next()).isFalse();
    }

    @Test
    void aHandleTheKernelCouldNotMakeIsNone() {
        FanotifyEvents events = new FanotifyEvents(bytes(
                "2c000000 03 00 1800 0400000000000000 ffffffff 01000000",
                "01 00 1400 0000000000000000 00000000 ff000000"));
        assertThat(events.next()).isTrue();
        assertThat(events.target()).isNull();
    }

    @Test
    void aFanotifyEventThatDoesNotEndIsNotGuessed() {
        for (String hex : new String[] {
            "18000000 03 00 1800", // cut
            "20000000 03 00 1800 0040000000000000 ffffffff 00000000", // longer than what was read
            "10000000 03 00 1800 0040000000000000 ffffffff 00000000", // shorter than its header
            "18000000 04 00 1800 0040000000000000 ffffffff 00000000", // another version
            "00000000 00 00 0000 0000000000000000 00000000 00000000", // nothing
        }) {
            assertThatThrownBy(new FanotifyEvents(bytes(hex))::next).isInstanceOf(IllegalStateException.class);
        }
        FanotifyEvents record =
                new FanotifyEvents(bytes("1c000000 03 00 1800 0400000000000000 ffffffff 01000000", "01 00 2000"));
        assertThat(record.next()).isTrue();
        assertThatThrownBy(record::entry).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void fdinfoListsTheMarkedFilesystems() {
        String fdinfo = """
            pos:	0
            flags:	02004002
            mnt_id:	16
            fanotify flags:1e33 event-flags:80000
            fanotify ino:2 sdev:fe00000 mflags:0 mask:2 ignored_mask:0 fhandle-bytes:8 fhandle-type:1 f_handle:0200
            fanotify mnt_id:12 mflags:0 mask:2 ignored_mask:0
            fanotify sdev:fe00001 mflags:0 mask:50000fce ignored_mask:0
            fanotify sdev:3d mflags:0 mask:2 ignored_mask:0
            """;
        assertThat(Fanotify.markedDevices(fdinfo)).containsExactlyInAnyOrder(254L << 8 | 1, 61L);
    }

    private static Handle handle(int inode) {
        return Handle.of(new byte[] {0, 0, 0, 1, (byte) inode, 0, 0, 0, 1, 0, 0, 0});
    }
}
