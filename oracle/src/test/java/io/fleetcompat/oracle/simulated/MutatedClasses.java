package io.fleetcompat.oracle.simulated;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeInstruction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The classes of the product once more, in which nanoseconds stand still, so that no budget of time
 * makes two runs of a seed differ; and one of them mutated. Any thread.
 */
final class MutatedClasses extends ClassLoader {

  static {
    registerAsParallelCapable();
  }

  private final Optional<Mutation> mutation;
  private final ClassFile classFile =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(MutatedClasses.class.getClassLoader())
                  .orElse(ClassHierarchyResolver.defaultResolver())));

  private MutatedClasses(Optional<Mutation> mutation) {
    super(MutatedClasses.class.getClassLoader());
    this.mutation = mutation;
  }

  /** Runs of the product as it is. */
  static BiFunction<Long, Boolean, Object[]> session() {
    return session(new MutatedClasses(Optional.empty()));
  }

  /** Runs of the product with a mistake in it. */
  static BiFunction<Long, Boolean, Object[]> session(Mutation mutation) {
    return session(new MutatedClasses(Optional.of(mutation)));
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<Long, Boolean, Object[]> session(MutatedClasses classes) {
    try {
      return (BiFunction<Long, Boolean, Object[]>)
          classes.loadClass(Session.class.getName()).getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Avro, too: it looks for the classes of records by its own loader. */
  private static boolean isOurs(String name) {
    return name.startsWith("io.fleetcompat.") || name.startsWith("org.apache.avro.");
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!isOurs(name)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> known = findLoadedClass(name);
      return known == null ? define(name) : known;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = changed(name, in.readAllBytes());
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private byte[] changed(String name, byte[] original) {
    byte[] bytes = original;
    if (mutation.isPresent() && mutation.get().className().equals(name)) {
      bytes = mutation.get().apply(classFile, classFile.parse(bytes));
    }
    return name.startsWith("io.fleetcompat.") && says(bytes, "nanoTime") ? standing(bytes) : bytes;
  }

  private static boolean says(byte[] bytes, String word) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(word);
  }

  private byte[] standing(byte[] bytes) {
    CodeTransform still =
        (code, element) -> {
          if (element instanceof InvokeInstruction invoke
              && invoke.owner().asInternalName().equals("java/lang/System")
              && invoke.name().stringValue().equals("nanoTime")) {
            code.loadConstant(0L);
          } else {
            code.with(element);
          }
        };
    return classFile.transformClass(
        classFile.parse(bytes), ClassTransform.transformingMethodBodies(still));
  }
}
