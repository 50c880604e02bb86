import static java.lang.constant.ConstantDescs.CD_int;

import java.io.IOException;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Compiled pattern switches choose their branch by a method that the JVM writes when the switch is
 * first reached: 2 ms each, at every start of the program, since a start-up cache does not keep
 * them. Here the same method is written into the class once, when hactl is built.
 *
 * <p>Usage: java -cp CLASS-PATH InlineTypeSwitch.java CLASSES-FOLDER
 */
public final class InlineTypeSwitch {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

  /** Reads the classes of the class path where code that is written anew needs to know their kin. */
  private static final ClassFile CLASSES =
      ClassFile.of(
          ClassFile.ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.defaultResolver()
                  .orElse(
                      ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())
                          .cached())));

  private InlineTypeSwitch() {}

  /** A method to write: what the switch is on, and the class of each case. */
  private record Chooser(String name, ClassDesc subject, List<ClassDesc> cases) {
    MethodTypeDesc type() {
      return MethodTypeDesc.of(CD_int, subject, CD_int);
    }
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
    var choosers = new ArrayList<Chooser>();
    CodeTransform code =
        (builder, element) -> {
          if (element instanceof InvokeDynamicInstruction call && chooses(call)) {
            var chooser =
                new Chooser(
                    "choose$" + choosers.size(),
                    call.typeSymbol().parameterType(0),
                    call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList());
            choosers.add(chooser);
            builder.invokestatic(self, chooser.name(), chooser.type(), inInterface);
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
                            builder -> choosers.forEach(c -> write(builder, c)))));
    if (!choosers.isEmpty()) {
      Files.write(file, changed);
    }
  }

  private static boolean chooses(InvokeDynamicInstruction call) {
    return call.bootstrapMethod().owner().equals(BOOTSTRAPS)
        && call.bootstrapMethod().methodName().equals("typeSwitch")
        && call.bootstrapArgs().stream().allMatch(InlineTypeSwitch::isClass);
  }

  private static boolean isClass(ConstantDesc label) {
    return label instanceof ClassDesc c && c.isClassOrInterface();
  }

  /** The first case at or after the second argument that the first one fits; -1 for null. */
  private static void write(ClassBuilder builder, Chooser chooser) {
    builder.withMethodBody(
        chooser.name(),
        chooser.type(),
        ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
        code -> {
          Label there = code.newLabel();
          code.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
          for (int i = 0; i < chooser.cases().size(); i++) {
            Label next = code.newLabel();
            if (i > 0) {
              code.iload(1).loadConstant(i).if_icmpgt(next);
            } else {
              code.iload(1).ifgt(next);
            }
            code.aload(0).instanceOf(chooser.cases().get(i)).ifeq(next);
            code.loadConstant(i).ireturn().labelBinding(next);
          }
          code.loadConstant(chooser.cases().size()).ireturn();
        });
  }
}
