package io.fleetcompat.oracle.simulated;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * A change of one method of the product, as somebody could have written it by mistake.
 *
 * @param name what was mistaken
 * @param owner the class, below {@code io.fleetcompat}
 * @param method every method of this name
 * @param edit of its instructions
 */
record Mutation(String name, String owner, String method, Edit edit) {

  /** A change of one instruction; true where it was changed. */
  interface Edit {
    boolean accept(CodeBuilder code, CodeElement element);
  }

  private static final Map<Opcode, Opcode> OPPOSITES =
      Map.ofEntries(
          Map.entry(Opcode.IFEQ, Opcode.IFNE),
          Map.entry(Opcode.IFNE, Opcode.IFEQ),
          Map.entry(Opcode.IFLT, Opcode.IFGE),
          Map.entry(Opcode.IFGE, Opcode.IFLT),
          Map.entry(Opcode.IFGT, Opcode.IFLE),
          Map.entry(Opcode.IFLE, Opcode.IFGT),
          Map.entry(Opcode.IFNULL, Opcode.IFNONNULL),
          Map.entry(Opcode.IFNONNULL, Opcode.IFNULL),
          Map.entry(Opcode.IF_ICMPEQ, Opcode.IF_ICMPNE),
          Map.entry(Opcode.IF_ICMPNE, Opcode.IF_ICMPEQ),
          Map.entry(Opcode.IF_ICMPLT, Opcode.IF_ICMPGE),
          Map.entry(Opcode.IF_ICMPGE, Opcode.IF_ICMPLT),
          Map.entry(Opcode.IF_ICMPGT, Opcode.IF_ICMPLE),
          Map.entry(Opcode.IF_ICMPLE, Opcode.IF_ICMPGT));

  /** The neighbours of comparisons with the bound: {@code >} and {@code >=}. */
  private static final Map<Opcode, Opcode> OFF_BY_ONE =
      Map.of(
          Opcode.IFLT, Opcode.IFLE,
          Opcode.IFLE, Opcode.IFLT,
          Opcode.IFGT, Opcode.IFGE,
          Opcode.IFGE, Opcode.IFGT,
          Opcode.IF_ICMPLT, Opcode.IF_ICMPLE,
          Opcode.IF_ICMPLE, Opcode.IF_ICMPLT,
          Opcode.IF_ICMPGT, Opcode.IF_ICMPGE,
          Opcode.IF_ICMPGE, Opcode.IF_ICMPGT);

  /** A change of one kind of instruction. */
  private interface Change<T> {
    void make(CodeBuilder code, T instruction);
  }

  private static <T extends CodeElement> Mutation of(
      String name,
      String owner,
      String method,
      Class<T> kind,
      Predicate<T> isMeant,
      Change<T> change) {
    Edit edit =
        (code, element) -> {
          boolean isChanged = kind.isInstance(element) && isMeant.test(kind.cast(element));
          if (isChanged) {
            change.make(code, kind.cast(element));
          }
          return isChanged;
        };
    return new Mutation(name, owner, method, edit);
  }

  private static Mutation ofCalls(
      String name, String owner, String method, String call, Change<InvokeInstruction> change) {
    return of(
        name, owner, method, InvokeInstruction.class, invoke -> isNamed(invoke, call), change);
  }

  /** True of a call that is named so, as {@code method} or {@code Class.method}. */
  private static boolean isNamed(InvokeInstruction invoke, String call) {
    String method = invoke.name().stringValue();
    String owner = invoke.owner().asInternalName();
    return call.equals(method)
        || call.equals(owner.substring(owner.lastIndexOf('/') + 1) + "." + method);
  }

  private static Mutation ofFields(
      String name,
      String owner,
      String method,
      Opcode opcode,
      String field,
      Change<FieldInstruction> change) {
    return of(
        name,
        owner,
        method,
        FieldInstruction.class,
        access -> access.opcode() == opcode && access.name().stringValue().equals(field),
        change);
  }

  /** A call that is not made; what it would have given is null, 0 or false. */
  static Mutation without(String name, String owner, String method, String call) {
    return ofCalls(name, owner, method, call, Mutation::skip);
  }

  private static void skip(CodeBuilder code, InvokeInstruction invoke) {
    MethodTypeDesc type = invoke.typeSymbol();
    List<ClassDesc> parameters = type.parameterList();
    for (int i = parameters.size() - 1; i >= 0; i--) {
      pop(code, TypeKind.from(parameters.get(i)));
    }
    if (invoke.opcode() != Opcode.INVOKESTATIC) {
      code.pop();
    }
    constant(code, TypeKind.from(type.returnType()), 0);
  }

  private static void pop(CodeBuilder code, TypeKind kind) {
    if (kind.slotSize() == 2) {
      code.pop2();
    } else {
      code.pop();
    }
  }

  private static void constant(CodeBuilder code, TypeKind kind, long value) {
    switch (kind) {
      case VOID -> {}
      case LONG -> code.loadConstant(value);
      case FLOAT -> code.loadConstant((float) value);
      case DOUBLE -> code.loadConstant((double) value);
      case REFERENCE -> code.aconst_null();
      default -> code.loadConstant((int) value);
    }
  }

  /** A method that gives always the same, or null where it gives no number. */
  static Mutation always(String name, String owner, String method, long value) {
    return of(
        name,
        owner,
        method,
        ReturnInstruction.class,
        _ -> true,
        (code, end) -> {
          pop(code, end.typeKind());
          constant(code, end.typeKind(), value);
          code.return_(end.typeKind());
        });
  }

  /** A condition that is the other way round: the branch of that number. */
  static Mutation opposite(String name, String owner, String method, int number) {
    return branch(name, owner, method, number, OPPOSITES);
  }

  /** A condition that takes the bound in, or leaves it out. */
  static Mutation offByOne(String name, String owner, String method, int number) {
    return branch(name, owner, method, number, OFF_BY_ONE);
  }

  private static Mutation branch(
      String name, String owner, String method, int number, Map<Opcode, Opcode> changes) {
    AtomicInteger met = new AtomicInteger();
    return of(
        name,
        owner,
        method,
        BranchInstruction.class,
        branch -> changes.containsKey(branch.opcode()) && met.getAndIncrement() == number,
        (code, branch) -> code.branch(changes.get(branch.opcode()), branch.target()));
  }

  /** Another method of the same form is called instead. */
  static Mutation calling(String name, String owner, String method, String from, String to) {
    return ofCalls(
        name,
        owner,
        method,
        from,
        (code, invoke) ->
            code.invoke(
                invoke.opcode(),
                invoke.owner().asSymbol(),
                to,
                invoke.typeSymbol(),
                invoke.isInterface()));
  }

  /** The last two values of a call, of one type, change places. */
  static Mutation swapping(String name, String owner, String method, String call) {
    return ofCalls(name, owner, method, call, (code, invoke) -> code.swap().with(invoke));
  }

  /** Another field of the same type is read instead. */
  static Mutation reading(String name, String owner, String method, String from, String to) {
    return ofFields(
        name,
        owner,
        method,
        Opcode.GETFIELD,
        from,
        (code, read) -> code.getfield(read.owner().asSymbol(), to, read.typeSymbol()));
  }

  /** Another static field of the same type is read instead. */
  static Mutation readingStatic(String name, String owner, String method, String from, String to) {
    return ofFields(
        name,
        owner,
        method,
        Opcode.GETSTATIC,
        from,
        (code, read) -> code.getstatic(read.owner().asSymbol(), to, read.typeSymbol()));
  }

  /** A field that is not set. */
  static Mutation keeping(String name, String owner, String method, String field) {
    return ofFields(
        name,
        owner,
        method,
        Opcode.PUTFIELD,
        field,
        (code, write) -> {
          pop(code, TypeKind.from(write.typeSymbol()));
          code.pop();
        });
  }

  /** The name of the class. */
  String className() {
    return "io.fleetcompat." + owner;
  }

  /**
   * The class with this change.
   *
   * @throws IllegalStateException where nothing is changed: the product is another than it was
   */
  byte[] apply(ClassFile classFile, ClassModel model) {
    AtomicInteger changed = new AtomicInteger();
    ClassTransform transform =
        (classBuilder, element) -> {
          if (element instanceof MethodModel in
              && in.methodName().stringValue().equals(method)
              && in.code().isPresent()
              && !in.flags().has(AccessFlag.BRIDGE)) {
            CodeTransform edited =
                (code, instruction) -> {
                  if (edit.accept(code, instruction)) {
                    changed.incrementAndGet();
                  } else {
                    code.with(instruction);
                  }
                };
            classBuilder.transformMethod(in, MethodTransform.transformingCode(edited));
          } else {
            classBuilder.with(element);
          }
        };
    byte[] bytes = classFile.transformClass(model, transform);
    if (changed.get() == 0) {
      throw new IllegalStateException(
          "%s: nothing to change in %s.%s".formatted(name, owner, method));
    }
    return bytes;
  }
}
