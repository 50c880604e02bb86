import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Pattern switches, and the equals and hashCode of records, are compiled to a call of something that
 * the JVM writes when it is first reached: 1 to 2 ms each, at every start of the program, since a
 * start-up cache does not keep them. Here the same methods are written into the class once, when
 * hactl is built.
 *
 * <p>Usage: java -cp CLASS-PATH InlineBootstraps.java CLASSES-FOLDER
 */
public final class InlineBootstraps {
  /** Reads the classes of the class path where code that is written anew needs to know their kin. */
  private static final ClassFile CLASSES =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.defaultResolver()
                  .orElse(
                      ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                          .cached())));

  private static final int PRIVATE_STATIC =
      ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

  private InlineBootstraps() {}

  /** A static method that takes the place of what the JVM would write. */
  interface Method {
    /** What it takes and gives: as the call does, or what can take that. */
    MethodTypeDesc type();

    /** Its body; the arguments are in the first locals. */
    void body(CodeBuilder code);
  }

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        rewrite(file);
      }
    }
  }

  private static void rewrite(Path file) throws IOException {
    ClassModel model = CLASSES.parse(file);
    boolean inInterface = model.flags().has(AccessFlag.INTERFACE);
    ClassDesc self = model.thisClass().asSymbol();
    Map<String, Method> methods = new LinkedHashMap<>();
    CodeTransform code =
        (builder, element) -> {
          Optional<Method> method =
              element instanceof InvokeDynamicInstruction call
                  ? TypeSwitch.of(call).or(() -> RecordMethod.of(call))
                  : Optional.empty();
          if (method.isPresent()) {
            String name = "inlined$" + methods.size();
            methods.put(name, method.get());
            builder.invokestatic(self, name, method.get().type(), inInterface);
          } else {
            builder.with(element);
          }
        };
    byte[] changed =
        CLASSES
            .transformClass(
                model,
                ClassTransform.transformingMethodBodies(code)
                    .andThen(
                        ClassTransform.endHandler(
                            builder ->
                                methods.forEach(
                                    (name, m) ->
                                        builder.withMethodBody(
                                            name, m.type(), PRIVATE_STATIC, m::body)))));
    if (!methods.isEmpty()) {
      Files.write(file, changed);
    }
  }
}
