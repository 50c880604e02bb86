import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/** How a pattern switch chooses its branch: what it is on, and the class of each case. */
record TypeSwitch(ClassDesc subject, List<ClassDesc> cases) implements InlineBootstraps.Method {
  private static final ClassDesc BOOTSTRAPS = ClassDesc.of("java.lang.runtime.SwitchBootstraps");

  /** The choice of a switch whose cases are all classes. */
  static Optional<InlineBootstraps.Method> of(InvokeDynamicInstruction call) {
    boolean chooses =
        call.bootstrapMethod().owner().equals(BOOTSTRAPS)
            && call.bootstrapMethod().methodName().equals("typeSwitch")
            && call.bootstrapArgs().stream().allMatch(TypeSwitch::isClass);
    return chooses
        ? Optional.of(
            new TypeSwitch(
                call.typeSymbol().parameterType(0),
                call.bootstrapArgs().stream().map(ClassDesc.class::cast).toList()))
        : Optional.empty();
  }

  private static boolean isClass(ConstantDesc label) {
    return label instanceof ClassDesc c && c.isClassOrInterface();
  }

  @Override
  public MethodTypeDesc type() {
    return MethodTypeDesc.of(CD_int, subject, CD_int);
  }

  /** The first case at or after the second argument that the first one fits; -1 for null. */
  @Override
  public void body(CodeBuilder code) {
    Label there = code.newLabel();
    code.aload(0).ifnonnull(there).iconst_m1().ireturn().labelBinding(there);
    for (int i = 0; i < cases.size(); i++) {
      Label next = code.newLabel();
      if (i > 0) {
        code.iload(1).loadConstant(i).if_icmpgt(next);
      } else {
        code.iload(1).ifgt(next);
      }
      code.aload(0).instanceOf(cases.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(cases.size()).ireturn();
  }
}
