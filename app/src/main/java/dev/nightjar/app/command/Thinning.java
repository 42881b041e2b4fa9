package dev.nightjar.app.command;

import dev.nightjar.repository.Snapshot;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Shows fewer snapshots the further back they lie, as memory does: all of today, then one a day, week, month. */
final class Thinning {
    private static final int FEW = 20;

    /** A snapshot that is shown, and what it stands for. */
    record Kept(Snapshot snapshot, String keptAs) {}

    private Thinning() {}

    /**
     * Oldest first, as given. Those of each host and paths are thinned by themselves; the last one of each always stays. A
     * short list stays whole.
     */
    static List<Kept> thin(List<Snapshot> snapshots, Instant now, ZoneId zone) {
        if (snapshots.size() <= FEW) {
            return snapshots.stream().map(snapshot -> new Kept(snapshot, "")).toList();
        }
        LocalDate today = now.atZone(zone).toLocalDate();
        List<Kept> kept = new ArrayList<>();
        Map<SnapshotGroup, String> lastPeriods = new HashMap<>();
        for (Snapshot snapshot : snapshots.reversed()) {
            LocalDate day = snapshot.time().atZone(zone).toLocalDate();
            long age = ChronoUnit.DAYS.between(day, today);
            String keptAs = age <= 0 ? "" : age < 14 ? "daily" : age < 60 ? "weekly" : "monthly";
            String period = keptAs
                    + switch (keptAs) {
                        case "" -> String.valueOf(snapshot.id());
                        case "daily" -> day.toString();
                        case "weekly" ->
                            day.get(IsoFields.WEEK_BASED_YEAR) + "-" + day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
                        default -> day.getYear() + "-" + day.getMonthValue();
                    };
            if (!period.equals(lastPeriods.put(SnapshotGroup.of(snapshot), period))) {
                kept.add(new Kept(snapshot, keptAs));
            }
        }
        Collections.reverse(kept);
        return kept;
    }
}
