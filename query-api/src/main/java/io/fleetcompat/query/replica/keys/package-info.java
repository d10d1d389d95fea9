/**
 * The persistent ordered set of candidates, {@link io.fleetcompat.query.replica.keys.OrderedKeys}.
 *
 * <h2>What it must do</h2>
 *
 * <p>Each view of the index holds, for each profile, its endpoints in the order in which {@code
 * destinations} lists them: most capacity first, then host name, then endpoint name. The same holds
 * for each pool. A page starts anywhere in that order, counts what lies before and behind it, and
 * reads 10 or 1,000 keys in a row. A view never changes once it is published; several views live at
 * once, for as long as answers are read from them. A batch of the index topics changes a few keys
 * of some sets, and at a cold start 100,000 hosts come in a handful of batches.
 *
 * <h2>Why a tree of small arrays</h2>
 *
 * <p>A sorted array reads best, but each edit copies all of it: 800 kB for 100,000 endpoints of one
 * profile. A balanced binary tree copies little, but keeps a node of 40 bytes and a boxed key for
 * each endpoint, and every step of a walk is a cache miss. Here a leaf is one {@code long[]} of up
 * to {@value io.fleetcompat.query.replica.keys.KeyNode#MAX_KEYS} keys (256 bytes, four cache lines
 * that the processor fetches in a row) and a branch has up to {@value
 * io.fleetcompat.query.replica.keys.KeyNode#MAX_CHILDREN} children. An edit copies one leaf and the
 * branches above it: for 100,000 keys these are five levels and about 1.5 kB. A branch holds the
 * first key and the number of keys of each child, so a position, a key, and the count below either
 * are found by one descent without touching what lies beside the path. New nodes are filled to
 * three quarters, so that the next keys need no split; neighbours that together are half full are
 * joined, so that a set that shrinks gives its memory back. All leaves are equally deep.
 *
 * <p>An edit takes all removed and added keys of a batch, sorted, and goes through the tree once: a
 * node on several of their paths is copied once. One key in each of a batch's profiles costs a
 * path; 100,000 keys into an empty set cost their own copying.
 *
 * <h2>Why the key is a long, and what the order is then</h2>
 *
 * <p>Capacity (22 bits, descending), host (26 bits) and index of the endpoint within its host (15
 * bits) lie in one long ({@link io.fleetcompat.query.replica.keys.CandidateKey}). Endpoints of a
 * host are sorted by name, so their index orders them; numbers of hosts are given as they come, and
 * are not in order of name. {@link io.fleetcompat.query.replica.keys.KeyOrder} gives each host a
 * label, a long that grows with its name: a comparison reads two longs of one array in place of two
 * strings. A newcomer gets a label between those of its neighbours; where there is no room left,
 * all are labelled anew. This is the order-maintenance problem in its simplest form; the relative
 * order of two hosts never changes, so trees built before a relabelling stay right.
 *
 * <h2>Memory order</h2>
 *
 * <p>One thread edits; any number read. Nodes are immutable and reached through final fields of the
 * view, which is published by one volatile write: whoever has the view sees its nodes whole. Labels
 * are written with plain stores before that volatile write, so a reader finds the label of each
 * host of its view. It may also find labels of later hosts in the same array, which no key of its
 * view names. All labels of one comparison are read from one array, since a relabelling publishes
 * another.
 *
 * <h2>Why not a library</h2>
 *
 * <p>Measured beside bifurcan and Paguro by {@code benchmarks/run keys}; figures and decision are
 * in ADR 0017.
 */
@NullMarked
package io.fleetcompat.query.replica.keys;

import org.jspecify.annotations.NullMarked;
