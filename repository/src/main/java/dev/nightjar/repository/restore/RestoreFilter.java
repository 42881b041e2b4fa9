package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;
import java.util.List;

/** What is restored of the entries of one directory of a snapshot. Asked by one thread. */
public interface RestoreFilter {

    /** Everything. */
    RestoreFilter ALL = new RestoreFilter() {
        @Override
        public Answer judge(Name name, boolean directory) {
            return Answer.IN;
        }

        @Override
        public RestoreFilter below(Name directory) {
            return this;
        }
    };

    /** What becomes of an entry. */
    enum Answer {
        /** It is restored. */
        IN,
        /** It is left out, and all that is below it. */
        OUT,
        /** Of a directory only: it is made if something below it is restored. */
        WAY
    }

    /** What becomes of an entry of this directory. */
    Answer judge(Name name, boolean directory);

    /** The filter for what is in a directory of this one that is not {@link Answer#OUT}. */
    RestoreFilter below(Name directory);

    /**
     * One path and what is below it; the directories on the way are made if need be.
     *
     * @param path at least one name
     * @param inside for what is in the directory at the path
     */
    static RestoreFilter only(List<Name> path, RestoreFilter inside) {
        return new OnePath(List.copyOf(path), inside);
    }

    /** See {@link #only}. */
    record OnePath(List<Name> path, RestoreFilter inside) implements RestoreFilter {
        @Override
        public Answer judge(Name name, boolean directory) {
            if (!name.equals(path.getFirst())) {
                return Answer.OUT;
            }
            return path.size() == 1 ? Answer.IN : directory ? Answer.WAY : Answer.OUT;
        }

        @Override
        public RestoreFilter below(Name directory) {
            return path.size() == 1 ? inside : new OnePath(path.subList(1, path.size()), inside);
        }
    }
}
