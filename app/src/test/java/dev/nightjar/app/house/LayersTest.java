package dev.nightjar.app.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Who may use whom. ARCHITECTURE.md draws the same picture. */
final class LayersTest {
    /** The packages that other modules may use; all others are rooms inside a module. */
    private static final Set<String> DOORS = Set.of(
            "dev.nightjar.linux",
            "dev.nightjar.feed",
            "dev.nightjar.feed.selection",
            "dev.nightjar.repository",
            "dev.nightjar.repository.storage",
            "dev.nightjar.repository.tree",
            "dev.nightjar.repository.restore",
            "dev.nightjar.repository.check",
            "dev.nightjar.repository.repair",
            "dev.nightjar.repository.look",
            "dev.nightjar.engine");

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.nightjar");

    @Test
    void layers() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("dev.nightjar..")
                .layer("linux")
                .definedBy("dev.nightjar.linux..")
                .layer("feed")
                .definedBy("dev.nightjar.feed..")
                .layer("repository")
                .definedBy("dev.nightjar.repository..")
                .layer("engine")
                .definedBy("dev.nightjar.engine..")
                .layer("app")
                .definedBy("dev.nightjar.app..")
                .whereLayer("linux")
                .mayNotAccessAnyLayer()
                .whereLayer("feed")
                .mayOnlyAccessLayers("linux")
                .whereLayer("repository")
                .mayOnlyAccessLayers("linux")
                .whereLayer("engine")
                .mayOnlyAccessLayers("feed", "repository", "linux")
                .check(PROGRAM);
    }

    @Test
    void othersComeInThroughTheDoor() {
        TreeSet<String> intruders = new TreeSet<>();
        for (JavaClass user : PROGRAM) {
            for (Dependency use : user.getDirectDependenciesFromSelf()) {
                String there = use.getTargetClass().getBaseComponentType().getPackageName();
                if (there.startsWith("dev.nightjar.")
                        && !module(there).equals(module(user.getPackageName()))
                        && !DOORS.contains(there)) {
                    intruders.add(user.getName() + " uses "
                            + use.getTargetClass().getBaseComponentType().getName());
                }
            }
        }
        assertThat(intruders).isEmpty();
    }

    @Test
    void onlyLinuxCallsTheKernel() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nightjar.linux..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.foreign.Linker")
                .check(PROGRAM);
    }

    @Test
    void onlyTheAppSpeaks() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.nightjar.app..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(PROGRAM);
    }

    @Test
    void noClassIsCalledUtil() {
        noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .check(PROGRAM);
    }

    private static String module(String name) {
        return name.split("\\.")[2];
    }
}
