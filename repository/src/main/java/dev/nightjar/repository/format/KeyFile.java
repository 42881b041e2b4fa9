package dev.nightjar.repository.format;

import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.RepositoryException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A file below {@code keys/}: the master key, sealed with a password.
 *
 * @param cost scrypt's N, r and p
 * @param data the master key's envelope
 */
public record KeyFile(Instant created, String username, String hostname, Cost cost, byte[] salt, byte[] data) {
    private static final int SALT = 64;

    /** How dear it is to try a password: scrypt's parameters. */
    public record Cost(int n, int r, int p) {
        /** What restic arrives at on current machines: 32 MiB, some tenths of a second. */
        public static final Cost DEFAULT = new Cost(32768, 8, 3);

        /** Bounds that no honest key file passes, so that a bad one cannot take all memory. */
        private boolean sane() {
            return n > 1
                    && Integer.bitCount(n) == 1
                    && r > 0
                    && p > 0
                    && p <= 1024
                    && 128L * n * r <= 256L << 20
                    && (long) r * p < 1 << 20;
        }
    }

    /** Seals {@code master} with a password (UTF-8). */
    public static KeyFile create(
            MasterKey master,
            byte[] password,
            Cost cost,
            Instant created,
            String username,
            String hostname,
            SecureRandom random) {
        byte[] salt = new byte[SALT];
        random.nextBytes(salt);
        Base64.Encoder base64 = Base64.getEncoder();
        byte[] json = Json.write(g -> {
            g.writeName("mac");
            g.writeStartObject();
            g.writeStringProperty("k", base64.encodeToString(master.k()));
            g.writeStringProperty("r", base64.encodeToString(master.r()));
            g.writeEndObject();
            g.writeStringProperty("encrypt", base64.encodeToString(master.encrypt()));
        });
        byte[] data = new Envelope(derive(password, salt, cost), random).seal(json);
        return new KeyFile(created, username, hostname, cost, salt, data);
    }

    /** The file's bytes. */
    public byte[] encode() {
        Base64.Encoder base64 = Base64.getEncoder();
        return Json.write(g -> {
            g.writeStringProperty("created", Times.write(created));
            g.writeStringProperty("username", username);
            g.writeStringProperty("hostname", hostname);
            g.writeStringProperty("kdf", "scrypt");
            g.writeNumberProperty("N", cost.n);
            g.writeNumberProperty("r", cost.r);
            g.writeNumberProperty("p", cost.p);
            g.writeStringProperty("salt", base64.encodeToString(salt));
            g.writeStringProperty("data", base64.encodeToString(data));
        });
    }

    /** Reads a key file; {@code what} names it in errors. */
    public static KeyFile decode(String what, byte[] bytes) throws RepositoryException {
        var fields = new Object() {
            Instant created = Instant.EPOCH;
            String username = "";
            String hostname = "";
            String kdf = "";
            int n;
            int r;
            int p;
            byte[] salt = {};
            byte[] data = {};
        };
        Json.read(what, bytes, (name, p) -> {
            switch (name) {
                case "created" -> fields.created = Times.read(p.getString());
                case "username" -> fields.username = Json.string(p);
                case "hostname" -> fields.hostname = Json.string(p);
                case "kdf" -> fields.kdf = Json.string(p);
                case "N" -> fields.n = p.getIntValue();
                case "r" -> fields.r = p.getIntValue();
                case "p" -> fields.p = p.getIntValue();
                case "salt" -> fields.salt = base64(p);
                case "data" -> fields.data = base64(p);
                default -> {}
            }
        });
        Cost cost = new Cost(fields.n, fields.r, fields.p);
        if (!fields.kdf.equals("scrypt") || !cost.sane() || fields.salt.length == 0) {
            throw new CorruptException(what + " cannot be understood", "its kdf, N, r, p or salt is not known here");
        }
        return new KeyFile(fields.created, fields.username, fields.hostname, cost, fields.salt, fields.data);
    }

    /** The master key, or null if the password is another. */
    public @Nullable MasterKey open(String what, byte[] password, SecureRandom random) throws RepositoryException {
        byte[] json;
        try {
            json = new Envelope(derive(password, salt, cost), random).open(data);
        } catch (TagMismatchException e) {
            return null;
        }
        return decodeMaster(what, json);
    }

    /** Reads what a key file has sealed; {@code what} names the file in errors. */
    public static MasterKey decodeMaster(String what, byte[] json) throws RepositoryException {
        var fields = new Object() {
            byte[] k = {};
            byte[] r = {};
            byte[] encrypt = {};
        };
        Json.read(what, json, (name, p) -> {
            switch (name) {
                case "mac" ->
                    Json.object(p, (macName, m) -> {
                        switch (macName) {
                            case "k" -> fields.k = base64(m);
                            case "r" -> fields.r = base64(m);
                            default -> {}
                        }
                    });
                case "encrypt" -> fields.encrypt = base64(p);
                default -> {}
            }
        });
        try {
            return new MasterKey(fields.encrypt, fields.k, fields.r);
        } catch (IllegalArgumentException e) {
            throw new CorruptException(what + " holds no usable key", String.valueOf(e.getMessage()), e);
        }
    }

    private static byte[] base64(JsonParser parser) {
        return Base64.getDecoder().decode(parser.getString());
    }

    private static MasterKey derive(byte[] password, byte[] salt, Cost cost) {
        return MasterKey.split(Scrypt.derive(password, salt, cost.n, cost.r, cost.p, MasterKey.LENGTH));
    }
}
