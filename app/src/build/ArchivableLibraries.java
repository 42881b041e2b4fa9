import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Rewrites the program's libraries so that the JVM can keep them in its AOT cache: it takes no class older than Java 6,
 * which has to be verified in the old, slow way at every start. Takes the directory with the jars; run by the launcher
 * after a build.
 */
final class ArchivableLibraries {
    private static final int JAVA_6 = 50;

    public static void main(String[] args) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(Path.of(args[0]), "*.jar")) {
            for (Path jar : jars) {
                rewriteIfNeeded(jar);
            }
        }
    }

    private static void rewriteIfNeeded(Path jar) throws IOException {
        Path rewritten = Path.of(jar + ".new");
        try (JarFile library = new JarFile(jar.toFile(), false)) {
            if (library.stream().noneMatch(entry -> isOld(library, entry))) {
                return;
            }
            try (OutputStream file = Files.newOutputStream(rewritten);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                copy(library, jar.toUri().toURL(), out);
            }
        }
        Files.move(rewritten, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(JarFile library, URL location, ZipOutputStream out) throws IOException {
        try (URLClassLoader classes = new URLClassLoader(new URL[] {location})) {
            ClassFile upgrade = ClassFile.of(
                    ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ConstantPoolSharingOption.NEW_POOL,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                            .orElse(ClassHierarchyResolver.defaultResolver())));
            for (ZipEntry entry : library.stream().toList()) {
                byte[] content = library.getInputStream(entry).readAllBytes();
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(isOld(library, entry) ? upgraded(upgrade, content) : content);
            }
        }
    }

    private static byte[] upgraded(ClassFile files, byte[] content) {
        // The bodies are handed through piece by piece: a method that is copied whole would get no stack map.
        ClassTransform bodies = ClassTransform.transformingMethodBodies((code, element) -> code.with(element));
        ClassTransform version = (builder, element) -> builder.with(
                element instanceof ClassFileVersion ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0) : element);
        return files.transformClass(files.parse(content), bodies.andThen(version));
    }

    private static boolean isOld(JarFile library, ZipEntry entry) {
        if (!entry.getName().endsWith(".class")) {
            return false;
        }
        try (var content = library.getInputStream(entry)) {
            byte[] start = content.readNBytes(8);
            return start.length == 8 && ((start[6] & 0xff) << 8 | start[7] & 0xff) < JAVA_6;
        } catch (IOException e) {
            throw new IllegalStateException(library.getName() + ": " + entry.getName(), e);
        }
    }
}
