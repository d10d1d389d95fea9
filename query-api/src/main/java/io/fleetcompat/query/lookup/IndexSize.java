package io.fleetcompat.query.lookup;

import io.fleetcompat.query.replica.IndexView;
import java.util.List;

/**
 * The size of an index, and the policies that it was judged under.
 *
 * @param refusing hosts of which something was not read, since it is beyond a bound
 * @param pendingProfiles that some host has and the matrix does not cover yet
 * @param generation how far the matrix is judged
 */
public record IndexSize(
    int hosts,
    int endpoints,
    int refusing,
    int profiles,
    int pendingProfiles,
    int generation,
    List<String> policies) {

  /** Costs a look at every profile. */
  public static IndexSize of(IndexView view) {
    return new IndexSize(
        view.fleet().members().size(),
        view.fleet().endpoints(),
        view.fleet().refusing(),
        view.matrix().profileCount(),
        view.pendingProfiles(),
        view.matrix().judgement().generation(),
        view.matrix().judgement().policies());
  }

  /** The number of profiles whose content is known. */
  public static int profiles(IndexView view) {
    return view.matrix().profileCount();
  }

  /** The generation of the matrix: all pairs of profile numbers below it have been judged. */
  public static int generation(IndexView view) {
    return view.matrix().judgement().generation();
  }
}
