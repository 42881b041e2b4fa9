# A database in WAL mode: written, checkpointed, vacuumed, with one connection beside another.
set -eu
sqlite3 data.db 'PRAGMA journal_mode=WAL; CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB);' >/dev/null
fill="WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO t(b) SELECT randomblob(200) FROM n;"
{
    sqlite3 data.db "PRAGMA busy_timeout=20000; $fill $fill" >/dev/null
} &
sqlite3 data.db "PRAGMA busy_timeout=20000; $fill PRAGMA wal_checkpoint(PASSIVE); UPDATE t SET b = zeroblob(10) WHERE a % 3 = 0;" >/dev/null
wait
sqlite3 data.db 'PRAGMA wal_checkpoint(TRUNCATE); DELETE FROM t WHERE a % 2 = 0; VACUUM;' >/dev/null
sqlite3 data.db "VACUUM INTO 'copy.db'"
sqlite3 rollback.db "CREATE TABLE t(a INTEGER PRIMARY KEY, b BLOB); $fill DELETE FROM t WHERE a > 100;"
