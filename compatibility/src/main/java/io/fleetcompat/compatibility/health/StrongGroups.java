package io.fleetcompat.compatibility.health;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The groups of nodes between any two of which there is a way there and back: the strongly
 * connected components of a directed graph, by Tarjan's algorithm (SIAM J. Comput. 1, 1972),
 * without recursion, since a way may be as long as there are nodes. One use, one thread.
 */
final class StrongGroups {

  private final BitSet nodes;
  private final IntFunction<BitSet> ways;

  /** By node, the place in which it was met; 0 before. */
  private final int[] order;

  private final int[] lowest;

  /** By node, the number of its group; 0 before it has one. */
  private final int[] groups;

  private final Deque<Integer> open = new ArrayDeque<>();
  private final Deque<Step> path = new ArrayDeque<>();
  private int met;
  private int complete;

  /** A node on the way that is being gone, and the next of its edges to look at. */
  private static final class Step {
    private final int node;
    private final BitSet out;
    private int next;

    Step(int node, BitSet out) {
      this.node = node;
      this.out = out;
    }
  }

  private StrongGroups(BitSet nodes, IntFunction<BitSet> ways) {
    this.nodes = nodes;
    this.ways = ways;
    this.order = new int[nodes.length()];
    this.lowest = new int[nodes.length()];
    this.groups = new int[nodes.length()];
  }

  /**
   * The group of each node, by its number; two nodes are in one group exactly if theirs are equal.
   *
   * @param ways the nodes to which edges go from a node; others than {@code nodes} are passed over
   */
  static int[] of(BitSet nodes, IntFunction<BitSet> ways) {
    StrongGroups search = new StrongGroups(nodes, ways);
    nodes.stream().filter(node -> search.order[node] == 0).forEach(search::from);
    return search.groups;
  }

  /** The number of different groups that some nodes are in. */
  static int count(int[] groups, List<Integer> some) {
    return (int) some.stream().mapToInt(node -> groups[node]).distinct().count();
  }

  private void from(int root) {
    enter(root);
    for (Step step = path.peek(); step != null; step = path.peek()) {
      int to = step.out.nextSetBit(step.next);
      if (to < 0) {
        path.pop();
        leave(step.node);
        continue;
      }
      step.next = to + 1;
      if (!nodes.get(to)) {
        continue;
      }
      if (order[to] == 0) {
        enter(to);
      } else if (groups[to] == 0) {
        lowest[step.node] = Math.min(lowest[step.node], order[to]);
      }
    }
  }

  private void enter(int node) {
    order[node] = ++met;
    lowest[node] = met;
    open.push(node);
    path.push(new Step(node, ways.apply(node)));
  }

  private void leave(int node) {
    if (lowest[node] == order[node]) {
      complete++;
      int member;
      do {
        member = open.pop();
        groups[member] = complete;
      } while (member != node);
    }
    Step before = path.peek();
    if (before != null) {
      lowest[before.node] = Math.min(lowest[before.node], lowest[node]);
    }
  }
}
