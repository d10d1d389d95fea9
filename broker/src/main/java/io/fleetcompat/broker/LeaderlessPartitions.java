package io.fleetcompat.broker;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.Optional;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.metadata.MetadataCache;

/**
 * The correction of a fault of Kafka 4.3.0 to 4.4.0 (KAFKA-20734), made in the child's memory
 * before Kafka starts (ADR 0015).
 *
 * <p>{@code KRaftMetadataCache} says of a partition that has no leader just now what it should say
 * of a partition that is gone. The transaction coordinator then takes its marker for needless and
 * writes that the transaction is complete: the partition's last stable offset never moves again.
 *
 * <p>Public only for the corrected class, which is in a package of Kafka's.
 */
public final class LeaderlessPartitions {

  private static final String CACHE = "org/apache/kafka/metadata/KRaftMetadataCache.class";
  private static final String AT_FAULT = "getPartitionLeaderEndpoint";

  private static final ClassDesc HERE =
      LeaderlessPartitions.class.describeConstable().orElseThrow();
  private static final ClassDesc FOUND = Optional.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc CORRECTION =
      MethodTypeDesc.of(
          FOUND,
          FOUND,
          MetadataCache.class.describeConstable().orElseThrow(),
          ConstantDescs.CD_String,
          ConstantDescs.CD_int);

  private LeaderlessPartitions() {}

  /**
   * Defines the corrected class in place of Kafka's.
   *
   * @throws IllegalStateException if this Kafka is not one that the correction was written for
   */
  static void correct() throws IOException {
    try {
      MethodHandles.privateLookupIn(MetadataCache.class, MethodHandles.lookup())
          .defineClass(corrected());
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("expected to define a class beside Kafka's own", e);
    }
  }

  /** The corrected class: what the method at fault gives passes through {@link #endpoint}. */
  static byte[] corrected() throws IOException {
    ClassFile classFile = ClassFile.of();
    ClassModel original = classFile.parse(original());
    long found = original.methods().stream().filter(LeaderlessPartitions::isAtFault).count();
    if (found != 1) {
      throw new IllegalStateException(
          "expected one method %s in %s, found %d: this is no Kafka that the correction of KAFKA-20734 was written for"
              .formatted(AT_FAULT, CACHE, found));
    }
    return classFile.transformClass(
        original,
        ClassTransform.transformingMethodBodies(
            LeaderlessPartitions::isAtFault, LeaderlessPartitions::correct));
  }

  static byte[] original() throws IOException {
    try (InputStream file = MetadataCache.class.getClassLoader().getResourceAsStream(CACHE)) {
      if (file == null) {
        throw new IllegalStateException("expected Kafka's " + CACHE + " on the class path");
      }
      return file.readAllBytes();
    }
  }

  private static boolean isAtFault(MethodModel method) {
    return method.methodName().equalsString(AT_FAULT);
  }

  private static void correct(CodeBuilder code, CodeElement element) {
    if (element instanceof ReturnInstruction) {
      code.aload(code.receiverSlot())
          .aload(code.parameterSlot(0))
          .iload(code.parameterSlot(1))
          .invokestatic(HERE, "endpoint", CORRECTION);
    }
    code.with(element);
  }

  /** Called by the corrected class: a partition that is known is somewhere, though nowhere now. */
  public static Optional<Node> endpoint(
      Optional<Node> found, MetadataCache cache, String topic, int partition) {
    boolean isLeaderless = found.isEmpty() && cache.contains(new TopicPartition(topic, partition));
    return isLeaderless ? Optional.of(Node.noNode()) : found;
  }
}
