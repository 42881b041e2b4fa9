package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.restore.Problem.Reason;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;

/**
 * Sets what a node says of a file, in the order that works: owner (the kernel takes setuid and file capabilities away
 * when it changes), attributes and ACLs, permissions, times. What cannot be set is a problem, never an end (C18).
 */
final class Metadata {

    static final String ACCESS_ACL = "system.posix_acl_access";
    static final String DEFAULT_ACL = "system.posix_acl_default";
    private static final String CAPABILITY = "security.capability";

    private final Tally tally;

    Metadata(Tally tally) {
        this.tally = tally;
    }

    /** A file whose metadata can be set. */
    interface Settable {
        void setOwner(int uid, int gid) throws LinuxException;

        void setXattr(Xattr xattr) throws LinuxException;

        void setMode(int permissions) throws LinuxException;

        void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException;
    }

    void apply(Node node, Settable file, BytePath path) {
        boolean owned = true;
        try {
            file.setOwner(node.uid(), node.gid());
        } catch (LinuxException e) {
            owned = false;
            boolean special = (node.permissions() & 06000) != 0 && node.type() != NodeType.SYMLINK;
            tally.problem(path, Reason.OWNER, Tally.detail(e) + (special ? "; setuid and setgid left off" : ""));
        }
        for (Xattr xattr : node.xattrs()) {
            if (owned || !xattr.name().equals(CAPABILITY)) {
                setXattr(file, xattr, path);
            }
        }
        if (node.type() != NodeType.SYMLINK) {
            try {
                file.setMode(owned ? node.permissions() : node.permissions() & ~06000);
            } catch (LinuxException e) {
                tally.problem(path, Reason.MODE, e);
            }
        }
        try {
            file.setTimes(node.atime(), node.mtime());
        } catch (LinuxException e) {
            tally.problem(path, Reason.TIMES, e);
        }
    }

    private void setXattr(Settable file, Xattr xattr, BytePath path) {
        try {
            file.setXattr(xattr);
        } catch (LinuxException | IllegalArgumentException e) {
            tally.problem(path, Reason.ATTRIBUTE, xattr.name() + ": " + Tally.detail(e));
        }
    }

    static Settable of(OpenFile file) {
        return new Settable() {
            @Override
            public void setOwner(int uid, int gid) throws LinuxException {
                file.setOwner(uid, gid);
            }

            @Override
            public void setXattr(Xattr xattr) throws LinuxException {
                file.setXattr(xattr);
            }

            @Override
            public void setMode(int permissions) throws LinuxException {
                file.setMode(permissions);
            }

            @Override
            public void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException {
                file.setTimes(atime, mtime);
            }
        };
    }

    static Settable of(Directory directory, Name name) {
        return new Settable() {
            @Override
            public void setOwner(int uid, int gid) throws LinuxException {
                directory.setOwner(name, uid, gid);
            }

            @Override
            public void setXattr(Xattr xattr) throws LinuxException {
                directory.setXattr(name, xattr);
            }

            @Override
            public void setMode(int permissions) throws LinuxException {
                directory.setMode(name, permissions);
            }

            @Override
            public void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException {
                directory.setTimes(name, atime, mtime);
            }
        };
    }

    static Settable of(Directory directory) {
        return new Settable() {
            @Override
            public void setOwner(int uid, int gid) throws LinuxException {
                directory.setOwner(uid, gid);
            }

            @Override
            public void setXattr(Xattr xattr) throws LinuxException {
                directory.setXattr(xattr);
            }

            @Override
            public void setMode(int permissions) throws LinuxException {
                directory.setMode(permissions);
            }

            @Override
            public void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException {
                directory.setTimes(atime, mtime);
            }
        };
    }
}
